"""Which stretches of a recording are silent, from how loud it is every 20 milliseconds."""

from __future__ import annotations

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence

from attrs import frozen

from .cuts import EDGE, Silence

RATE = 50
"""Levels in a second."""

_SHORTEST = 10  # levels of a silence, 0.2 s: what is shorter may be the closure of a consonant
_NOTHING = 2.0**-13  # of full scale: what is not louder is silence anywhere
_ABOVE = 2.5  # how many times (8 dB) louder than the floor of a recording its silences may be ...
_BELOW = 0.25  # ... and what part (12 dB) of its loud sound: what is steady has no silences
_BLOCK_SECONDS = 60
_BLOCK = _BLOCK_SECONDS * RATE  # the floor may change; it is looked for in each minute and the ones beside it
_RUN = re.compile(b"\x01{%d,}" % _SHORTEST)
_LONG = round(EDGE * RATE)  # levels of a silence of which a part may be left out
_BIN = 16  # bits of a level that are left out of the number of its bin: a bin is less than a hundredth wide
_WINDOW = 10 * RATE  # also in continuous speech, some of ten seconds has only the noise behind it


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
    """The loudest level that still is silence, where so many levels are heard; `ranked` gives them in order."""
    if not count:
        return _NOTHING
    floor, loud = ranked(count // 20), ranked(count * 19 // 20)
    return max(_NOTHING, min(floor * _ABOVE, loud * _BELOW))


class Quiet:
    """Decides which levels of a recording are silence, also while more of them are measured.

    The levels of a minute are decided from those of the minutes beside it, and of all up to `ahead` seconds later: so
    much must be measured before, and what comes after that, and when, changes nothing.
    """

    def __init__(self, levels: Sequence[float], ahead: float) -> None:
        self._levels = levels
        self._ahead = ahead if ahead == math.inf else max(1.0, ahead // _BLOCK_SECONDS)
        self._blocks, self._ranks = 0, _Ranks()
        self._heard: dict[int, list[float]] = {}
        self._first = bytearray()  # what is quiet at first sight ...
        self._quiet = bytearray()  # ... and what remains of it, as far as no more can change it
        self._run: int | None = None  # where the run of quiet levels begins in which that ends
        self._silences: list[Silence] = []
        self._told = 0  # up to where the silences can change no more

    @property
    def known(self) -> float:
        """Seconds for which it is decided."""
        return len(self._quiet) / RATE

    def silences(self) -> tuple[Silence, ...]:
        """The silences of what is decided; only those that are new are looked for, as this is asked all along."""
        unfinished: list[Silence] = []
        for found in _RUN.finditer(self._quiet, self._told):
            silence = Silence(found.start() / RATE, found.end() / RATE)
            if found.end() == len(self._quiet):
                unfinished.append(silence)
            else:
                self._silences.append(silence)
                self._told = found.end()
        return (*self._silences, *unfinished)

    def decide(self, *, ended: bool = False) -> None:
        """Decide what can be decided, as more levels were added; all when the recording has ended."""
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
        """The levels of a block that are heard, in order; they are needed for the blocks beside it as well."""
        if number not in self._heard:
            self._heard[number] = sorted(level for level in self._block(number) if level > _NOTHING)
        return self._heard[number]

    def _settle(self, *, ended: bool) -> None:
        """Look once more at long runs of quiet levels, a window at a time, as far as they reach by now."""
        while len(self._quiet) < len(self._first):
            at = len(self._quiet)
            if self._run is None:
                found = self._first.find(1, at)
                start = len(self._first) if found < 0 else found
                self._quiet += self._first[at:start]
                self._run = None if found < 0 else start
                continue
            found = self._first.find(0, at)
            end = len(self._first) if found < 0 else found
            if found >= 0 or ended:
                long = end - self._run >= _LONG
                self._quiet += self._steady(self._run, at, end) if long else self._first[at:end]
                self._run = None
            else:
                self._quiet += self._steady(self._run, at, end - (end - at) % _WINDOW)
                return

    def _steady(self, run: int, start: int, end: int) -> bytes:
        """Which levels of a run do not stand out from it; what is quiet beside the rest may still be speech."""
        steady = bytearray()
        for at in range(start, end, _WINDOW):
            first = max(run, min(at, end - _WINDOW))
            near = sorted(self._levels[first : min(first + _WINDOW, end)])
            limit = _ABOVE * max(_NOTHING, near[len(near) // 20])
            steady += bytes(level <= limit for level in self._levels[at : min(at + _WINDOW, end)])
        return bytes(steady)


class _Ranks:
    """Levels in narrow bins, so that the one of a rank is found without sorting all of them again."""

    def __init__(self) -> None:
        self.count, self._bins = 0, defaultdict[int, "array[float]"](lambda: array("f"))

    def add(self, levels: Sequence[float]) -> None:
        """Add levels, none of them negative: their bits are in the same order as they are."""
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
        levels[:] = array("f", ordered)  # what is in order already is sorted again at little cost
        return ordered[rank]


class Levels:
    """The levels of a recording from its beginning; where some are missing, it is silent.

    It was measured up to `end`, in seconds. Up to `even` nothing is damaged or missing.
    """

    def __init__(self) -> None:
        self.values, self.end, self.even = array("f"), 0.0, math.inf

    def put(self, stretch: Stretch, *, even: bool = True) -> None:
        """Add a stretch that begins where the last one ended, or later; is all of it there from that end on?"""
        if not even:
            self.even = min(self.even, self.end)
        self.end = stretch.end
        position = round(stretch.time * RATE)
        self.values.extend([0.0] * (position - len(self.values)))
        shared = len(self.values) - position  # two stretches may have a part of a level each
        for index, level in enumerate(stretch.levels[:shared], position):
            self.values[index] = max(self.values[index], level)
        self.values.extend(stretch.levels[shared:])
