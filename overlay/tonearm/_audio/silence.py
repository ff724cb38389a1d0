"""Finds the silent stretches of a recording from its level every 20 milliseconds."""

from __future__ import annotations

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence

from attrs import frozen

from .cuts import EDGE, Silence

RATE = 50
"""Levels per second."""

_SHORTEST = 10  # levels of a silence, 0.2 s: a shorter one may be the closure of a consonant
_NOTHING = 2.0**-13  # of full scale: a level up to this is always silence
_ABOVE = 2.5  # how many times (8 dB) louder than the floor of a recording its silences may be ...
_BELOW = 0.25  # ... and what part (12 dB) of its loud sound, so that steady sound has no silences
_BLOCK_SECONDS = 60
_BLOCK = _BLOCK_SECONDS * RATE  # the floor may change: it is measured in each minute and its neighbours
_RUN = re.compile(b"\x01{%d,}" % _SHORTEST)
_LONG = round(EDGE * RATE)  # levels of a silence that is long enough to be shortened
_BIN = 16  # lower bits of a level that do not count for its bin: a bin is less than a hundredth wide
_WINDOW = 10 * RATE  # even in continuous speech, a part of each ten seconds has only background noise


@frozen
class Stretch:
    """Levels that follow each other, from `time` to `end` of the recording, in seconds."""

    time: float
    end: float
    levels: Sequence[float]


def silences(levels: Sequence[float]) -> tuple[Silence, ...]:
    """Find the silences of a whole recording, relative to its own noise and loudness.

    Args:
        levels: half of the difference between the highest and the lowest sample (so that a constant offset is no
            sound), as a part of full scale, of each fiftieth of a second.
    """
    quiet = Quiet(levels, math.inf)
    quiet.decide(ended=True)
    return quiet.silences()


def _limit(count: int, ranked: Callable[[int], float]) -> float:
    """The loudest level that is still silence, of `count` audible levels; `ranked` returns the one of a rank."""
    if not count:
        return _NOTHING
    floor, loud = ranked(count // 20), ranked(count * 19 // 20)
    return max(_NOTHING, min(floor * _ABOVE, loud * _BELOW))


class Quiet:
    """Decides which levels of a recording are silence, also while more of them are measured.

    The levels of a minute are decided from those of the minutes beside it, and from all up to `ahead` seconds later:
    so much must be measured before, and no later level changes the decision.
    """

    def __init__(self, levels: Sequence[float], ahead: float) -> None:
        self._levels = levels
        self._ahead = ahead if ahead == math.inf else max(1.0, ahead // _BLOCK_SECONDS)
        self._blocks, self._ranks = 0, _Ranks()
        self._heard: dict[int, list[float]] = {}
        self._first = bytearray()  # which levels are quiet at first sight ...
        self._quiet = bytearray()  # ... and which remain so, as far as later levels cannot change it
        self._run: int | None = None  # where the run of quiet levels begins in which `_quiet` ends
        self._silences: list[Silence] = []
        self._final_to = 0  # the level up to which the silences are final

    @property
    def known(self) -> float:
        """Seconds for which it is decided."""
        return len(self._quiet) / RATE

    def silences(self) -> tuple[Silence, ...]:
        """The silences of the decided levels; only new ones are searched for, as this is called again and again."""
        unfinished: list[Silence] = []
        for run in _RUN.finditer(self._quiet, self._final_to):
            silence = Silence(run.start() / RATE, run.end() / RATE)
            if run.end() == len(self._quiet):
                unfinished.append(silence)
            else:
                self._silences.append(silence)
                self._final_to = run.end()
        return (*self._silences, *unfinished)

    def decide(self, *, ended: bool = False) -> None:
        """Decide as many levels as possible, after more were measured; all when the recording has ended."""
        # The last level may still change, as two stretches may share it.
        measured = -(-len(self._levels) // _BLOCK) if ended else max(0, len(self._levels) - 1) // _BLOCK
        number = len(self._first) // _BLOCK
        while number < measured if ended else number + self._ahead < measured:
            while self._blocks < min(measured, number + self._ahead + 1):
                self._ranks.add(self._sorted(self._blocks))
                self._blocks += 1
            near = sorted(
                level for each in range(max(0, number - 1), min(measured, number + 2)) for level in self._sorted(each)
            )
            limit = max(_limit(self._ranks.count, self._ranks.at), _limit(len(near), near.__getitem__))
            self._first += bytes(level <= limit for level in self._block(number))
            self._heard.pop(number - 1, None)
            number += 1
        self._settle(ended=ended)

    def _block(self, number: int) -> Sequence[float]:
        return self._levels[number * _BLOCK : (number + 1) * _BLOCK]

    def _sorted(self, number: int) -> list[float]:
        """The audible levels of a block, sorted; the blocks beside it need them, too."""
        if number not in self._heard:
            self._heard[number] = sorted(level for level in self._block(number) if level > _NOTHING)
        return self._heard[number]

    def _settle(self, *, ended: bool) -> None:
        """Check long runs of quiet levels again, one window at a time, as far as they are known."""
        while len(self._quiet) < len(self._first):
            at = len(self._quiet)
            if self._run is None:
                change = self._first.find(1, at)
                start = len(self._first) if change < 0 else change
                self._quiet += self._first[at:start]
                self._run = None if change < 0 else start
                continue
            change = self._first.find(0, at)
            end = len(self._first) if change < 0 else change
            if change >= 0 or ended:
                long = end - self._run >= _LONG
                self._quiet += self._steady(self._run, at, end) if long else self._first[at:end]
                self._run = None
            else:
                self._quiet += self._steady(self._run, at, end - (end - at) % _WINDOW)
                return

    def _steady(self, run: int, start: int, end: int) -> bytes:
        """Which levels of a run do not stand out from it: a quiet stretch may still be soft speech."""
        steady = bytearray()
        for at in range(start, end, _WINDOW):
            first = max(run, min(at, end - _WINDOW))
            near = sorted(self._levels[first : min(first + _WINDOW, end)])
            limit = _ABOVE * max(_NOTHING, near[len(near) // 20])
            steady += bytes(level <= limit for level in self._levels[at : min(at + _WINDOW, end)])
        return bytes(steady)


class _Ranks:
    """Levels in narrow bins, so that the level of a rank is found without sorting all of them again."""

    def __init__(self) -> None:
        self.count, self._bins = 0, defaultdict[int, "array[float]"](lambda: array("f"))

    def add(self, levels: Sequence[float]) -> None:
        """Add levels, none of them negative, so that their bits have the same order."""
        single = array("f", levels)
        for bits, level in zip(memoryview(single).cast("B").cast("I"), single, strict=True):
            self._bins[bits >> _BIN].append(level)
        self.count += len(single)

    def at(self, rank: int) -> float:
        """The level of a rank, counted from 0, the lowest."""
        bins = iter(sorted(self._bins))
        levels = self._bins[next(bins)]
        while rank >= len(levels):
            rank -= len(levels)
            levels = self._bins[next(bins)]
        ordered = sorted(levels)
        levels[:] = array("f", ordered)  # to sort a sorted list again costs little
        return ordered[rank]


class Levels:
    """The levels of a recording from its beginning; holes count as silent.

    It is measured up to `end`, in seconds. Up to `intact_until` nothing is damaged or missing.
    """

    def __init__(self) -> None:
        self.values, self.end, self.intact_until = array("f"), 0.0, math.inf

    def put(self, stretch: Stretch, *, intact: bool = True) -> None:
        """Add a stretch that begins where the last one ended, or later; `intact` if nothing between is missing."""
        if not intact:
            self.intact_until = min(self.intact_until, self.end)
        self.end = stretch.end
        position = round(stretch.time * RATE)
        self.values.extend([0.0] * (position - len(self.values)))
        shared = len(self.values) - position  # two stretches may share a level
        for index, level in enumerate(stretch.levels[:shared], position):
            self.values[index] = max(self.values[index], level)
        self.values.extend(stretch.levels[shared:])
