"""Cuts a text into pieces for one request each: after paragraphs, else sentences, clauses, words, characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TypeAlias
from unicodedata import category, combining

from ..._audio import sentences
from ..._base import validate
from ...errors import InvalidInput
from ..presets import LONGEST_BYTES, LONGEST_TEXT, PIECE, PIECE_BYTES
from .headings import after_headings, before_headings

Segment: TypeAlias = Callable[[str], Sequence[str]]
"""Cuts a text into its sentences; joined, they are the text."""

_AHEAD = 100
"""Characters after the longest chunk that are read to recognise the end of a sentence."""

BETWEEN = re.compile(r"\n[^\S\n]*\n\s*")
_BLANK = re.compile(r"\s*")
_PARAGRAPH = re.compile(r".*\n[^\S\n]*\n", re.DOTALL)
_CLAUSE = re.compile(r".*(?:[,;:)–—…]\s|\n|[、，；：，—]{1,2}(?=.))", re.DOTALL)  # noqa: RUF001
_WORD = re.compile(r".*(?:[^\S\u00a0\u202f]|\u200b(?=.))", re.DOTALL)

_JOINER, _VIRAMA = "\u200d", 9
_TRAILING = re.compile("[\u0e33\u0eb3\u1160-\u11ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""Characters that belong to the one before them without being marks: Thai and Lao AM, jamo, skin tones, tags."""
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]*$")


def script(
    text: str, piece: int | None, most: int | None, language: str | None, *, version_0_1: bool = False
) -> list[str]:
    """The texts of the requests for a text; a text that fits into one request is not cut.

    Args:
        text: the text to speak.
        piece: characters that a request may have; a number that suits most models when None.
        most: characters that the server accepts, if that is known.
        language: the language of the text; English when None.
        version_0_1: whether to cut as version 0.1 did, behind headings and within rules.

    Raises:
        InvalidInput: the text, `piece` or `language` is invalid.
        ConfigurationError: the text must be cut, and the extra that finds sentences is not installed.
    """
    size = len(validate.encodable(text, "text").encode())
    tag = validate.language_tag("en" if language is None else language)
    if piece is not None:
        validate.whole(piece, "piece", least=1, most=most)
    if len(text) <= (piece or LONGEST_TEXT) and (piece or size <= LONGEST_BYTES):
        return [text]
    longest = piece or min(PIECE, PIECE_BYTES * len(text) // size)
    segment = sentences(tag.partition("-")[0].lower())
    if version_0_1:
        return list(pieces(text, longest, segment, headings=False))
    texts: list[str] = []
    for stretch in stretches(text):
        texts += pieces(stretch, longest, segment) if speakable(stretch) else [stretch]
    return texts


def nothing_to_speak(text: object) -> InvalidInput:
    """The error for a text without a letter or digit."""
    return InvalidInput(
        "the text has no letter and no digit: there is nothing to speak",
        argument="text",
        value=text,
        expected="a text that can be spoken",
    )


def speakable(piece: str) -> bool:
    """Whether a piece has a letter or digit: rules and scene breaks have none, and make some servers fail."""
    return any(map(str.isalnum, piece))


def stretches(text: str) -> Iterator[str]:
    """Separate a text from its rules and scene breaks, which are paragraphs without a letter or digit."""
    borders = [0, *(border.end() for border in BETWEEN.finditer(text)), len(text)]
    start, spoken = 0, None
    for first, after in pairwise(borders):
        speaks = speakable(text[first:after]) if text[first:after].strip() else spoken
        if speaks is not spoken and text[start:first].strip():
            yield text[start:first].strip()
            start = first
        spoken = speaks
    yield text[start:].strip()


def pieces(text: str, longest: int, segment: Segment, *, headings: bool = True) -> Iterator[str]:
    """Cut a text, in linear time.

    Joined, the pieces are the text, apart from white space. A character keeps its marks and joiners, unless they are
    longer than a piece.

    Args:
        text: the text to speak.
        longest: characters that a piece may have.
        segment: finds sentences; called with about one piece of the text at a time.
        headings: whether to keep headings with the text that follows them.
    """
    text = text.strip()
    start = 0
    while len(text) - start > longest:
        window = text[start : start + longest + _AHEAD]
        lines = headings and "\n" in window  # a heading is a line, and to look for one takes as long as a sentence
        least = after_headings(window) if lines else 0
        place = _place(window, longest, segment, least)
        if lines:
            before = before_headings(window, place)
            place = before if before > least else place
        yield window[:place].rstrip()
        start = _end(_BLANK, text, start + place)
    yield text[start:]


def _place(window: str, longest: int, segment: Segment, least: int) -> int:
    """The place where the first piece of a longer text ends: behind `least`, if possible."""
    first = 0
    for candidate in _places(window, longest, segment):
        place = _whole(window, candidate)
        if place > least:
            return place
        first = first or place
    return first or _whole(window, longest) or longest


def _places(window: str, longest: int, segment: Segment) -> Iterator[int]:
    """The places where the first piece may end, the best one first."""
    reach = longest + window[longest].isspace()  # white space at the end is not spoken
    half = longest // 2
    yield _end(_PARAGRAPH, window, half, longest + 1)
    yield _sentence(window, half, reach, segment)
    yield _sentence(window, 0, reach, segment)
    yield _end(_CLAUSE, window, half, longest + 1)
    yield _end(_WORD, window, 0, longest + 1)


def _sentence(text: str, start: int, end: int, segment: Segment) -> int:
    """The end of the last sentence that ends between two places; 0 if none does."""
    ends = [*accumulate(map(len, segment(text[start:])), initial=start)]
    last = bisect_right(ends, end) - 1
    return ends[last] if last else 0


def _end(pattern: re.Pattern[str], text: str, start: int, end: int | None = None) -> int:
    """The end of the match at `start`; 0 if there is none."""
    match = pattern.match(text, start, len(text) if end is None else end)
    return match.end() if match else 0


def _whole(text: str, place: int) -> int:
    """The last place up to this one that does not separate a character from its marks; 0 if there is none."""
    while place and _belongs(text, place):
        place -= 1
    return place


def _belongs(text: str, place: int) -> bool:
    """Whether the character at a place belongs to the one before it."""
    before, after = text[place - 1], text[place]
    return (
        category(after)[0] == "M"
        or _JOINER in (before, after)
        or combining(before) == _VIRAMA
        or _TRAILING.match(after) is not None
        or (_flags(after) and len(_FLAGS.findall(text[:place])[0]) % 2 == 1)
    )


def _flags(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
