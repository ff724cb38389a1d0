"""Checks that a download is complete, which the server's status of success does not prove."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import IO, BinaryIO, TypeAlias, cast

from attrs import define, field, frozen

from .. import _audio, _transfer  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._engine import Plan, Work
from .._http import logger
from ..errors import ConfigurationError, ConnectionFailed, InvalidInput, StatusError, Truncated, UnexpectedAnswer
from ._stream_request import Selection
from ._ticks import TICKS

Facts: TypeAlias = "tuple[int | None, float | None]"
"""Bytes and seconds of a file, as the library lists them."""

SLACK, SHARE = 1.0, 0.005
"""How much shorter than the run time decoded audio may be: seconds, and in addition a share of the run time.

The run time of a container may be an estimate, and encoders cut off less than a frame.
"""

LAST_START = 5.0
"""Seconds before the end at which the server starts at the latest (Jellyfin server source, StreamingHelpers)."""

_HEAD = 64 * 1024
"""Bytes at the beginning of a WAV file that contain its sizes."""


@define
class Library:
    """Size and duration of a file in the server's library; `read` makes the plan that reads them, at most once."""

    read: Callable[[], Plan[Facts]]
    _facts: Facts | None = field(default=None, init=False)

    def facts(self) -> Plan[Facts]:
        """Size and duration; None for what the server does not send."""
        if self._facts is None:
            try:
                self._facts = yield from self.read()
            except (ConnectionFailed, StatusError, UnexpectedAnswer) as error:
                logger.info("size and duration of the download are not checked: %s", error)
                self._facts = None, None
        return self._facts


@frozen
class Verification:
    """The check of a download's duration, in addition to a size that the server has announced.

    Attributes:
        selection: the stream.
        duration: seconds of the item, if the caller knows them.
        library: read if nothing else shows where encoded audio should end: the response of an encoder that crashes ends
            like a complete one (Jellyfin server source, tag v10.11.11, ProgressiveFileStream).
        measure: makes the plan that measures the original, as a run time may be an estimate, for example of MP3 without
            a header or of raw AAC. None for a run time that is to be trusted, and for an original.
    """

    selection: Selection
    duration: float | None
    library: Library | None
    measure: Callable[[], Plan[float | None]] | None = None

    def finish(self, part: _transfer.PartFile) -> Plan[tuple[str, ...]]:
        """Compare the decoded duration with the run time, and fill in the lengths that a streamed header lacks."""
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
            return ()  # the file is complete, so the run time is wrong
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
        """Whether audio is as long as expected; with a start it may not be longer, else the start was ignored."""
        expected = self._expected(whole)
        is_long = self._start > 0 and got > expected * (1 + SHARE) + SLACK
        return got >= expected * (1 - SHARE) - SLACK and not is_long

    @property
    def _is_raw(self) -> bool:
        """Whether samples without a header were requested, which cannot be recognised as audio."""
        return str(self.selection.params.get("audio_codec", "")).startswith("pcm") and self.selection.container != "wav"


def _look(part: _transfer.PartFile, *, decoding: bool, must_decode: bool) -> float | None:
    """Fill in the missing lengths, decode the file, and return its seconds."""
    file = part.contents()
    if file is None:
        return None
    changed = part.size is None and _fill_lengths(file)
    got = _decoded(file, must_decode) if decoding else None
    part.corrected(changed)
    return got


def _truncated(part: _transfer.PartFile, reason: str, expected: float | None, got: float) -> Truncated:
    """The error for incomplete encoded audio, whose bytes are useless to a later attempt."""
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
    """The decoded seconds, 0.0 for encoded audio that cannot be decoded; None if they are not known."""
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
