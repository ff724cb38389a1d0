"""Reads time lines, with the start and end of a cue, as people, editors and language models write them."""

from __future__ import annotations

import re

from attrs import frozen

from .cue import milliseconds

_COLON = "[:\uff1a]"
_STAMP = (
    rf"(-?)(?:(?:([0-9]{{1,6}})\s?{_COLON}\s?)?([0-9]{{1,6}})\s?{_COLON}\s?)?"
    r"([0-9]{1,9})(?:\s?[,.:;\uff0c\uff0e]\s?([0-9]{1,9}))?\s?s?"
)
_DASH = r"[-=~\u2010-\u2015\u2212]"
_ARROW = rf"(?:{_DASH}\s?){{1,3}}(?:>|&gt;)|[\u2190-\u21ff\u2794-\u27bf\u27f5-\u27ff]\ufe0f?"
_WEAK = rf"{_DASH}{{1,3}}|to|,"
"""Signs that join two times only if both are complete, and therefore unambiguous."""

_NUMBER = r"#?[0-9]{1,9}[.):\]]?"
_MARKS = r"[\[(*_`]{0,4}\s?"
_FROM_TO = re.compile(
    rf"\ufeff?\s*(?:{_NUMBER}\s+)?({_MARKS}){_STAMP}\s*(?:({_ARROW})|{_WEAK})\s*{_STAMP}(?![\w:])\s?[\])*_`]{{0,4}}(.*)$"
)
_BEGINS = re.compile(rf"\ufeff?\s*{_STAMP}\s*(?:{_ARROW})")
_ENDS = re.compile(rf"(?:{_ARROW})\s*{_STAMP}\s*$")
_SETTING = r"[A-Za-z][A-Za-z0-9]{0,9}:\S+"
_SETTINGS = re.compile(rf"\s*(?:{_SETTING}(?:\s+{_SETTING})*\s*)?$")
_LONGEST = 500  # characters of settings
_LONE = re.compile(rf"\ufeff?\s*[*_`]{{0,3}}{_NUMBER}[*_`]{{0,3}}\s*$")


@frozen
class TimeLine:
    """A line with the times of a cue.

    Attributes:
        start: its start in milliseconds; None if it cannot be read.
        end: its end; None if it cannot be read.
        text: the text in the same line.
    """

    start: int | None
    end: int | None
    text: str = ""


def is_number(line: str) -> bool:
    """Whether a line has only the number of a cue."""
    return _LONE.match(line) is not None


def time_line(line: str, above: str | None) -> TimeLine | None:
    """Read a time line; None if the line is text.

    Args:
        line: the line.
        above: the line above it; None for the first one.
    """
    numbered = above is not None and is_number(above)
    begins = numbered or above is None or not above.strip()
    match = _FROM_TO.match(line)
    if match is None:
        return _damaged(line, numbered=numbered) if begins else None
    marks, *parts, text = match.groups()
    first, arrow, last = _Parts(*parts[:5]), parts[5], _Parts(*parts[6:])
    bracketed = bool(marks.strip())
    exact = first.fraction is not None and last.fraction is not None
    if arrow is None:
        sure = exact and bool(first.hours and last.hours)
    elif first.minutes is None or last.minutes is None:
        sure = exact and bracketed  # seconds alone, as in `[0.00s -> 4.52s] text`
    else:
        sure = exact or bracketed or begins
    silent = _says_nothing(text)
    if not sure:
        return _damaged(line, numbered=numbered) if begins else None
    if not (silent or bracketed or (exact and begins)):
        return None
    return TimeLine(first.time, last.time, "" if silent else text.strip())


@frozen
class _Parts:
    sign: str
    hours: str | None
    minutes: str | None
    seconds: str
    fraction: str | None

    @property
    def time(self) -> int:
        """Milliseconds; a time before the beginning is the beginning."""
        return 0 if self.sign else milliseconds(self.hours, self.minutes, self.seconds, self.fraction)


def _says_nothing(text: str) -> bool:
    """Whether the rest of a time line is only settings of the cue, or punctuation."""
    return not any(map(str.isalnum, text)) or (len(text) < _LONGEST and _SETTINGS.match(text) is not None)


def _damaged(line: str, *, numbered: bool) -> TimeLine | None:
    """Read a damaged line with an arrow, with one readable time or none."""
    start, end = _half(_BEGINS.match(line)), _half(_ENDS.search(line))
    wreck = "-->" in line and ":" in line and (numbered or not any(map(str.isalpha, line)))
    return None if start is None and end is None and not wreck else TimeLine(start, end)


def _half(match: re.Match[str] | None) -> int | None:
    parts = None if match is None else _Parts(*match.groups())
    return None if parts is None or parts.minutes is None else parts.time
