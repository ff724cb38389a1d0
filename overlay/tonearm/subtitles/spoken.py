"""Divides a transcript into turns of speakers, and these into indivisible parts with the times of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import Protocol

from attrs import frozen

from .phrases import phrases
from .width import gap, is_narrow

PAUSE = 1.0
"""Seconds without a word that end a cue made of words."""

_START = attrgetter("start")
_ALONE = re.compile(r" [\W_]+ ")
"""Punctuation that is separated from letters, in a text between spaces."""


class Timed(Protocol):
    """Text with its time, in seconds."""

    @property
    def start(self) -> float:
        """When it begins."""
        ...

    @property
    def end(self) -> float:
        """When it ends."""
        ...

    @property
    def text(self) -> str:
        """The text."""
        ...


@frozen
class Part:
    """An indivisible text, its start and end in seconds, and the gap before it within a line."""

    start: float
    end: float
    text: str
    gap: str = " "


@frozen
class Parts:
    """A sequence of parts in columns: one object for each word would take most of the time of the layout.

    The columns are tuples, as the garbage collector need not look at those of numbers and texts again.
    """

    starts: tuple[float, ...]
    ends: tuple[float, ...]
    texts: tuple[str, ...]
    gaps: tuple[str, ...]

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Parts:
        """The columns of parts."""
        return cls(
            tuple([part.start for part in parts]),
            tuple([part.end for part in parts]),
            tuple([part.text for part in parts]),
            tuple([part.gap for part in parts]),
        )

    def __iter__(self) -> Iterator[Part]:
        return map(Part, self.starts, self.ends, self.texts, self.gaps)


@frozen
class Spoken:
    """A turn of one speaker, its start and end in seconds, and its parts."""

    start: float
    end: float
    parts: Parts
    speaker: str | None


def spoken(segments: Sequence[Timed], words: Sequence[Timed]) -> list[Spoken]:
    """The turns in order: one for each segment, or without segments one for words without a pause between them."""
    stretches = sorted((segment for segment in segments if segment.text.strip()), key=_START)
    ordered = sorted(words, key=_START)
    if not stretches:
        return list(_phrases(ordered))
    shared = zip(stretches, _shared(stretches, ordered), strict=True)
    return [Spoken(segment.start, segment.end, _parts(segment, mine), _speaker(segment)) for segment, mine in shared]


def _speaker(timed: Timed) -> str | None:
    """The speaker, in one line, if the answer of a server has one."""
    return " ".join(str(getattr(timed, "speaker", None) or "").split()) or None


def _shared(segments: Sequence[Timed], words: Sequence[Timed]) -> Iterator[Sequence[Timed]]:
    """The words of each segment, whose middle lies before the next segment."""
    middles = [(word.start + word.end) / 2 for word in words]
    taken = 0
    for following in segments[1:]:
        first, start = taken, following.start
        while taken < len(middles) and middles[taken] < start:
            taken += 1
        yield words[first:taken]
    yield words[taken:]


def _parts(segment: Timed, words: Sequence[Timed]) -> Parts:
    """The parts of a segment with the times of words that have the same text, else in proportion to their length."""
    chunks = segment.text.split()
    if _word_by_word(chunks, words):
        return _at_words(chunks, words)
    parts = [(part, "" if place else " ") for chunk in chunks for place, part in enumerate(phrases(chunk))]
    if "".join(_letters(part) for part, _ in parts) == "".join(_letters(word.text) for word in words):
        times = [at for word in words for at in shares(word.start, word.end, [1] * len(_letters(word.text)))]
        lengths = [len(_letters(part)) for part, _ in parts]
        if times:
            return Parts.of(list(_by_letters(parts, lengths, times)))
    if len(chunks) == len(words):
        return _at_words(chunks, words)
    weights = [len(part) + len(before) for part, before in parts]
    times = list(shares(segment.start, max(segment.start, segment.end), weights))
    return Parts.of([Part(start, end, *part) for part, (start, end) in zip(parts, times, strict=True)])


def _at_words(chunks: Sequence[str], words: Sequence[Timed]) -> Parts:
    """The words of a text at the times of as many words."""
    starts, ends = tuple([word.start for word in words]), tuple([word.end for word in words])
    return Parts(starts, ends, tuple(chunks), (" ",) * len(chunks))


def _word_by_word(chunks: list[str], words: Sequence[Timed]) -> bool:
    """Whether the words of a text are the timed words, as in almost all answers of servers.

    They are not in scripts without spaces, or if punctuation is separate. If they are, the times of words can be used
    directly; the times of letters, which have the same result, take ten times as long.
    """
    text = " ".join(chunks)
    if len(chunks) != len(words) or not is_narrow(text) or _ALONE.search(f" {text} "):
        return False
    texts = [word.text for word in words]
    return texts == chunks or list(map(_letters, texts)) == list(map(_letters, chunks))


def _by_letters(
    parts: Sequence[tuple[str, str]], lengths: Sequence[int], times: Sequence[tuple[float, float]]
) -> Iterator[Part]:
    """Parts of a text at the times of their letters; punctuation alone takes no time."""
    first, now = 0, times[0][0]
    for (part, before), length in zip(parts, lengths, strict=True):
        start, end = (times[first][0], times[first + length - 1][1]) if length else (now, now)
        yield Part(start, end, part, before)
        first, now = first + length, end


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def shares(start: float, end: float, weights: Sequence[int]) -> Iterator[tuple[float, float]]:
    """Divide a time in proportion to weights; the last share ends exactly at its end."""
    borders = list(accumulate(weights, initial=0))
    step = (end - start) / max(1, borders[-1])
    times = [*(start + step * border for border in borders[:-1]), end]
    return pairwise(times)


def _phrases(words: Sequence[Timed]) -> Iterator[Spoken]:
    """Join words of one speaker without a pause between them."""
    phrase: list[Part] = []
    speaker: str | None = None
    for word in words:
        if phrase and (word.start - phrase[-1].end >= PAUSE or _speaker(word) != speaker):
            yield Spoken(phrase[0].start, max(part.end for part in phrase), Parts.of(phrase), speaker)
            phrase = []
        speaker = _speaker(word)
        for text in word.text.split():
            phrase.append(Part(word.start, word.end, text, gap(phrase[-1].text, text) if phrase else " "))
    if phrase:
        yield Spoken(phrase[0].start, max(part.end for part in phrase), Parts.of(phrase), speaker)
