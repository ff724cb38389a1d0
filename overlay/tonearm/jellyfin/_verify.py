"""Whether a download is all that was asked for, as a success of the server does not say it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import IO, BinaryIO, TypeAlias, cast

from attrs import define, field, frozen

from .. import _audio, _transfer
from .._engine import Plan, Work
from .._http import logger
from ..errors import ConfigurationError, ConnectionFailed, InvalidInput, StatusError, Truncated, UnexpectedAnswer
from ._stream_request import Selection
from ._ticks import TICKS

Facts: TypeAlias = "tuple[int | None, float | None]"
"""What a library says of a file: its bytes, and its seconds."""

SLACK, SHARE = 1.0, 0.005
"""By how much decoded audio may be shorter than the run time: seconds, and a part of it on top.

A run time is what the container says, which may be an estimate, and encoders cut off less than a frame.
"""

LAST_START = 5.0
"""Seconds before the end that the server starts at the latest (Jellyfin server source, StreamingHelpers)."""

_HEAD = 64 * 1024
"""Bytes in which the sizes of a WAV file stand."""


@define
class Library:
    """What the server's library says of a file; it is asked at most once, by the plan that `ask` makes."""

    ask: Callable[[], Plan[Facts]]
    _found: Facts | None = field(default=None, init=False)

    def facts(self) -> Plan[Facts]:
        """Size and duration, as far as the server tells them."""
        if self._found is None:
            try:
                self._found = yield from self.ask()
            except (ConnectionFailed, StatusError, UnexpectedAnswer) as error:
                logger.info("size and duration of the download are not checked: %s", error)
                self._found = None, None
        return self._found


@frozen
class Verification:
    """What is held of a download, beside the size that the server may have announced.

    `library` is asked where nothing else tells that encoded audio ends where it should: an encoder that dies ends its
    answer as one that is done (Jellyfin server source, tag v10.11.11, ProgressiveFileStream).
    `measure` makes the plan that measures the original, as a run time may be an estimate: that of MP3 without a header,
    or of raw AAC. None for a run time that is to be trusted, and for an original.
    """

    selection: Selection
    duration: float | None
    library: Library | None
    measure: Callable[[], Plan[float | None]] | None = None

    def finish(self, part: _transfer.PartFile) -> Plan[tuple[str, ...]]:
        """Hold the decoded duration against the run time, and fill in the lengths that a streamed header lacks."""
        whole = yield from self._run_time(part)
        must_decode = not (self.selection.original or self._is_raw)
        decoding = must_decode or whole is not None
        got = yield from Work(partial(_look, part, decoding=decoding, must_decode=must_decode))
        if got is None:
            return ()
        if must_decode and not got:
            raise _truncated(part, "what the server encoded holds no audio", whole and self._expected(whole), got)
        if whole is None:
            return ()
        if self._fits(got, whole):
            return ("duration",)
        if self.selection.original and self.library is not None and (yield from self.library.facts())[0] == part.offset:
            return ()  # it is whole: the run time is wrong
        if self.measure is not None:
            measured = yield from self.measure()
            if measured is None:
                logger.warning("the duration of the download is not checked: the original cannot be measured")
                return ()
            if self._fits(got, measured):
                return ("duration",)
            whole = measured
        expected = self._expected(whole)
        verb = "ends after" if got < expected else "does not begin where it should: it has"
        raise _truncated(part, f"the audio {verb} {got:.1f} of {expected:.1f} seconds", expected, got)

    def _run_time(self, part: _transfer.PartFile) -> Plan[float | None]:
        whole = self.duration
        if whole is None and part.size is None and self.library is not None:
            _, whole = yield from self.library.facts()
        return whole or None

    @property
    def _start(self) -> float:
        return 0.0 if self.selection.original else self.selection.params.get("start_time_ticks", 0) / TICKS

    def _expected(self, whole: float) -> float:
        return whole - min(self._start, max(0.0, whole - LAST_START))

    def _fits(self, got: float, whole: float) -> bool:
        """Whether audio is as long as it should be; it may be too long only where nobody said from where it begins."""
        expected = self._expected(whole)
        is_long = self._start > 0 and got > expected * (1 + SHARE) + SLACK
        return got >= expected * (1 - SHARE) - SLACK and not is_long

    @property
    def _is_raw(self) -> bool:
        """Whether samples without a header are asked for, which nothing tells from noise."""
        return str(self.selection.params.get("audio_codec", "")).startswith("pcm") and self.selection.container != "wav"


def _look(part: _transfer.PartFile, *, decoding: bool, must_decode: bool) -> float | None:
    """Fill in the lengths that are missing, and decode what came; gives its seconds."""
    file = part.contents()
    if file is None:
        return None
    changed = part.size is None and _fill_lengths(file)
    got = _decoded(file, must_decode) if decoding else None
    part.corrected(changed)
    return got


def _truncated(part: _transfer.PartFile, reason: str, expected: float | None, got: float) -> Truncated:
    """The error for an encoding that is not whole; what came of it is of no use to a later attempt."""
    done = part.offset
    if part.path is not None:
        part.restart()
    return Truncated(reason, done=done, total=part.size, expected=expected, got=got)


def _fill_lengths(file: IO[bytes]) -> bool:
    if _audio.fill_length(file):
        return True
    file.seek(0)
    before = file.read(_HEAD)
    _audio.repair(file)
    file.seek(0)
    return file.read(_HEAD) != before


def _decoded(file: IO[bytes], must_decode: bool) -> float | None:
    """The seconds that can be decoded, 0.0 of an encoding that is no audio; None where that is not known."""
    file.seek(0)
    try:
        return _audio.decoded_duration(cast("BinaryIO", file))
    except ConfigurationError:
        return None
    except InvalidInput as error:
        if must_decode:
            return 0.0
        logger.warning("the duration of the download is not checked: %s", error)
        return None
