"""The marker recogniser: tones to words and times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from attrs import frozen

from tonearm.sandbox.audio import SPEECH_RATE
from tonearm.sandbox.marker import codebook
from tonearm.sandbox.marker.spectra import HOP, HOPS, TONES, spectra
from tonearm.sandbox.marker.word import SPEAKERS, Word
from tonearm.sandbox.recogniser import Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PAUSE = 0.3
"""Seconds of silence that end a segment."""

_PURE = 0.5
"""The part of its band's energy that the loudest tone of a symbol has at least; real speech has many tones."""

_REACH = HOPS - 1
"""Frames before and after the start of a word in which its first tone is softer."""

_REST = (codebook.LONGEST + codebook.FRAMING) * HOPS + _REACH
"""Frames of the longest word after its first one."""


def recognise(samples: Iterable[bytes]) -> Iterator[Segment]:
    """Recognise mono samples, signed 16 bit little-endian at 16 kHz, in blocks of any size.

    A segment ends at a pause, and before another speaker.
    """
    words: list[Word] = []
    for word in listen(samples):
        if words and (word.start - words[-1].end >= _PAUSE or word.speaker != words[-1].speaker):
            yield Segment(tuple(words))
            words = []
        words.append(word)
    if words:
        yield Segment(tuple(words))


def listen(samples: Iterable[bytes]) -> Iterator[Word]:
    """Return the undamaged words of mono samples, signed 16 bit little-endian at 16 kHz, in blocks of any size.

    Other sound is ignored. Some forty seconds of sound are in memory at a time.
    """
    import numpy as np

    heard = 0

    def counted() -> Iterator[bytes]:
        nonlocal heard
        for block in samples:
            heard += len(block) // 2
            yield block

    lead, trail = ([bytes(2 * round(hops * HOP * SPEECH_RATE))] for hops in (HOPS, _REST + 2 * HOPS))
    kept = np.empty((0, TONES), dtype=np.float32)
    first = -HOPS
    for energies in spectra(chain(lead, counted(), trail)):
        kept = np.concatenate([kept, energies])
        stop = len(kept) - _REST
        if stop > _REACH:
            for text, speaker, place, count in _Frames.of(kept).words(stop):
                start = (first + place) * HOP
                end = start + count * codebook.SYMBOL
                yield Word(text, max(start, 0.0), min(end, heard / SPEECH_RATE), 1.0, SPEAKERS[speaker])
            first += stop - _REACH
            kept = kept[stop - _REACH :]


@frozen(eq=False)
class _Frames:
    """Frames of sound: the energies of their tones, the loudest tone of each band, and whether it stands out."""

    energies: NDArray[np.float32]
    low: NDArray[np.intp]
    high: NDArray[np.intp]
    pure: NDArray[np.bool_]

    @classmethod
    def of(cls, energies: NDArray[np.float32]) -> _Frames:
        import numpy as np

        low, high = np.split(energies, [len(codebook.LOW)], axis=1)
        pure = (low.max(axis=1) > _PURE * low.sum(axis=1)) & (high.max(axis=1) > _PURE * high.sum(axis=1))
        return cls(energies, low.argmax(axis=1), high.argmax(axis=1), pure)

    def words(self, stop: int) -> Iterator[tuple[str, int, float, int]]:
        """Return the words that start before frame `stop`: text, number of the speaker, frame, and count of symbols."""
        import numpy as np

        for start in self._starts(stop):
            header = start + HOPS
            count = codebook.length((int(self.low[header]), int(self.high[header])))
            places = start + HOPS * np.arange(count)
            symbols = list(zip(self.low[places].tolist(), self.high[places].tolist(), strict=True))
            word = codebook.decode(symbols) if symbols else None
            if word is not None:
                yield (*word, start + self._shift(places), count)

    def _starts(self, stop: int) -> list[int]:
        """Return the frames before `stop` in which the start tone is loudest."""
        import numpy as np

        level = self.energies[: stop + _REACH, codebook.START]
        loudest = np.lib.stride_tricks.sliding_window_view(level, 2 * _REACH + 1).argmax(axis=1) == _REACH
        likely = self.pure & (self.low == codebook.START)
        return [_REACH + int(frame) for frame in np.flatnonzero(loudest & likely[_REACH:stop])]

    def _shift(self, places: NDArray[np.intp]) -> float:
        """Return how many frames after `places` the tones really are, by a parabola through their energies."""
        import numpy as np

        low, high = self.low[places], self.high[places] + len(codebook.LOW)
        near = places + np.arange(-HOPS // 2, HOPS // 2 + 1)[:, None]
        levels = (self.energies[near, low] + self.energies[near, high]).sum(axis=1, dtype=np.float64)
        best = min(max(int(levels.argmax()), 1), HOPS - 1)
        before, here, after = map(float, levels[best - 1 : best + 2])
        return best - HOPS // 2 + (before - after) / (2 * (before - 2 * here + after))
