"""The energy of every tone of the codebook, every five milliseconds of a stream of samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from tonearm.sandbox.audio import SPEECH_RATE
from tonearm.sandbox.marker import codebook

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HOPS = 6
"""Frames that begin while one symbol sounds; each is as long as a symbol."""

HOP = codebook.SYMBOL / HOPS
"""Seconds from a frame to the next."""

TONES = len(codebook.LOW) + len(codebook.HIGH)
"""Columns of the energies: the low tones, then the high ones."""

_SIZE = round(HOP * SPEECH_RATE)
_BLOCK = 6000  # frames, 30 seconds, in memory at a time


def spectra(blocks: Iterable[bytes]) -> Iterator[NDArray[np.float32]]:
    """Measure mono samples, signed 16 bit little-endian at 16 kHz, in blocks of any size.

    Each row is a frame, each column a tone. The first frame starts with the first sample; frames that reach beyond the
    last sample are left out.
    """
    import numpy as np

    for data in _regrouped(blocks):
        hops = np.frombuffer(data, dtype="<i2").astype(np.float32).reshape(-1, _SIZE)
        frames = len(hops) - HOPS + 1
        waves = np.zeros((frames, 2 * TONES), dtype=np.float32)
        for number, part in enumerate(_basis()):
            waves += hops[number : number + frames] @ part
        yield waves[:, :TONES] ** 2 + waves[:, TONES:] ** 2


def _regrouped(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Make blocks of whole hops, each beginning with the last hops of the one before, in which no frame has begun."""
    hop = 2 * _SIZE
    overlap = (HOPS - 1) * hop
    size = _BLOCK * hop
    data = bytearray()
    for block in blocks:
        data += block
        while len(data) >= size + overlap:
            yield bytes(data[: size + overlap])
            del data[:size]
    whole = len(data) - len(data) % hop
    if whole > overlap:
        yield bytes(data[:whole])


@cache
def _basis() -> NDArray[np.float32]:
    """Return the factors of a frame, hop by hop: every tone's cosine and sine under a raised cosine."""
    import numpy as np

    times = (np.arange(HOPS * _SIZE) + 0.5) / SPEECH_RATE
    window = np.sin(np.pi * times / codebook.SYMBOL) ** 2
    turns = 2 * np.pi * np.outer(times, codebook.LOW + codebook.HIGH)
    waves = window[:, None] * np.hstack([np.cos(turns), np.sin(turns)])
    parts: NDArray[np.float32] = waves.reshape(HOPS, _SIZE, -1).astype(np.float32)
    return parts
