"""Which stretches of a recording are silent, from how loud it is every 20 milliseconds."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence

from attrs import frozen

from .cuts import EDGE, Silence

RATE = 50
"""Levels in a second."""

_SHORTEST = 10  # levels of a silence, 0.2 s: what is shorter may be the closure of a consonant
_NOTHING = 2.0**-13  # of full scale: what is not louder is silence anywhere
_ABOVE = 2.5  # how many times (8 dB) louder than the floor of a recording its silences may be ...
_BELOW = 0.25  # ... and what part (12 dB) of its loud sound: what is steady has no silences
_BLOCK = 60 * RATE  # the floor may change; it is looked for in each minute and the ones beside it
_LONG = round(EDGE * RATE)  # levels of a silence of which a part may be left out
_WINDOW = 10 * RATE  # also in continuous speech, some of ten seconds has only the noise behind it


@frozen
class Stretch:
    """Levels that follow each other, from `time` to `end` of the recording, in seconds."""

    time: float
    end: float
    levels: Sequence[float]


def silences(levels: Sequence[float]) -> tuple[Silence, ...]:
    """Find the silences of a recording, relative to its own noise and loudness.

    Args:
        levels: half of the difference between the highest and the lowest sample (so that a constant offset is no
            sound), as a part of full scale, of each fiftieth of a second.
    """
    blocks = [levels[start : start + _BLOCK] for start in range(0, len(levels), _BLOCK)]
    heard = [sorted(level for level in block if level > _NOTHING) for block in blocks]
    everywhere = _limit(sorted(level for block in heard for level in block))
    quiet = bytearray()
    for number, block in enumerate(blocks):
        near = sorted(level for block in heard[max(0, number - 1) : number + 2] for level in block)
        limit = max(everywhere, _limit(near))
        quiet += bytes(level <= limit for level in block)
    for start, end in [*_runs(quiet, _LONG)]:
        quiet[start:end] = _steady(levels[start:end])
    return tuple(Silence(start / RATE, end / RATE) for start, end in _runs(quiet, _SHORTEST))


def _runs(quiet: bytearray, shortest: int) -> Iterator[tuple[int, int]]:
    """From where to where it is quiet for so many levels."""
    return (found.span() for found in re.finditer(b"\x01{%d,}" % shortest, quiet))


def _steady(levels: Sequence[float]) -> bytes:
    """Which levels of a stretch do not stand out from it; what is quiet beside the rest may still be speech."""
    steady = bytearray()
    for start in range(0, len(levels), _WINDOW):
        first = max(0, min(start, len(levels) - _WINDOW))
        near = sorted(levels[first : first + _WINDOW])
        limit = _ABOVE * max(_NOTHING, near[len(near) // 20])
        steady += bytes(level <= limit for level in levels[start : start + _WINDOW])
    return bytes(steady)


def _limit(heard: Sequence[float]) -> float:
    """The loudest level that still is silence, where these sorted levels are heard."""
    if not heard:
        return _NOTHING
    floor, loud = heard[len(heard) // 20], heard[len(heard) * 19 // 20]
    return max(_NOTHING, min(floor * _ABOVE, loud * _BELOW))


class Levels:
    """All levels of a recording: where some are missing, it is silent, and not `even`, nor where it is damaged."""

    def __init__(self) -> None:
        self.values, self.even = array("f"), True

    def put(self, stretch: Stretch) -> None:
        """Add a stretch that begins where the last one ended, or later."""
        position = round(stretch.time * RATE)
        self.values.extend([0.0] * (position - len(self.values)))
        shared = len(self.values) - position  # two stretches may have a part of a level each
        for index, level in enumerate(stretch.levels[:shared], position):
            self.values[index] = max(self.values[index], level)
        self.values.extend(stretch.levels[shared:])
