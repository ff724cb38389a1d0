"""Where two accounts of the same seconds are joined, so that each word is said once."""

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
"""Seconds that the starts of one word may differ by in two accounts of it."""

_REACH = 100
"""Characters after one word in which the next one is looked for."""

_TOKEN = re.compile(rf"[{WIDE}]|[^\s{WIDE}]+")
_GAP = re.compile(r"[^\s\w]*\s*")


def tokens(text: str) -> list[str]:
    """The words of a text; in scripts without spaces, its characters."""
    return _TOKEN.findall(text)


def joined(texts: Iterable[str]) -> str:
    """Texts one after the other, with a space between them except in Chinese and Japanese, which have none."""
    found = [text for text in map(str.strip, texts) if text]
    return "".join(map(str.__add__, ["", *starmap(gap, pairwise(found))], found))


def by_time(left: Sequence[Timed], right: Sequence[Timed], middle: float) -> tuple[int, int]:
    """Join accounts with the times of words: how many words the left one keeps, and how many the right one loses.

    They are joined at a word that both have at the same time, the nearest to the middle of the overlap. Where there is
    none, each keeps the words whose middle lies on its side, and those on the other side for which the other one has
    nothing, as it ended too early or began too late.
    """
    anchors = [
        (abs(left[mine].start - middle), mine, other)
        for mine, other in _nearest(left, right)
        if abs(left[mine].start - right[other].start) < NEAR
    ]
    if anchors:
        _, mine, other = min(anchors)
        return mine, other
    # No common word: a recogniser may have stopped before the end of its piece, so the border moves to where it did.
    end = max((word.end for word in left), default=-inf)
    begin = min((word.start for word in right), default=inf)
    return _before(left, max(middle, begin)), _before(right, min(middle, end))


def excerpt(text: str, words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Where in a text the words from number `first` to before number `last` stand, with the marks around them."""
    return excerpts(text, words, (first, last))[0]


def excerpts(text: str, words: Sequence[str], borders: Sequence[int]) -> list[tuple[int, int]]:
    """The same for several stretches of words that follow each other."""
    places = [*_places(text, words), len(text)]
    return [(0 if first == 0 else places[first], places[last]) for first, last in pairwise(borders)]


def _nearest(left: Sequence[Timed], right: Sequence[Timed]) -> Iterator[tuple[int, int]]:
    """For each word of the left account the same word of the right one that is nearest in time."""
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
    """Where each word begins in the text, in order; one that is not there, as a number, follows the one before."""
    places: list[int] = []
    end, reach = 0, _REACH
    for word in words:
        found = _find(text, EDGES.sub("", word.strip()), end, reach)
        if found is None:
            reach += _REACH  # a server may leave out the words of a whole line, as it does with numbers
            places.append(next(_GAP.finditer(text, end)).end() if end else 0)
        else:
            places.append(_with_opening(text, found[0]))
            end, reach = found[1], _REACH
    return places


def _find(text: str, word: str, at: int, reach: int) -> tuple[int, int] | None:
    """The span of a word behind a place, whole if it stands there so."""
    if not word:
        return None
    plain = re.escape(word)
    for pattern in (rf"(?<!\w){plain}(?!\w)", plain):
        match = re.compile(pattern, re.IGNORECASE).search(text, at, at + len(word) + reach)
        if match is not None:
            return match.span()
    return None


def _with_opening(text: str, place: int) -> int:
    """The place of a word with the marks that open it, as a quotation mark does."""
    while place > 0 and (text[place - 1] in "\"'¿¡" or unicodedata.category(text[place - 1]) in ("Ps", "Pi")):
        place -= 1
    return place
