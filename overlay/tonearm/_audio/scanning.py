"""Finds the silences of a recording by its level, as it is decoded."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from attrs import define

from .._base.cancellation import check_stop
from . import wav
from .container import ANY, Choice, named, opened
from .cuts import Scan, Silence
from .silence import RATE, Levels, Stretch, silences
from .timeline import HOLE, frames

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

logger = logging.getLogger("tonearm")

_SECONDS, _BYTES = 2, 4 * 2**20  # samples that are measured at a time: so many seconds, or fewer that fit
_TYPES = {"u8": "u1", "s16": "i2", "s32": "i4", "s64": "i8", "flt": "f4", "dbl": "f8"}


def scan(file: BinaryIO, choice: Choice = ANY, *, report: Callable[[float], None] | None = None) -> Scan:
    """Find the silences of a recording; it is decoded once, and only its levels are kept in memory.

    Plain WAV needs no extra.

    Args:
        file: a seekable binary file that holds the recording.
        choice: which sound of it.
        report: called now and then with the fraction that was scanned, from 0.0 to 1.0.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed.
    """
    levels, duration = measure(file, choice, report=report)
    found = silences(levels.values)
    if found and found[-1].end > duration:
        found = (*found[:-1], Silence(found[-1].start, duration))
    return Scan(duration, found, even=levels.even)


def measure(
    file: BinaryIO, choice: Choice = ANY, *, report: Callable[[float], None] | None = None
) -> tuple[Levels, float]:
    """How loud a recording is, all along, and how long, in seconds; see `scan`."""
    plain = wav.read(file)
    if plain is not None and plain.told is not None:
        logger.warning(
            "the header of %s tells of %d bytes of sound; all %d that follow it are taken for sound",
            *(named(file), plain.told, plain.size),
        )
    size = file.seek(0, os.SEEK_END)
    levels, duration = Levels(), 0.0
    troubles: list[str] = []
    for stretch in _decoded(file, choice, troubles) if plain is None else plain.levels(file):
        check_stop()
        levels.even = levels.even and stretch.time - duration < HOLE / 2
        levels.put(stretch)
        duration = stretch.end
        if report is not None:
            report(file.tell() / size)
    levels.even = levels.even and not troubles
    return levels, duration


def _decoded(file: BinaryIO, choice: Choice, troubles: list[str]) -> Iterator[Stretch]:
    with opened(file, choice) as recording:
        found = frames(recording, troubles.append)
        first = next(found)
        samples = _Samples.of(first.part, first.time)
        for timed in chain((first,), found):
            if not samples.go_on(timed.part, timed.time):
                yield samples.measure(samples.count)
                samples = _Samples.of(timed.part, timed.time)
            samples.add(timed.part)
            if samples.count >= samples.due:
                yield samples.measure(samples.count // samples.size * samples.size)
        yield samples.measure(samples.count)
    if troubles:
        reasons = ", ".join(dict.fromkeys(troubles))
        logger.warning("%s is damaged in %d places (%s): the rest is kept", named(file), len(troubles), reasons)


@define
class _Samples:
    """Decoded samples that follow each other, until they are measured; `size` is how many of a channel have one level.

    They are measured when there are `due` of them. They lie in memory that is used again and again: to ask for more of
    it takes longer than to decode them.
    """

    time: float
    rate: int
    size: int
    form: tuple[str, int]
    width: int
    planes: list[memoryview]
    due: int
    count: int = 0

    @classmethod
    def of(cls, frame: AudioFrame, time: float) -> _Samples:
        form = frame.format
        channels = frame.layout.nb_channels
        planes, width = (channels, form.bytes) if form.is_planar else (1, form.bytes * channels)
        rate = frame.sample_rate
        size = max(1, rate // RATE)
        due = max(size, min(_SECONDS * rate, _BYTES // (width * planes)))
        room = (due + max(size, frame.samples, due // 2)) * width
        memory = [memoryview(bytearray(room)) for _ in range(planes)]
        return cls(time, rate, size, (form.name, channels), width, memory, due)

    @property
    def end(self) -> float:
        return self.time + self.count / self.rate

    def go_on(self, frame: AudioFrame, time: float) -> bool:
        """Whether a frame has the same format, follows, but for the rounding of timestamps, and finds room."""
        same = frame.sample_rate == self.rate and self.form == (frame.format.name, frame.layout.nb_channels)
        fits = (self.count + frame.samples) * self.width <= len(self.planes[0])
        return same and fits and abs(time - self.end) < 1 / RATE

    def add(self, frame: AudioFrame) -> None:
        start, length = self.count * self.width, frame.samples * self.width
        for plane, more in zip(self.planes, frame.planes, strict=False):
            plane[start : start + length] = memoryview(more)[:length]
        self.count += frame.samples

    def measure(self, count: int) -> Stretch:
        """Take the first `count` samples of each channel away, and give their levels."""
        import numpy as np

        type = np.dtype(_TYPES[self.form[0].removesuffix("p")])
        full = 1.0 if type.kind == "f" else 2.0 ** (8 * type.itemsize - 1)
        taken, left = count * self.width, (self.count - count) * self.width
        borders = np.arange(0, taken, self.size * self.width) // type.itemsize
        samples = [np.frombuffer(plane[:taken], type) for plane in self.planes]
        highest = np.max([np.maximum.reduceat(plane, borders) for plane in samples], axis=0)
        lowest = np.min([np.minimum.reduceat(plane, borders) for plane in samples], axis=0)
        levels = np.subtract(highest, lowest, dtype=float) / (2 * full)
        for plane in self.planes:
            plane[:left] = plane[taken : taken + left]
        start, self.time, self.count = self.time, self.time + count / self.rate, self.count - count
        return Stretch(start, self.time, levels.tolist())
