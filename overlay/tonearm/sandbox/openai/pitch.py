"""The pitch of a voice over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field

from tonearm.sandbox.audio import SPEECH_RATE

_FRAME = SPEECH_RATE // 25
"""Samples per frame: the pitch is measured every 40 ms."""

_LOWEST, _HIGHEST = 65, 400
"""The range of speech, in Hz."""

_VOICED = 0.4
"""How similar a frame must be to itself one period later to have a pitch."""

_UNVOICED = 150.0
"""Hz for a stretch without voice."""


@define
class PitchTrack:
    """The pitch of each frame of the passed samples, in Hz; 0 without one."""

    _pitches: list[float] = field(factory=list[float], init=False)

    def listen(self, samples: Iterable[bytes]) -> Iterator[bytes]:
        """Yield mono samples, signed 16 bit little-endian at 16 kHz, unchanged, and measure them."""
        rest = b""
        for block in samples:
            data = rest + block
            whole = len(data) - len(data) % (2 * _FRAME)
            self._measure(data[:whole])
            rest = data[whole:]
            yield block

    def median(self, start: float, end: float) -> float:
        """Return the median pitch between two seconds."""
        frames = self._pitches[int(start * SPEECH_RATE / _FRAME) : int(end * SPEECH_RATE / _FRAME) + 1]
        voiced = sorted(filter(None, frames))
        return voiced[len(voiced) // 2] if voiced else _UNVOICED

    def _measure(self, data: bytes) -> None:
        import numpy as np

        if not data:
            return
        frames = np.frombuffer(data, dtype="<i2").reshape(-1, _FRAME).astype(np.float64)
        frames -= frames.mean(axis=1, keepdims=True)
        spectra = np.fft.rfft(frames, 2 * _FRAME)
        likeness = np.fft.irfft(np.abs(spectra) ** 2)[:, :_FRAME]
        first, last = SPEECH_RATE // _HIGHEST, SPEECH_RATE // _LOWEST + 1
        # A larger shift overlaps less, so a period wins over its own multiples.
        likeness /= np.maximum(likeness[:, :1], 1.0)
        periods = first + likeness[:, first:last].argmax(axis=1)
        strengths = likeness[np.arange(len(frames)), periods]
        self._pitches += np.where(strengths > _VOICED, SPEECH_RATE / periods, 0.0).tolist()
