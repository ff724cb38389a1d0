"""Whether a download is all that was asked for, as a success of the server does not say it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import IO, BinaryIO, TypeAlias, cast

from attrs import define, field, frozen

from .._audio import decoded_duration, fill_length, repair
from .._engine import Plan, Work
from .._http import logger
from .._transfer import PartFile
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
    """

    selection: Selection
    duration: float | None
    library: Library | None

    def finish(self, part: PartFile) -> Plan[tuple[str, ...]]:
        """Hold the decoded duration against the run time, and fill in the lengths that a streamed header lacks."""
        expected = yield from self._expected(part)
        return (yield from Work(partial(self._look, part, expected)))

    def _expected(self, part: PartFile) -> Plan[float | None]:
        whole = self.duration
        if whole is None and part.size is None and self.library is not None:
            _, whole = yield from self.library.facts()
        if not whole:
            return None
        start = 0.0 if self.selection.original else self.selection.params.get("start_time_ticks", 0) / TICKS
        return whole - min(start, max(0.0, whole - LAST_START))

    def _look(self, part: PartFile, expected: float | None) -> tuple[str, ...]:
        file = part.contents()
        if file is None:
            return ()
        changed = part.size is None and _fill_lengths(file)
        must_decode = not (self.selection.original or self._is_raw)
        got = _decoded(file, must_decode) if must_decode or expected is not None else None
        part.corrected(changed)
        if got is None:
            return ()
        if must_decode and not got:
            raise _truncated(part, "what the server encoded holds no audio", expected, got)
        if expected is None:
            return ()
        if got < expected * (1 - SHARE) - SLACK:
            raise _truncated(part, f"the audio ends after {got:.1f} of {expected:.1f} seconds", expected, got)
        return ("duration",)

    @property
    def _is_raw(self) -> bool:
        """Whether samples without a header are asked for, which nothing tells from noise."""
        return str(self.selection.params.get("audio_codec", "")).startswith("pcm") and self.selection.container != "wav"


def _truncated(part: PartFile, reason: str, expected: float | None, got: float) -> Truncated:
    """The error for an encoding that is not whole; what came of it is of no use to a later attempt."""
    done = part.offset
    if part.path is not None:
        part.restart()
    return Truncated(reason, done=done, total=part.size, expected=expected, got=got)


def _fill_lengths(file: IO[bytes]) -> bool:
    if fill_length(file):
        return True
    file.seek(0)
    before = file.read(_HEAD)
    repair(file)
    file.seek(0)
    return file.read(_HEAD) != before


def _decoded(file: IO[bytes], must_decode: bool) -> float | None:
    """The seconds that can be decoded, 0.0 of an encoding that is no audio; None where that is not known."""
    file.seek(0)
    try:
        return decoded_duration(cast("BinaryIO", file))
    except ConfigurationError:
        return None
    except InvalidInput as error:
        if must_decode:
            return 0.0
        logger.warning("the duration of the download is not checked: %s", error)
        return None
