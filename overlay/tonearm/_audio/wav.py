"""Plain WAV: where its samples are, how loud they are, and parts of it. Needs no extra."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from math import gcd
from typing import IO

from attrs import frozen

from .formats import MOST_RATE
from .riff import Layout, layout
from .silence import RATE, Stretch

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_TYPES = {(_PCM, 8): "B", (_PCM, 16): "h", (_PCM, 24): "i", (_PCM, 32): "i", (_FLOAT, 32): "f", (_FLOAT, 64): "d"}
_FULL_SCALE = {"B": 2.0**7, "h": 2.0**15, "i": 2.0**31, "f": 1.0, "d": 1.0}
_LOOKED_AT = 16_000  # samples per second, of all channels together, that are measured
_SECONDS = 10  # of samples in memory at a time


@frozen
class Wav:
    """A WAV file of plain samples; `format` is its chunk `fmt `, `at` and `size` are in bytes.

    `declared` is the size in its header, if that is smaller than the true one.
    """

    format: bytes
    type: str
    channels: int
    rate: int
    width: int
    at: int
    size: int
    declared: int | None

    @property
    def frames(self) -> int:
        """Samples of each channel."""
        return self.size // self.width

    @property
    def duration(self) -> float:
        """The length in seconds."""
        return self.frames / self.rate

    def levels(self, file: IO[bytes]) -> Iterator[Stretch]:
        """Its levels, ten seconds at a time: for each fiftieth of a second half of the range of its samples."""
        # One in a few samples is enough; a step without a common divisor with the channels meets all of them in turn.
        step = max(1, self.rate * self.channels // _LOOKED_AT)
        while gcd(step, self.channels) > 1:
            step += 1
        full = 2 * _FULL_SCALE[self.type]
        for first in range(0, self.frames, _SECONDS * self.rate):
            count = min(_SECONDS * self.rate, self.frames - first)
            samples = self._samples(file, first, count)
            borders = [number * self.rate // RATE * self.channels for number in range(-(-count * RATE // self.rate))]
            parts = (samples[start:end:step] for start, end in zip(borders, [*borders[1:], len(samples)], strict=True))
            levels = [(max(part) - min(part)) / full for part in parts]
            yield Stretch(first / self.rate, (first + count) / self.rate, levels)

    def part(self, file: IO[bytes], start: float, end: float) -> tuple[float, float, Iterator[bytes]]:
        """A part between two times in seconds as a WAV file: its true times, rounded outwards, and its blocks."""
        first, after = int(start * self.rate), min(self.frames, -int(-end * self.rate // 1))
        return first / self.rate, after / self.rate, self._blocks(file, first, after)

    def _blocks(self, file: IO[bytes], first: int, after: int) -> Iterator[bytes]:
        size = (after - first) * self.width
        header = struct.pack("<4s4sI", b"WAVE", b"fmt ", len(self.format)) + self.format
        header += struct.pack("<4sI", b"data", size)
        yield struct.pack("<4sI", b"RIFF", len(header) + size + size % 2) + header
        for at in range(first, after, _SECONDS * self.rate):
            yield self._read(file, at, min(_SECONDS * self.rate, after - at))
        yield bytes(size % 2)

    def _read(self, file: IO[bytes], first: int, count: int) -> bytes:
        file.seek(self.at + first * self.width)
        return file.read(count * self.width)

    def _samples(self, file: IO[bytes], first: int, count: int) -> array[int] | array[float]:
        data = self._read(file, first, count)
        if self.width == 3 * self.channels:  # arrays have no type of three bytes: make them the upper three of four
            wide = bytearray(len(data) // 3 * 4)
            for byte in range(3):
                wide[byte + 1 :: 4] = data[byte::3]
            data = bytes(wide)
        samples: array[int] | array[float] = array(self.type)
        samples.frombytes(data)
        return samples


def read(file: IO[bytes]) -> Wav | None:
    """Read the header of a WAV file; None when it is none, or its samples are coded."""
    header = layout(file)
    return None if header is None or header.at is None else _of(header, header.at)


def _of(header: Layout, at: int) -> Wav | None:
    form = header.form
    if len(form) < 16:
        return None
    tag, channels, rate, _, width, bits = struct.unpack("<HHIIHH", form[:16])
    if tag == _EXTENSIBLE and len(form) >= 26:
        tag = int.from_bytes(form[24:26], "little")
    type = _TYPES.get((tag, bits))
    if type is None or not RATE <= rate <= MOST_RATE or channels == 0 or width * 8 != bits * channels:
        return None
    declared = header.declared if header.declared is not None and header.declared < header.size else None
    return Wav(form, type, channels, rate, width, at, header.size - header.size % width, declared)
