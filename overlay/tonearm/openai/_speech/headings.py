"""Finds headings in a text: those of Markdown, and short paragraphs without punctuation at their end."""

from __future__ import annotations

import re

_MARKED = r"[ \t]{0,3}#{1,6}[ \t]+\S[^\n]*+"
_UNDERLINED = r"[^\S\n]*\S[^\n]*+\n[ \t]{0,3}(?:=+|-{2,})[ \t]*"
_PLAIN = r"(?:(?<=\n\n)|(?<![^\n]))[^\S\n]*\S[^\n]{0,78}\w[^\S\n]*(?=\n[^\S\n]*(?:\n|$))"
_LEADING = re.compile(rf"(?:{_MARKED}|{_UNDERLINED}|{_PLAIN})(?:\n\s*|$)")

_MOST = 3
"""Consecutive headings, as of a part and its first chapter; more of them are a list or verses."""


def after_headings(text: str) -> int:
    """The place where the headings at the beginning of a text end; 0 if it begins with none."""
    place = 0
    for _ in range(_MOST):
        match = _LEADING.match(text, place)
        if match is None:
            return place
        place = match.end()
    return 0 if _LEADING.match(text, place) else place


def before_headings(text: str, place: int) -> int:
    """The place where the headings before a place begin; the place itself if there are none."""
    start = place
    for _ in range(_MOST):
        earlier = _last_heading(text, start, place)
        if earlier is None:
            return start
        start = earlier
    return place if _last_heading(text, start, place) is not None else start


def _last_heading(text: str, end: int, place: int) -> int | None:
    """The place where the heading directly before `end` begins; None if there is no heading."""
    stripped = len(text[:end].rstrip())
    line = text.rfind("\n", 0, stripped) + 1
    for start in dict.fromkeys((line, text.rfind("\n", 0, max(0, line - 1)) + 1)):  # once in the first line
        match = _LEADING.match(text, start)
        if match is not None and stripped <= match.end() <= max(place, end) + 1:
            return start
    return None
