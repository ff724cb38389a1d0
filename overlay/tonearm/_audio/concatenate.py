"""Joins recordings as samples. Needs no extra."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, BinaryIO, Self, cast

from attrs import frozen

from .._base.cancellation import check_stop
from .._files import BLOCK
from .wav import read

_LARGEST = 0xFFFFFFFF
_HEADER = 44
_QUIET = 50
"""The largest sample at an edge that needs no fade: two of them make a jump of 100 at most, which nobody hears."""
_FADE = 0.005
"""Seconds."""


@frozen
class Grid:
    """The layout of samples: `rate` per second, one or two `channels`, signed 16 bit, little-endian, interleaved."""

    rate: int
    channels: int

    @property
    def width(self) -> int:
        """Bytes of one moment: a sample of each channel."""
        return 2 * self.channels

    def seconds(self, size: int) -> float:
        """How many seconds so many bytes last."""
        return size / (self.rate * self.width)

    def header(self, size: int) -> bytes:
        """The header of a WAV file with so many bytes of samples."""
        size = min(size, _LARGEST - _HEADER)
        form = (16, 1, self.channels, self.rate, self.rate * self.width, self.width, 16)
        return struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", _HEADER - 8 + size, b"WAVEfmt ", *form, b"data", size)


@frozen
class Take:
    """An open WAV file: the layout of its samples, and where they begin and how many there are, in bytes."""

    file: IO[bytes]
    grid: Grid
    at: int
    size: int

    @classmethod
    def of(cls, file: IO[bytes]) -> Self | None:
        """The samples of a WAV file; None when they do not have 16 bit, or more than two channels."""
        wav = read(cast("BinaryIO", file))
        if wav is None or wav.type != "h" or wav.channels > 2:
            return None
        return cls(file, Grid(wav.rate, wav.channels), wav.at, wav.size)

    def read(self, start: int, length: int) -> bytes:
        """Some of the samples, in bytes from the first."""
        self.file.seek(self.at + start)
        return self.file.read(length)


def joined(takes: Iterable[Take], pauses: Sequence[float]) -> Iterator[bytes]:
    """The samples of recordings with the same layout, one after the other, with so many seconds of silence before each.

    An edge between two recordings that is not silent fades for five milliseconds, so that nothing clicks.
    """
    for number, (take, pause) in enumerate(zip(takes, pauses, strict=True), 1):
        yield from _silence(pause, take.grid)
        yield from filter(None, _blocks(take, fade_in=number > 1, fade_out=number < len(pauses)))


def _silence(seconds: float, grid: Grid) -> Iterator[bytes]:
    left = round(seconds * grid.rate) * grid.width
    while left:
        yield bytes(min(left, BLOCK // grid.width * grid.width))
        left -= min(left, BLOCK // grid.width * grid.width)


def _blocks(take: Take, *, fade_in: bool, fade_out: bool) -> Iterator[bytes]:
    width, size = take.grid.width, take.size
    edge = min(round(_FADE * take.grid.rate), size // width // 2) * width
    first, end = take.read(0, edge), take.read(size - edge, edge)
    yield _faded(first, width) if fade_in and _loud(first[:width]) else first
    for start in range(edge, size - edge, BLOCK):
        check_stop()
        yield take.read(start, min(BLOCK, size - edge - start))
    yield _backwards(_faded(_backwards(end), width)) if fade_out and _loud(end[-width:]) else end


def _loud(moment: bytes) -> bool:
    return any(abs(value) > _QUIET for (value,) in struct.iter_unpack("<h", moment))


def _faded(block: bytes, width: int) -> bytes:
    """The samples of a block, faded in."""
    values, channels = _values(block), width // 2
    moments = len(values) // channels
    return _bytes(value * (place // channels) // moments for place, value in enumerate(values))


def _backwards(block: bytes) -> bytes:
    return _bytes(reversed(_values(block)))


def _values(block: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(block) // 2}h", block)


def _bytes(values: Iterable[int]) -> bytes:
    return b"".join(map(struct.Struct("<h").pack, values))
