"""The pitch of a voice over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field

from tonearm.sandbox.audio import SPEECH_RATE

_FRAME = SPEECH_RATE // 25
"""Samples per frame: the pitch is measured every 40 ms."""

_LOWEST, _HIGHEST = 65, 400
"""Hz; what speech has."""

_VOICED = 0.4
"""How much a frame must be like itself one period later to have a pitch."""

_UNVOICED = 150.0
"""Hz that stand for a stretch without any voice."""


@define
class PitchTrack:
    """The pitch of each frame of the samples that have passed, in Hz; 0 where there is none."""

    _pitches: list[float] = field(factory=list[float], init=False)

    def listen(self, samples: Iterable[bytes]) -> Iterator[bytes]:
        """Pass mono samples on, signed 16 bit little-endian at 16 kHz, and measure them."""
        rest = b""
        for block in samples:
            data = rest + block
            whole = len(data) - len(data) % (2 * _FRAME)
            self._measure(data[:whole])
            rest = data[whole:]
            yield block

    def median(self, start: float, end: float) -> float:
        """Give the middle one of the pitches between two seconds."""
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
        # What is shifted further overlaps less, so a period wins over its own multiples.
        likeness /= np.maximum(likeness[:, :1], 1.0)
        periods = first + likeness[:, first:last].argmax(axis=1)
        strengths = likeness[np.arange(len(frames)), periods]
        self._pitches += np.where(strengths > _VOICED, SPEECH_RATE / periods, 0.0).tolist()
