"""Finds where two transcripts of the same seconds are joined, so that no word is lost or doubled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, starmap
from math import inf

from ...subtitles import Timed
from ...subtitles.width import WIDE, gap
from .alignment import EDGES, plain

NEAR = 0.15
"""Seconds by which the starts of one word may differ in two transcripts."""

_REACH = 100
"""Characters after a word in which the next word is looked for."""

_TOKEN = re.compile(rf"[{WIDE}]|[^\s{WIDE}]+")
_GAP = re.compile(r"[^\s\w]*\s*")


def tokens(text: str) -> list[str]:
    """The words of a text; in scripts without spaces, its characters."""
    return _TOKEN.findall(text)


def joined(texts: Iterable[str]) -> str:
    """Join texts with spaces, but without spaces in Chinese and Japanese."""
    parts = [text for text in map(str.strip, texts) if text]
    return "".join(map(str.__add__, ["", *starmap(gap, pairwise(parts))], parts))


def by_time(left: Sequence[Timed], right: Sequence[Timed], middle: float) -> tuple[int, int]:
    """Join transcripts with times of words: how many words the left one keeps, and how many the right one loses.

    They are joined at a word that both have at the same time, the nearest to the middle of the overlap. Without such a
    word, each keeps the words whose middle lies on its side of the overlap, and words on the other side for which the
    other transcript has nothing, because it ended too early or began too late.
    """
    anchors = [
        (abs(left[mine].start - middle), mine, other)
        for mine, other in _nearest(left, right)
        if abs(left[mine].start - right[other].start) < NEAR
    ]
    if anchors:
        _, mine, other = min(anchors)
        return mine, other
    # No common word: a recogniser may have stopped before the end of its piece, so the border moves to its last word.
    end = max((word.end for word in left), default=-inf)
    begin = min((word.start for word in right), default=inf)
    return _before(left, max(middle, begin)), _before(right, min(middle, end))


def excerpt(text: str, words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """The range of a text with the words from number `first` to before number `last`, and punctuation around them."""
    return excerpts(text, words, (first, last))[0]


def excerpts(text: str, words: Sequence[str], borders: Sequence[int]) -> list[tuple[int, int]]:
    """The ranges of several stretches of words that follow each other."""
    places = [*_places(text, words), len(text)]
    return [(0 if first == 0 else places[first], places[last]) for first, last in pairwise(borders)]


def _nearest(left: Sequence[Timed], right: Sequence[Timed]) -> Iterator[tuple[int, int]]:
    """For each word on the left, the same word on the right that is nearest in time, if any."""
    named: dict[str, list[int]] = {}
    for other, word in enumerate(right):
        named.setdefault(plain(word.text), []).append(other)
    for mine, word in enumerate(left):
        same = named.get(plain(word.text))
        if same:
            yield mine, min(same, key=lambda other: abs(right[other].start - word.start))


def _before(words: Sequence[Timed], middle: float) -> int:
    return sum((word.start + word.end) / 2 < middle for word in words)


def _places(text: str, words: Sequence[str]) -> list[int]:
    """The place of each word in the text, in order; a word that the text lacks, as a number, follows the one before."""
    places: list[int] = []
    end, reach = 0, _REACH
    for word in words:
        span = _find(text, EDGES.sub("", word.strip()), end, reach)
        if span is None:
            reach += _REACH  # a server may lack the words of a whole line, for example of numbers
            places.append(next(_GAP.finditer(text, end)).end() if end else 0)
        else:
            places.append(_with_opening(text, span[0]))
            end, reach = span[1], _REACH
    return places


def _find(text: str, word: str, at: int, reach: int) -> tuple[int, int] | None:
    """The span of a word behind a place, preferably as a whole word."""
    if not word:
        return None
    plain = re.escape(word)
    for pattern in (rf"(?<!\w){plain}(?!\w)", plain):
        match = re.compile(pattern, re.IGNORECASE).search(text, at, at + len(word) + reach)
        if match is not None:
            return match.span()
    return None


def _with_opening(text: str, place: int) -> int:
    """The place of a word with opening punctuation, such as a quotation mark."""
    while place > 0 and (text[place - 1] in "\"'¿¡" or unicodedata.category(text[place - 1]) in ("Ps", "Pi")):
        place -= 1
    return place
