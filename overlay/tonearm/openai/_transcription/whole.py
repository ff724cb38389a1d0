"""A recording that fits one request."""

from __future__ import annotations

import logging
import math
from contextlib import suppress
from functools import partial
from typing import BinaryIO, cast

from ... import _audio
from ..._audio import Scan, Survey
from ..._engine import Plan, Work
from ..._files import Source
from ...errors import ConfigurationError, InvalidInput, TonearmError, TooLarge
from ...progress import Meter
from .._answers import canonical
from ..types import Transcript
from . import long, single
from .gaps import gap
from .heard import Heard
from .rests import check_price
from .single import Job

logger = logging.getLogger("tonearm")


def whole(source: Source, job: Job, survey: Survey | None) -> Plan[Transcript | str]:
    """Send a recording as it is, and then what the answer seems to leave out, as far as the recording can be read."""
    if job.ask.max_price is not None:
        check_price(job, _length(job.ask.max_price, survey))
    meter = Meter("upload", source.size, job.ask.on_progress)
    result: Transcript | str | None = yield from Work(partial(long.answered_before, source, job))
    if result is None:
        try:
            result = yield from single.ask(source, job, lambda done: meter.at(min(done, source.size - 1)))
        except TooLarge as error:
            error.hint = f"the recording has {source.size} bytes: have it cut into smaller chunks (max_bytes)"
            raise
    tell(result, job)
    meter.at(source.size)
    if not isinstance(result, Transcript) or survey is None:
        return result
    scan = yield from Work(partial(_ended_early, source, job, survey, result))
    return result if scan is None else (yield from _with_rest(source, job, scan, result))


def tell(result: Transcript | str, job: Job) -> None:
    """Hand a result over before anything else can happen: it was paid for."""
    if job.ask.on_result is not None:
        job.ask.on_result(result)


def _length(most: float, survey: Survey | None) -> float:
    if survey is None:
        raise InvalidInput(
            "max_price needs a recording whose length is known",
            argument="max_price",
            value=most,
            expected="left out, as the length of this recording is not known",
        )
    return survey.duration


def _ended_early(source: Source, job: Job, survey: Survey, note: Transcript) -> Scan | None:
    """What is found in a recording to which the answer seems to have ended too early; None where it has not.

    Only one whose last words leave seconds out is decoded for that.
    """
    heard = Heard(start=0.0, end=survey.duration, sound=(0.0, survey.duration), overlaps=False, raw=canonical(note.raw))
    if gap(heard, Scan(survey.duration, ())) is None:
        return None
    with suppress(ConfigurationError, InvalidInput):
        scan = _audio.scan(cast("BinaryIO", _audio.Reader(source)), job.ask.choice, ahead=math.inf)
        return None if gap(heard, scan) is None else scan
    return None


def _with_rest(source: Source, job: Job, scan: Scan, note: Transcript) -> Plan[Transcript | str]:
    """The same transcript with what it left out, as far as that can be had; what `on_result` raises goes out."""
    raised: list[Exception] = []

    def told(fuller: Transcript) -> Transcript:
        try:
            tell(fuller, job)
        except Exception as error:
            raised.append(error)
            raise
        return fuller

    try:
        fuller = yield from long.transcribe(source, job, scan, told, note)
    except (TonearmError, OSError) as error:
        if raised:
            raise raised[0] from None
        logger.warning("what the answer left out could not be asked for: %s", error)
        return note
    return fuller
