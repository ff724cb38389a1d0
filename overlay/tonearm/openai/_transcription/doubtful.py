"""Finds stretches of a transcript in which the recogniser repeated itself: the same words again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import eq

from ..transcript_parts import Segment
from . import seams
from .alignment import plain

_LONGEST = 40
"""Words of the longest repeated sentence that is looked for."""

_TIMES, _FEWEST = 3, 12
"""The least repetitions of a sentence, and the least number of repeated words: people do say no, no, no."""


def doubtful(segments: Sequence[Segment]) -> tuple[tuple[float, float], ...]:
    """Start and end of each stretch whose segments repeat the same words again and again, in seconds."""
    words = [(plain(word), segment) for segment in segments for word in seams.tokens(segment.text)]
    stretches: list[tuple[float, float]] = []
    for start, end in sorted(
        _around([segment for _, segment in words[first : last + 1]])
        for first, last in _circles([word for word, _ in words])
    ):
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return tuple(stretches)


def _around(segments: Sequence[Segment]) -> tuple[float, float]:
    """The first start and the last end of segments, which may overlap and be in any order."""
    return min(segment.start for segment in segments), max(segment.end for segment in segments)


def _circles(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and the last word of each stretch that repeats itself."""
    for length in range(1, min(_LONGEST, len(words)) + 1):
        place = length
        for is_same, run in groupby(map(eq, words[length:], words)):
            count = len(list(run))
            place += count
            if is_same and count >= max(_FEWEST, _TIMES * length):
                yield place - count - length, place - 1
