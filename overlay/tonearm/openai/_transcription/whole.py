"""The plan of a recording that fits into one request."""

from __future__ import annotations

import logging
import math
from contextlib import suppress
from functools import partial
from typing import BinaryIO, cast

from ... import _audio  # pyright: ignore[reportPrivateUsage]  # a room of this package
from ..._audio import Scan, Survey
from ..._engine import Plan, Work
from ..._files import Source
from ...errors import ConfigurationError, InvalidInput, TonearmError, TooLarge
from ...progress import Meter
from .._answers import canonical
from ..types import Transcript
from . import long, single
from .gaps import SHORTEST_GAP, gap
from .heard import Heard
from .rests import check_price
from .single import Job

logger = logging.getLogger("tonearm")


def whole(source: Source, job: Job, survey: Survey | None) -> Plan[Transcript | str]:
    """Send a whole recording, and then the rest that the answer seems to leave out, if the recording can be decoded."""
    if job.options.max_price is not None:
        check_price(job, _length(job.options.max_price, survey))
    meter = Meter("upload", source.size, job.options.on_progress)
    result: Transcript | str | None = yield from Work(partial(long.answered_before, source, job))
    if result is None:
        try:
            result = yield from single.send(source, job, lambda done: meter.at(min(done, source.size - 1)))
        except TooLarge as error:
            error.hint = f"the recording has {source.size} bytes: have it cut into smaller chunks (max_bytes)"
            raise
    hand_over(result, job)
    meter.at(source.size)
    if not isinstance(result, Transcript) or survey is None:
        return result
    scan = yield from Work(partial(_ended_early, source, job, survey, result))
    return result if scan is None else (yield from _with_rest(source, job, scan, result))


def hand_over(result: Transcript | str, job: Job) -> None:
    """Call `on_result` before anything else can fail, as the result was paid for."""
    if job.options.on_result is not None:
        job.options.on_result(result)


def _length(most: float, survey: Survey | None) -> float:
    if survey is None:
        raise InvalidInput(
            "max_price needs a recording whose length is known",
            argument="max_price",
            value=most,
            expected="left out, as the length of this recording is not known",
        )
    return survey.duration


def _ended_early(source: Source, job: Job, survey: Survey, transcript: Transcript) -> Scan | None:
    """Scan a recording whose answer seems to have ended too early; None if it has not.

    The recording is decoded only if the last words of the answer leave several seconds out.
    """
    if _reaches(transcript, survey.duration - SHORTEST_GAP):
        return None
    heard = Heard(
        start=0.0, end=survey.duration, sound=(0.0, survey.duration), overlaps=False, raw=canonical(transcript.raw)
    )
    if gap(heard, Scan(survey.duration, ())) is None:
        return None
    with suppress(ConfigurationError, InvalidInput):
        scan = _audio.scan(cast("BinaryIO", _audio.Reader(source)), job.options.choice, ahead=math.inf)
        return None if gap(heard, scan) is None else scan
    return None


def _reaches(transcript: Transcript, time: float) -> bool:
    """Whether words and segments both go on beyond a time, so that nothing after it can be left out."""
    ends = [max(part.end for part in parts) for parts in (transcript.words, transcript.segments) if parts]
    return bool(ends) and min(ends) > time


def _with_rest(source: Source, job: Job, scan: Scan, transcript: Transcript) -> Plan[Transcript | str]:
    """Add the rest that a transcript left out, if it can be transcribed; exceptions of `on_result` are raised."""
    raised: list[Exception] = []

    def hand_over_fuller(fuller: Transcript) -> Transcript:
        try:
            hand_over(fuller, job)
        except Exception as error:
            raised.append(error)
            raise
        return fuller

    try:
        fuller = yield from long.transcribe(source, job, scan, hand_over_fuller, transcript)
    except (TonearmError, OSError) as error:
        if raised:
            raise raised[0] from None
        logger.warning("the rest that the answer left out could not be transcribed: %s", error)
        return transcript
    return fuller
