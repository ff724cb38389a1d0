"""A cue, and functions for the readers of all formats."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterable, Sequence

from attrs import frozen

from .._base.answers import Answer
from .width import cells

PACE = 17
"""Cells that people read in a second; a Chinese character has two."""

LOG = logging.getLogger("tonearm")

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


@frozen(repr=False)
class Cue(Answer):
    """An entry of a subtitle file: lines that are shown together.

    Attributes:
        start: when they appear, in seconds.
        end: when they disappear, in seconds.
        lines: the lines, from top to bottom.
        speaker: the speaker, if known.
    """

    start: float
    end: float
    lines: tuple[str, ...]
    speaker: str | None = None


def cue(start: int, end: int, lines: tuple[str, ...], speaker: str | None = None) -> Cue:
    """Make a cue from times in whole milliseconds, as in files, which add up exactly."""
    return Cue(start / 1000, end / 1000, lines, speaker)


def reading_time(lines: Sequence[str]) -> int:
    """Milliseconds in which people read lines."""
    return reading_time_of(sum(map(cells, lines)))


def reading_time_of(cells: int) -> int:
    """Milliseconds in which people read lines that fill so many cells."""
    return round(1000 * cells / PACE)


def milliseconds(hours: str | None, minutes: str | None, seconds: str, fraction: str | None) -> int:
    """Milliseconds from the parts of a time in a file."""
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)
    return whole * 1000 + round(float(f"0.{fraction or 0}") * 1000)


def shown(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines that are not blank."""
    return tuple(line.strip() for line in lines if line.strip())


def unescaped(text: str) -> str:
    """Replace character references; other ampersands stay, as in `R&B`."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def left_out(number: int, line: str) -> None:
    """Log that a cue could not be read; `number` counts lines from 0."""
    LOG.warning("line %d of the subtitles has a time that cannot be read; its cue is left out: %.60r", number + 1, line)
