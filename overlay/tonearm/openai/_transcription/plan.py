"""The plans of transcription and translation: one request if the recording fits into it, else many."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from attrs import evolve

from ... import _audio  # pyright: ignore[reportPrivateUsage]  # a room of this package
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
from .doubtful import doubtful
from .forms import TEXT_FORMATS
from .recognition import LongRecognition
from .single import Job, Task
from .whole import hand_over, whole

logger = logging.getLogger("tonearm")

_SHORTEST_PIECE = 10.0
_MARGIN = 10.0
"""Seconds by which a piece stays below the limit of a model, as encoders add some silence."""

_ROUNDING = 10.0
"""Seconds by which a decoded recording may be shorter than its packets."""

_SMALLEST_BODY = 100_000


def transcription(options: TranscribeOptions, format: str | None, server: Server) -> Job:
    """Check the options of a transcription.

    Raises:
        ConfigurationError: no model is named.
        InvalidInput: an option is unknown or invalid.
    """
    return _job("transcribe", given(options, TranscribeOptions), format, server)


def translation(options: TranslateOptions, format: str | None, server: Server) -> Job:
    """Check the options of a translation into English."""
    return _job("translate", given(options, TranslateOptions), format, server)


def _job(task: Task, arguments: Mapping[str, Any], format: str | None, server: Server) -> Job:
    options = _limits.recognition(LongRecognition, arguments, format, server, translates=task == "translate")
    known = RECOGNISERS.get(options.model, UNKNOWN_RECOGNISER) if server.known else UNKNOWN_RECOGNISER
    _check(options, can_carry=known.prompts)
    limit = server.body_limit if options.max_bytes is None else options.max_bytes
    if known.longest is not None:
        options = evolve(options, piece=min(options.piece, known.longest - _MARGIN))
    price = 0.0 if options.max_price is None else _price(options.max_price, options.model, server)
    return Job(
        task=task, url=server.url, format=format, body_limit=limit, refused=server.refused, price=price, options=options
    )


def _price(most: float, model: str, server: Server) -> float:
    """The price of a second, for `max_price`."""
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


def _check(options: LongRecognition, *, can_carry: bool) -> None:
    """Refuse what would be in the way of a long recording; the rest is checked where its request is built."""
    _limits.workers(options.workers)
    if validate.flag(options.carry_prompt, "carry_prompt") and options.workers != 1:
        raise InvalidInput(
            "carry_prompt sends the chunks one after the other, so it takes one worker",
            argument="workers",
            value=options.workers,
            expected="1 with carry_prompt, which sends one chunk after the other",
            hint="leave one of them out",
        )
    if options.carry_prompt and not can_carry:
        raise InvalidInput(
            f"model {options.model!r} takes no prompt",
            argument="carry_prompt",
            value=options.carry_prompt,
            expected=f"left out for model {options.model!r}, which takes no prompt",
        )
    validate.amount(options.piece, "piece", least=_SHORTEST_PIECE)
    validate.flag(options.words, "words")
    if options.max_bytes is not None:
        validate.whole(options.max_bytes, "max_bytes", least=_SMALLEST_BODY)
    if not isinstance(options.track, str) and options.track is not None:
        validate.whole(options.track, "track", least=1)
    validate.flag(options.own_time, "own_time")
    if options.state is not None:
        validate.path(options.state, "state")


def recognise(source: SourceLike, job: Job) -> Plan[Transcript | str]:
    """Send a recording whole if it fits into one request, else in pieces."""
    if job.options.words and job.format not in (None, "verbose_json"):
        raise InvalidInput(
            f"words need the format 'verbose_json', not {job.format!r}",
            argument="format",
            value=job.format,
            expected="verbose_json, or left out, for the times of words",
        )
    if job.options.state is not None:
        yield from Work(partial(check_state, Path(job.options.state)))
    opened = yield from Work(partial(open_input, source), undo=Source.close)
    with opened:
        survey, scanning = yield from Work(partial(_survey, opened, job))
        result = yield from (whole(opened, job, survey) if scanning is None else _in_pieces(opened, job, scanning))
    if not (result.text if isinstance(result, Transcript) else result).strip():
        logger.warning("nothing was heard in %s", _called(opened, survey))
    if isinstance(result, Transcript) and job.options.words and result.words is None and result.text.strip():
        logger.warning("%s gave no word times for model %r", job.task, job.options.model)
    if not isinstance(result, Transcript):
        return result
    return _with_recording((yield from Work(partial(_judged, result))), source)


def _with_recording(transcript: Transcript, source: SourceLike) -> Transcript:
    """Add the path of the recording, which notebooks play."""
    return evolve(transcript, audio=Path(source)) if isinstance(source, (str, os.PathLike)) else transcript


def _judged(transcript: Transcript) -> Transcript:
    """Add the stretches that repeat the same words again and again, and warn of them."""
    stretches = doubtful(transcript.segments)
    if stretches:
        ranges = ", ".join(f"{start:.1f}-{end:.1f} s" for start, end in stretches)
        logger.warning("the same words are repeated again and again, a known fault of recognisers: %s", ranges)
    return evolve(transcript, doubtful=stretches)


def _called(source: Source, survey: Survey | None) -> str:
    """The name of a recording in a warning, with its track if it has several."""
    name = source.name or "the recording"
    if survey is None or survey.tracks == 1:
        return name
    return f"track {survey.track} of {survey.tracks} of {name} (track= takes another)"


def _survey(source: Source, job: Job) -> tuple[Survey | None, Scanning | None]:
    """Survey a recording, and start its scan if it must be sent in pieces; the scan is None if one request is enough.

    A recording with several tracks or holes, which decoders treat differently, or in a format that servers refuse, is
    encoded again. A file that cannot be read here, and may be audio, is sent unchanged if its bytes fit.
    """
    size = single.size(single.request(source, job, job.forms[0]))
    fits = job.body_limit is None or size <= job.body_limit
    reader = cast("BinaryIO", _audio.Reader(source))
    meter = Meter("scan", source.size, job.options.on_progress)
    try:
        # A longer recording is scanned in any case.
        survey = _audio.survey(reader, job.options.choice, most=job.options.piece + _ROUNDING if fits else 0.0)
        if survey.tracks > 1 and job.options.choice.track is None:
            skipped = f"; there is no decoder for {', '.join(map(str, survey.undecodable))}" * bool(survey.undecodable)
            logger.warning("what is heard is %s%s", _called(source, survey), skipped)
        if fits and survey.plain and survey.duration <= job.options.piece:
            return survey, None

        def scanned(share: float) -> None:
            meter.at(int(share * source.size))

        scanning = _audio.Scanning(reader, job.options.choice, report=scanned)
        scanning.begin()
        if (
            fits
            and survey.plain
            and (scan := scanning.reach(job.options.piece)).whole
            and scan.duration <= job.options.piece
        ):
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


def _made(transcript: Transcript, job: Job) -> Transcript | str:
    """The transcript, or the text format that is made of it."""
    result: Transcript | str = transcript
    match job.format:
        case "text":
            result = transcript.text
        case "srt":
            result = transcript.to_srt()
        case "vtt":
            result = transcript.to_vtt()
        case _:
            pass
    hand_over(result, job)
    return result


def _in_pieces(source: Source, job: Job, scanning: Scanning) -> Plan[Transcript | str]:
    """Send a recording in pieces, and make the requested text before the kept answers are removed."""
    format = None if job.format in TEXT_FORMATS else job.format
    return (yield from long.transcribe(source, evolve(job, format=format), scanning, partial(_made, job=job)))
