"""Finds stretches of a transcript in which the recogniser repeated itself: the same words again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, compress, count, repeat
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
    texts = [(segment, words) for segment in segments if (words := seams.tokens(segment.text))]
    spoken = [segment for segment, _ in texts]
    words = list(chain.from_iterable(words for _, words in texts))
    places = list(chain.from_iterable(repeat(place, len(words)) for place, (_, words) in enumerate(texts)))
    known = {word: plain(word) for word in set(words)}
    stretches: list[tuple[float, float]] = []
    for start, end in sorted(
        _around(spoken[places[first] : places[last] + 1]) for first, last in _circles([known[word] for word in words])
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
        least, after, last = max(_FEWEST, _TIMES * length), 0, len(words) - length
        # Where at least so many words in a row return after `length` others, every `least`-th word does, too.
        tried = map(eq, words[least - 1 :: least], words[least - 1 + length :: least])
        for place in compress(count(least - 1, least), tried):
            if place < after:
                continue
            first, after = place, place + 1
            while first > 0 and words[first - 1] == words[first - 1 + length]:
                first -= 1
            while after < last and words[after] == words[after + length]:
                after += 1
            if after - first >= least:
                yield first, after + length - 1
