"""Finds the silences of a recording by its level, as it is decoded."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from attrs import define

from .._stop import check_stop
from . import wav
from .container import frames, opened
from .levels import RATE, Levels, Stretch, silences
from .spans import Scan, Silence

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

_SECONDS = 2  # of samples that are measured at a time
_TYPES = {"u8": "u1", "s16": "i2", "s32": "i4", "s64": "i8", "flt": "f4", "dbl": "f8"}


def scan(file: BinaryIO, *, report: Callable[[float], None] | None = None) -> Scan:
    """Find the silences of a recording; it is decoded once, and only its levels are kept in memory.

    Plain WAV needs no extra.

    Args:
        file: a seekable binary file that holds the recording.
        report: called now and then with the fraction that was scanned, from 0.0 to 1.0.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed.
    """
    plain = wav.read(file)
    size = file.seek(0, os.SEEK_END)
    levels, duration = Levels(), 0.0
    for stretch in _decoded(file) if plain is None else plain.levels(file):
        check_stop()
        levels.put(stretch)
        duration = stretch.end
        if report is not None:
            report(file.tell() / size)
    found = silences(levels.values)
    if found and found[-1].end > duration:
        found = (*found[:-1], Silence(found[-1].start, duration))
    return Scan(duration, found)


def _decoded(file: BinaryIO) -> Iterator[Stretch]:
    with opened(file) as (container, stream):
        found = frames(container, stream)
        first = next(found)
        samples = _Samples.of(first.part, first.time)
        for timed in chain((first,), found):
            if not samples.go_on(timed.part, timed.time):
                yield samples.measure(samples.count)
                samples = _Samples.of(timed.part, timed.time)
            samples.add(timed.part)
            if samples.count >= _SECONDS * samples.rate:
                yield samples.measure(samples.count // samples.size * samples.size)
        yield samples.measure(samples.count)


@define
class _Samples:
    """Decoded samples that follow each other, until they are measured; `size` is how many have one level."""

    time: float
    rate: int
    size: int
    form: tuple[str, int]
    width: int
    planes: list[bytearray]
    count: int = 0

    @classmethod
    def of(cls, frame: AudioFrame, time: float) -> _Samples:
        form = frame.format
        channels = frame.layout.nb_channels
        planes, width = (channels, form.bytes) if form.is_planar else (1, form.bytes * channels)
        rate = frame.sample_rate
        return cls(time, rate, max(1, rate // RATE), (form.name, channels), width, [bytearray() for _ in range(planes)])

    @property
    def end(self) -> float:
        return self.time + self.count / self.rate

    def go_on(self, frame: AudioFrame, time: float) -> bool:
        """Whether a frame has the same format and follows, but for the rounding of timestamps."""
        same = frame.sample_rate == self.rate and self.form == (frame.format.name, frame.layout.nb_channels)
        return same and abs(time - self.end) < 1 / RATE

    def add(self, frame: AudioFrame) -> None:
        length = frame.samples * self.width
        for plane, more in zip(self.planes, frame.planes, strict=False):
            plane += memoryview(more)[:length]
        self.count += frame.samples

    def measure(self, count: int) -> Stretch:
        """Take the first `count` samples of each channel away, and give their levels."""
        import numpy as np

        type = np.dtype(_TYPES[self.form[0].removesuffix("p")])
        full = 1.0 if type.kind == "f" else 2.0 ** (8 * type.itemsize - 1)
        levels = -(-count // self.size)
        highest, lowest = np.full(levels, -np.inf), np.full(levels, np.inf)
        for plane in self.planes:
            taken = count * self.width
            samples = np.frombuffer(bytes(plane[:taken]), type)
            del plane[:taken]
            row = self.size * self.width // type.itemsize
            rows = np.pad(samples, (0, levels * row - len(samples)), "edge").reshape(levels, row)
            highest, lowest = np.maximum(highest, rows.max(1)), np.minimum(lowest, rows.min(1))
        start, self.time, self.count = self.time, self.time + count / self.rate, self.count - count
        return Stretch(start, self.time, ((highest - lowest) / (2 * full)).tolist())
