"""The plans of transcription and translation: what fits one request."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from .. import _checks as check
from .._files import Source, SourceLike
from .._multipart import Multipart
from .._plan import Plan, Request, Work, call
from ..errors import BadRequest, InvalidInput
from ..progress import Meter, OnProgress
from . import _calls, _limits, _read
from ._calls import Recognition
from ._server import Server
from .options import TranscribeOptions, TranslateOptions, given
from .presets import RECOGNISERS, UNKNOWN_RECOGNISER
from .types import Transcript

logger = logging.getLogger("tonearm")

Task = Literal["transcribe", "translate"]

_TEXT_FORMATS = ("text", "srt", "vtt")

PIECE = 600.0
"""Seconds of a recording that one request gets, if the caller says nothing else."""

_SHORTEST_PIECE = 10.0
_SMALLEST_BODY = 100_000
_MOST_WORKERS = 32


@frozen(kw_only=True)
class Job:
    """A recording to turn into text.

    `body_limit` is how many bytes the server takes, if that is known; `piece` the seconds of one request; `state` where
    finished pieces are kept.
    """

    task: Task
    ask: Recognition
    format: str | None
    words: bool
    body_limit: int | None
    piece: float
    workers: int
    carry_prompt: bool
    state: Path | None
    report: OnProgress | None


def transcription(options: TranscribeOptions, format: str | None, server: Server) -> Job:
    """The job that a caller describes.

    Raises:
        ConfigurationError: no model is named.
        InvalidInput: there is no such option.
    """
    return _job("transcribe", given(options, TranscribeOptions), format, server)


def translation(options: TranslateOptions, format: str | None, server: Server) -> Job:
    """The same for a translation into English."""
    return _job("translate", given(options, TranslateOptions), format, server)


def _job(task: Task, asked: dict[str, Any], format: str | None, server: Server) -> Job:
    limit, state = asked.pop("max_bytes", None), asked.pop("state", None)
    workers = check.whole(asked.pop("workers", 1), "workers", least=1, most=_MOST_WORKERS)
    carry = check.flag(asked.pop("carry_prompt", False), "carry_prompt")
    if carry and workers > 1:
        raise InvalidInput("carry_prompt=True sends the pieces one after the other: leave workers= out")
    return Job(
        task=task,
        format=format,
        words=check.flag(asked.pop("words", False), "words"),
        body_limit=check.whole(limit, "max_bytes", least=_SMALLEST_BODY) if limit is not None else server.body_limit,
        piece=check.amount(asked.pop("piece", PIECE), "piece", least=_SHORTEST_PIECE),
        workers=workers,
        carry_prompt=carry,
        state=None if state is None else Path(state),
        report=asked.pop("on_progress", None),
        ask=_limits.recognition(asked, format, server, translates=task == "translate"),
    )


def recognise(source: SourceLike, job: Job) -> Plan[Transcript | str]:
    """Send a recording in one request."""
    if job.words and job.format not in (None, "verbose_json"):
        raise InvalidInput(f"words=True needs format='verbose_json', not {job.format!r}")
    opened = yield from Work(partial(Source.open, source), undo=Source.close)
    with opened:
        meter = Meter("upload", opened.size, job.report)
        result = yield from _ask(opened, job, meter)
        meter.at(opened.size)
    if isinstance(result, Transcript) and job.words and result.words is None and result.text.strip():
        logger.warning("%s gave no word times for model %r", job.task, job.ask.model)
    return result


def _ask(source: Source, job: Job, meter: Meter) -> Plan[Transcript | str]:
    """Ask for the format that was named; else for times first, and for plain JSON where the server refuses them."""
    if job.format is not None:
        return (yield from _send(source, job, job.format, meter))
    first = RECOGNISERS.get(job.ask.model, UNKNOWN_RECOGNISER).formats[0]
    if first != "json":
        try:
            return (yield from _send(source, job, first, meter))
        except BadRequest as error:
            if "response_format" not in error.body:
                raise
    return (yield from _send(source, job, "json", meter))


def _send(source: Source, job: Job, format: str, meter: Meter) -> Plan[Transcript | str]:
    request = yield from Work(partial(_request, source, job, format, meter))
    if format in _TEXT_FORMATS:
        return (yield from call(request, partial(_read.text, format=format)))
    return (yield from call(request, _read.transcript))


def _request(source: Source, job: Job, format: str, meter: Meter) -> Request:
    def sent(done: int) -> None:
        meter.at(min(done, source.size - 1))

    if job.task == "translate":
        request = _calls.translation(source, job.ask, format, sent=sent)
    else:
        words = job.words and format == "verbose_json"
        request = _calls.transcription(source, job.ask, format, words=words, sent=sent)
    size = Multipart(request.form or ()).length
    if job.body_limit is not None and size > job.body_limit:
        raise InvalidInput(
            f"the recording must fit one request: with its form it has {size} bytes, and the server takes "
            f"{job.body_limit}; cut it into pieces, or compress it"
        )
    return request
