"""Finds the silences of a recording by its level, as it is decoded."""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Callable, Generator, Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, cast

from attrs import define

from .._base.cancellation import check_stop
from . import wav
from .container import ANY, Choice, named, opened
from .cuts import Scan, Silence
from .packet_index import PacketIndex
from .remux import form_of
from .silence import RATE, Levels, Quiet, Stretch
from .timeline import HOLE, frames

if TYPE_CHECKING:
    from av.audio.fifo import AudioFifo
    from av.audio.frame import AudioFrame

logger = logging.getLogger("tonearm")

_NEARLY = 0.9999  # the progress of a file that is read, but not yet decoded to its end
_SECONDS, _BYTES = 2, 4 * 2**20  # samples that are measured at a time: two seconds, or fewer if they need more bytes
_TYPES = {"u8": "u1", "s16": "i2", "s32": "i4", "s64": "i8", "flt": "f4", "dbl": "f8"}


AHEAD = 600.0
"""Seconds of sound that are decoded ahead of the silences that are decided."""


def scan(
    file: BinaryIO, choice: Choice = ANY, *, ahead: float = AHEAD, report: Callable[[float], None] | None = None
) -> Scan:
    """Find the silences of a recording; it is decoded once, and only its levels are kept in memory.

    Plain WAV needs no extra.

    Args:
        file: a seekable binary file that holds the recording.
        choice: which track of it.
        ahead: seconds of sound ahead that, with all before, decide what is silent; `math.inf` for the whole recording.
        report: called repeatedly with the scanned fraction, from 0.0 to 1.0.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed.
    """
    return Scanning(file, choice, ahead=ahead, report=report).reach(math.inf)


class Scanning:
    """A scan that decodes a recording only as far as `reach` needs it; see `scan` for the arguments.

    The silences depend on the recording alone, and not on the calls of `reach`.

    Attributes:
        index: where the packets are that were decoded so far, if they can be copied as ranges of bytes.
    """

    def __init__(
        self,
        file: BinaryIO,
        choice: Choice = ANY,
        *,
        ahead: float = AHEAD,
        report: Callable[[float], None] | None = None,
    ) -> None:
        self.index = PacketIndex()
        self._levels, self._ended = Levels(), False
        self._measuring = _measured(file, choice, self._levels, report, self.index)
        self._scan, self._ahead, self._quiet = Scan(0.0, ()), ahead, Quiet(self._levels.values, ahead)

    def look_ahead(self, ahead: float) -> None:
        """Decide all silences again from so many seconds ahead; nothing is decoded again."""
        if ahead != self._ahead:
            self._scan, self._ahead, self._quiet = Scan(0.0, ()), ahead, Quiet(self._levels.values, ahead)
            self._quiet.decide(ended=self._ended)

    def begin(self) -> None:
        """Decode the first seconds.

        Raises:
            InvalidInput: nothing of it can be decoded. Later calls do not raise this.
            ConfigurationError: the extra that reads audio is not installed.
        """
        self._more()

    def reach(self, time: float) -> Scan:
        """Scan at least up to a time in seconds, or to the end, and return the scan so far."""
        while not self._ended and self._quiet.known < time:
            self._more()
        known = self._levels.end if self._ended else self._quiet.known
        if (self._scan.duration, self._scan.intact_until, self._scan.whole) != (known, self._intact_until, self._ended):
            silences = self._quiet.silences()
            if silences and silences[-1].end > known:
                silences = (*silences[:-1], Silence(silences[-1].start, known))
            self._scan = Scan(known, silences, intact_until=self._intact_until, whole=self._ended)
        return self._scan

    @property
    def _intact_until(self) -> float:
        # If the whole recording is decoded before anything is decided, any damage is known.
        return 0.0 if self._ahead == math.inf and self._levels.intact_until < math.inf else self._levels.intact_until

    def _more(self) -> None:
        self._ended = next(self._measuring, None) is None
        self._quiet.decide(ended=self._ended)


def measure(file: BinaryIO) -> Levels:
    """The levels of a whole recording; see `scan`."""
    levels = Levels()
    for _ in _measured(file, ANY, levels, None, PacketIndex()):
        pass
    return levels


def _measured(
    file: BinaryIO, choice: Choice, levels: Levels, report: Callable[[float], None] | None, index: PacketIndex
) -> Generator[Levels]:
    """Add one stretch after the other to levels, and yield after each."""
    plain = wav.read(file)
    if plain is not None and plain.declared is not None:
        logger.warning(
            "the header of %s declares %d bytes of sound; all %d that follow it are taken for sound",
            *(named(file), plain.declared, plain.size),
        )
    size = file.seek(0, os.SEEK_END)
    troubles: list[str] = []
    for stretch in _decoded(file, choice, troubles, index) if plain is None else plain.levels(file):
        check_stop()
        levels.put(stretch, intact=not troubles and stretch.time - levels.end < HOLE / 2)
        if report is not None:
            report(min(file.tell() / size, _NEARLY))
        yield levels
    if report is not None:
        report(1.0)


def _decoded(file: BinaryIO, choice: Choice, troubles: list[str], index: PacketIndex) -> Iterator[Stretch]:
    with opened(file, choice) as recording:
        form = form_of(recording)
        if form is not None and form.muxer is None:
            index.begin(recording.stream)
        decoded = frames(recording, troubles.append, index.add)
        first = next(decoded)
        samples = _Samples.of(first.part, first.time)
        for timed in chain((first,), decoded):
            if not samples.put(timed.part, timed.time):
                yield from samples.rest()
                samples = _Samples.of(timed.part, timed.time)
                samples.put(timed.part, timed.time)
            if samples.count >= samples.due:
                yield samples.measure(samples.count // samples.size * samples.size)
        yield from samples.rest()
    if troubles:
        reasons = ", ".join(dict.fromkeys(troubles))
        logger.warning("%s is damaged in %d places (%s): the rest is kept", named(file), len(troubles), reasons)


@define
class _Samples:
    """Decoded samples without gaps, until they are measured; each `size` of them, per channel, have one level.

    They are measured when there are `due` of them. FFmpeg gathers them: to copy each frame in Python would take a sixth
    of the time in which it is decoded.
    """

    time: float
    rate: int
    size: int
    form: str
    channels: int
    due: int
    gathered: AudioFifo
    count: int = 0

    @classmethod
    def of(cls, frame: AudioFrame, time: float) -> _Samples:
        from av.audio.fifo import AudioFifo

        rate, form, channels = frame.sample_rate, frame.format, frame.layout.nb_channels
        size = max(1, rate // RATE)
        due = max(size, min(_SECONDS * rate, _BYTES // (form.bytes * channels)))
        return cls(time, rate, size, form.name, channels, due, AudioFifo())

    def put(self, frame: AudioFrame, time: float) -> bool:
        """Add a frame; False if it has another format, or leaves a gap larger than the rounding of timestamps."""
        # PyAV checks the format and the rate, but not the channels, and would read beyond the memory of the frame.
        if frame.layout.nb_channels != self.channels or abs(time - self.time - self.count / self.rate) >= 1 / RATE:
            return False
        frame.pts = None  # PyAV would compare it with the number of samples
        try:
            self.gathered.write(frame)
        except ValueError:
            return False
        self.count += frame.samples
        return True

    def rest(self) -> Iterator[Stretch]:
        """The levels of the remaining samples, if any."""
        if self.count:
            yield self.measure(self.count)

    def measure(self, count: int) -> Stretch:
        """Remove the first `count` samples of each channel, and return their levels."""
        import numpy as np

        type = np.dtype(_TYPES[self.form.removesuffix("p")])
        full = 1.0 if type.kind == "f" else 2.0 ** (8 * type.itemsize - 1)
        frame = cast("AudioFrame", self.gathered.read(count))
        width = 1 if frame.format.is_planar else frame.layout.nb_channels
        borders = np.arange(0, count, self.size) * width
        samples = [np.frombuffer(memoryview(plane), type, count * width) for plane in frame.planes]
        highest = np.max([np.maximum.reduceat(plane, borders) for plane in samples], axis=0)
        lowest = np.min([np.minimum.reduceat(plane, borders) for plane in samples], axis=0)
        levels = np.subtract(highest, lowest, dtype=float) / (2 * full)
        start, self.time, self.count = self.time, self.time + count / self.rate, self.count - count
        return Stretch(start, self.time, levels.tolist())
