"""The plans of transcription and translation: one request where the recording fits it, and else many."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from attrs import evolve

from ... import _audio
from ..._audio import Scanning, Survey
from ..._base import validate
from ..._engine import Plan, Work
from ..._files import Source, SourceLike, check_state
from ..._transfer import open_input
from ...errors import ConfigurationError, InvalidInput
from ...progress import Meter
from .. import _limits
from .._server import Server
from ..options import TranscribeOptions, TranslateOptions, given
from ..presets import RECOGNISERS, UNKNOWN_RECOGNISER
from ..types import Transcript
from . import long, single
from .asked import LongRecognition
from .doubtful import doubtful
from .forms import TEXT_FORMATS
from .single import Job, Task
from .whole import tell, whole

logger = logging.getLogger("tonearm")

_SHORTEST_PIECE = 10.0
_MARGIN = 10.0
"""Seconds by which a piece stays under what a model takes: encoders add some silence."""

_ROUNDING = 10.0
"""Seconds by which what is decoded may be shorter than its packets say."""

_SMALLEST_BODY = 100_000


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


def _job(task: Task, asked: Mapping[str, Any], format: str | None, server: Server) -> Job:
    ask = _limits.recognition(LongRecognition, asked, format, server, translates=task == "translate")
    known = RECOGNISERS.get(ask.model, UNKNOWN_RECOGNISER) if server.known else UNKNOWN_RECOGNISER
    _check(ask, can_carry=known.prompts)
    limit = server.body_limit if ask.max_bytes is None else ask.max_bytes
    if known.longest is not None:
        ask = evolve(ask, piece=min(ask.piece, known.longest - _MARGIN))
    price = 0.0 if ask.max_price is None else _price(ask.max_price, ask.model, server)
    return Job(task=task, url=server.url, format=format, body_limit=limit, refused=server.refused, price=price, ask=ask)


def _price(most: float, model: str, server: Server) -> float:
    """The price of a second, which a limit needs."""
    validate.amount(most, "max_price")
    price = server.estimate(model, seconds=1.0, characters=None).price
    if price is None:
        raise InvalidInput(
            "max_price needs a model whose price is known, at OpenAI itself",
            argument="max_price",
            value=most,
            expected="left out, as the price of this model at this server is not known",
        )
    return price


def _check(ask: LongRecognition, *, can_carry: bool) -> None:
    """Refuse what would be in the way of a long recording; the rest is checked where its request is built."""
    _limits.workers(ask.workers)
    if validate.flag(ask.carry_prompt, "carry_prompt") and ask.workers != 1:
        raise InvalidInput(
            "carry_prompt sends the chunks one after the other, so it takes one worker",
            argument="workers",
            value=ask.workers,
            expected="1 with carry_prompt, which sends one chunk after the other",
            hint="leave one of them out",
        )
    if ask.carry_prompt and not can_carry:
        raise InvalidInput(
            f"model {ask.model!r} takes no prompt",
            argument="carry_prompt",
            value=ask.carry_prompt,
            expected=f"left out for model {ask.model!r}, which takes no prompt",
        )
    validate.amount(ask.piece, "piece", least=_SHORTEST_PIECE)
    validate.flag(ask.words, "words")
    if ask.max_bytes is not None:
        validate.whole(ask.max_bytes, "max_bytes", least=_SMALLEST_BODY)
    if not isinstance(ask.track, str) and ask.track is not None:
        validate.whole(ask.track, "track", least=1)
    validate.flag(ask.own_time, "own_time")
    if ask.state is not None:
        validate.path(ask.state, "state")


def recognise(source: SourceLike, job: Job) -> Plan[Transcript | str]:
    """Send a recording as it is where it fits one request, and else in pieces."""
    if job.ask.words and job.format not in (None, "verbose_json"):
        raise InvalidInput(
            f"words need the format 'verbose_json', not {job.format!r}",
            argument="format",
            value=job.format,
            expected="verbose_json, or left out, for the times of words",
        )
    if job.ask.state is not None:
        yield from Work(partial(check_state, Path(job.ask.state)))
    opened = yield from Work(partial(open_input, source), undo=Source.close)
    with opened:
        survey, scanning = yield from Work(partial(_survey, opened, job))
        result = yield from (whole(opened, job, survey) if scanning is None else _in_pieces(opened, job, scanning))
    if not (result.text if isinstance(result, Transcript) else result).strip():
        logger.warning("nothing was heard in %s", _called(opened, survey))
    if isinstance(result, Transcript) and job.ask.words and result.words is None and result.text.strip():
        logger.warning("%s gave no word times for model %r", job.task, job.ask.model)
    if not isinstance(result, Transcript):
        return result
    return _with_recording((yield from Work(partial(_judged, result))), source)


def _with_recording(note: Transcript, source: SourceLike) -> Transcript:
    """A transcript knows its file, for notebooks that play it."""
    return evolve(note, audio=Path(source)) if isinstance(source, (str, os.PathLike)) else note


def _judged(note: Transcript) -> Transcript:
    """The same transcript, with the stretches that say the same words over and over, which are warned of."""
    found = doubtful(note.segments)
    if found:
        told = ", ".join(f"{start:.1f}-{end:.1f} s" for start, end in found)
        logger.warning("the same words come over and over, as from a recogniser that turns in circles: %s", told)
    return evolve(note, doubtful=found)


def _called(source: Source, survey: Survey | None) -> str:
    """A recording in a warning, with its track where it has several."""
    name = source.name or "the recording"
    if survey is None or survey.tracks == 1:
        return name
    return f"track {survey.track} of {survey.tracks} of {name} (track= takes another)"


def _survey(source: Source, job: Job) -> tuple[Survey | None, Scanning | None]:
    """What a recording holds, and the scan of one that must be sent in pieces; None when one request is enough.

    One that another decoder would take otherwise, as it has several tracks or holes, or is in a format that servers
    refuse, is written anew. What cannot be read here, and may be audio, goes out as it is if its bytes fit.
    """
    size = single.size(single.request(source, job, job.forms[0]))
    fits = job.body_limit is None or size <= job.body_limit
    reader = cast("BinaryIO", _audio.Reader(source))
    meter = Meter("scan", source.size, job.ask.on_progress)
    try:
        # What is longer is scanned anyway.
        survey = _audio.survey(reader, job.ask.choice, most=job.ask.piece + _ROUNDING if fits else 0.0)
        if survey.tracks > 1 and job.ask.choice.track is None:
            skipped = f"; there is no decoder for {', '.join(map(str, survey.undecodable))}" * bool(survey.undecodable)
            logger.warning("what is heard is %s%s", _called(source, survey), skipped)
        if fits and survey.plain and survey.duration <= job.ask.piece:
            return survey, None

        def scanned(share: float) -> None:
            meter.at(int(share * source.size))

        scanning = _audio.Scanning(reader, job.ask.choice, report=scanned)
        scanning.begin()
        if fits and survey.plain and (scan := scanning.reach(job.ask.piece)).whole and scan.duration <= job.ask.piece:
            return survey, None
    except (ConfigurationError, InvalidInput) as error:
        foreign = _audio.foreign(source.head())
        if foreign is not None:
            raise InvalidInput(
                f"{reader.name} is no audio, but {foreign}", argument="source", expected="a recording"
            ) from error
        if fits and not isinstance(error, _audio.NoSound):
            return None, None
        if not fits:
            error.add_note(f"with its form it has {size} bytes, and the server takes {job.body_limit}: it must be cut")
        raise
    return survey, scanning


def _made(note: Transcript, job: Job) -> Transcript | str:
    """A transcript, or one of the text formats that are made of it."""
    result: Transcript | str = note
    match job.format:
        case "text":
            result = note.text
        case "srt":
            result = note.to_srt()
        case "vtt":
            result = note.to_vtt()
        case _:
            pass
    tell(result, job)
    return result


def _in_pieces(source: Source, job: Job, scanning: Scanning) -> Plan[Transcript | str]:
    """Stitch a transcript, and make of it the text that was asked for before what was paid for is forgotten."""
    format = None if job.format in TEXT_FORMATS else job.format
    return (yield from long.transcribe(source, evolve(job, format=format), scanning, partial(_made, job=job)))
