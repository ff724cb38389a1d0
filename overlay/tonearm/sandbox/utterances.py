"""Cut a stream of speech into utterances, at its silences."""

from collections.abc import Iterable, Iterator

from attrs import define, field, frozen

from tonearm.sandbox.audio import SPEECH_RATE

_FRAME = SPEECH_RATE // 50
"""Samples per frame: the level is measured every 20 ms."""

_QUIET = 60.0
"""The level (root mean square of 16-bit samples) of speech at least: recognisers find words in silence."""

_CONTRAST = 20.0
"""Speech is louder than the loudest recent frame divided by this."""

_DECAY = 0.9995
"""The part of the loudest level that remains from frame to frame: half of it after 28 seconds."""

_SHORTEST = 5
"""Frames of sound in an utterance at least: a click is none."""

_PAUSE = 20
"""Frames of silence that end an utterance."""

_MARGIN = 10
"""Frames of silence that are kept before and after the sound."""

_LONGEST = 1250
"""Frames of an utterance at most: it is then cut at the quietest frame of its last fifth."""


@frozen
class Utterance:
    """Samples (mono, signed 16 bit little-endian at 16 kHz) with sound, and the second at which they start."""

    samples: bytes
    start: float

    @property
    def end(self) -> float:
        """The second at which the samples end."""
        return self.start + len(self.samples) / 2 / SPEECH_RATE


def cut(blocks: Iterable[bytes]) -> Iterator[Utterance]:
    """Cut mono samples, signed 16 bit little-endian at 16 kHz, into utterances of 25 seconds at most."""
    cutter = _Cutter()
    for frame, level in _frames(blocks):
        yield from cutter.add(frame, level)
    yield from cutter.flush()


def _frames(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, float]]:
    """Regroup blocks into frames, each with its level; the last one is padded with silence."""
    import numpy as np

    size = _FRAME * 2
    rest = b""
    for block in blocks:
        data = rest + block
        whole = len(data) - len(data) % size
        rest = data[whole:]
        samples = np.frombuffer(data[:whole], dtype="<i2").reshape(-1, _FRAME).astype(np.float64)
        for number, level in enumerate(np.sqrt(np.mean(samples**2, axis=1))):
            yield data[number * size : (number + 1) * size], float(level)
    if rest:
        samples = np.frombuffer(rest[: len(rest) // 2 * 2].ljust(size, b"\0"), dtype="<i2").astype(np.float64)
        yield samples.astype("<i2").tobytes(), float(np.sqrt(np.mean(samples**2)))


@define
class _Cutter:
    """The frames since the last cut; `first` is the number of the first of them since the start of the audio."""

    first: int = 0
    loudest: float = 0.0
    sound: int = 0
    silence: int = 0
    frames: list[bytes] = field(factory=list[bytes])
    levels: list[float] = field(factory=list[float])

    def add(self, frame: bytes, level: float) -> Iterator[Utterance]:
        self.loudest = max(level, self.loudest * _DECAY)
        self.frames.append(frame)
        self.levels.append(level)
        self._count(level)
        if self.silence >= _PAUSE:
            if self.sound >= _SHORTEST:
                yield self._take(len(self.frames) - self.silence + _MARGIN)
            self._drop(len(self.frames) - _MARGIN)
        elif len(self.frames) >= _LONGEST:
            last = self.levels[-_LONGEST // 5 :]
            yield self._take(len(self.frames) - len(last) + last.index(min(last)))
            for level in self.levels:
                self._count(level)

    def flush(self) -> Iterator[Utterance]:
        if self.sound >= _SHORTEST:
            yield self._take(len(self.frames))

    def _count(self, level: float) -> None:
        if level >= max(_QUIET, self.loudest / _CONTRAST):
            self.sound += 1
            self.silence = 0
        else:
            self.silence += 1

    def _take(self, count: int) -> Utterance:
        utterance = Utterance(b"".join(self.frames[:count]), self.first * _FRAME / SPEECH_RATE)
        self._drop(count)
        return utterance

    def _drop(self, count: int) -> None:
        if count > 0:
            self.first += count
            del self.frames[:count], self.levels[:count]
        self.sound = self.silence = 0
