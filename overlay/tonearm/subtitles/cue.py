"""A cue, and what the readers of all formats need."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterable, Sequence

from attrs import frozen

from .._base.answers import Answer
from .width import cells

PACE = 17
"""Cells that are read in a second; a Chinese character has two."""

LOG = logging.getLogger("tonearm")

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


@frozen(repr=False)
class Cue(Answer):
    """Lines that are shown together.

    Attributes:
        start: when they appear, in seconds.
        end: when they disappear, in seconds.
        lines: the lines, from top to bottom.
        speaker: who says them, if known.
    """

    start: float
    end: float
    lines: tuple[str, ...]
    speaker: str | None = None


def cue(start: int, end: int, lines: tuple[str, ...], speaker: str | None = None) -> Cue:
    """A cue from times in milliseconds, in which the files count; whole numbers add up without a rest."""
    return Cue(start / 1000, end / 1000, lines, speaker)


def reading_time(lines: Sequence[str]) -> int:
    """Milliseconds that lines take to be read."""
    return round(1000 * sum(map(cells, lines)) / PACE)


def milliseconds(hours: str | None, minutes: str | None, seconds: str, fraction: str | None) -> int:
    """Milliseconds from the parts of a time as a file has them."""
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)
    return whole * 1000 + round(float(f"0.{fraction or 0}") * 1000)


def shown(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines that show something."""
    return tuple(line.strip() for line in lines if line.strip())


def unescaped(text: str) -> str:
    """Replace character references; an ampersand that begins none stays, as in `R&B`."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def left_out(number: int, line: str) -> None:
    """Say in the log that a cue could not be read; `number` counts lines from 0."""
    LOG.warning("line %d of the subtitles has a time that cannot be read; its cue is left out: %.60r", number + 1, line)
