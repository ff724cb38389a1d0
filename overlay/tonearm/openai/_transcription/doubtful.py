"""Stretches of a transcript in which the recogniser went in circles: the same words over and over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..transcript_parts import Segment
from . import seams
from .alignment import plain

_LONGEST = 40
"""Words of the longest sentence whose repetition is looked for."""

_TIMES, _FEWEST = 3, 12
"""How often a sentence follows itself at least, and how many words come again: people do say no, no, no."""


def doubtful(segments: Sequence[Segment]) -> tuple[tuple[float, float], ...]:
    """From where to where the segments say the same words over and over, in seconds."""
    words = [(plain(word), segment) for segment in segments for word in seams.tokens(segment.text)]
    found: list[tuple[float, float]] = []
    for start, end in sorted(
        _around([segment for _, segment in words[first : last + 1]])
        for first, last in _circles([word for word, _ in words])
    ):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _around(segments: Sequence[Segment]) -> tuple[float, float]:
    """From when to when these segments are said, which may overlap, and be told in any order."""
    return min(one.start for one in segments), max(one.end for one in segments)


def _circles(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and the last word of each stretch that repeats itself."""
    for length in range(1, min(_LONGEST, len(words)) + 1):
        run = 0
        for place in range(length, len(words) + 1):
            if place < len(words) and words[place] == words[place - length]:
                run += 1
                continue
            if run >= max(_FEWEST, _TIMES * length):
                yield place - run - length, place - 1
            run = 0
