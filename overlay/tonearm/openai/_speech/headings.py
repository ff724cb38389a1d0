"""Headings in a text: those of Markdown, and short paragraphs without a mark at their end."""

from __future__ import annotations

import re

_MARKED = r"[ \t]{0,3}#{1,6}[ \t]+\S[^\n]*"
_UNDERLINED = r"[^\S\n]*\S[^\n]*\n[ \t]{0,3}(?:=+|-{2,})[ \t]*"
_PLAIN = r"(?:(?<=\n\n)|(?<![^\n]))[^\S\n]*\S[^\n]{0,78}\w[^\S\n]*(?=\n[^\S\n]*(?:\n|$))"
_LEADING = re.compile(rf"(?:{_MARKED}|{_UNDERLINED}|{_PLAIN})(?:\n\s*|$)")

_MOST = 3
"""Headings that follow each other, as those of a part and of its first chapter; more of them are a list or verses."""


def after_headings(text: str) -> int:
    """Where the headings end with which a text begins; 0 when it begins with none."""
    place = 0
    for _ in range(_MOST):
        found = _LEADING.match(text, place)
        if found is None:
            return place
        place = found.end()
    return 0 if _LEADING.match(text, place) else place


def before_headings(text: str, place: int) -> int:
    """Where the headings begin that end before a place in a text; the place itself when there are none."""
    start = place
    for _ in range(_MOST):
        found = _last_heading(text, start, place)
        if found is None:
            return start
        start = found
    return place if _last_heading(text, start, place) is not None else start


def _last_heading(text: str, end: int, place: int) -> int | None:
    """Where the heading begins that is the last thing before `end`, if it is one."""
    stripped = len(text[:end].rstrip())
    line = text.rfind("\n", 0, stripped) + 1
    for start in (line, text.rfind("\n", 0, max(0, line - 1)) + 1):
        found = _LEADING.match(text, start)
        if found is not None and stripped <= found.end() <= max(place, end) + 1:
            return start
    return None
