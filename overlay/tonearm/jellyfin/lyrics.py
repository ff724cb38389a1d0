"""Lyrics: lines with their times, read from and written as LRC."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Self, cast

from attrs import evolve, field, frozen

from .._lenient import items, text
from ..errors import InvalidInput
from ..subtitles import Cue, lrc
from ._ticks import seconds

_TIME = re.compile(r"\[(\d{1,4}):([0-5]?\d)(?:[.:](\d{1,3}))?\]")
_TIMES = re.compile(rf"\s*((?:{_TIME.pattern}\s*)+)(.*)", re.ASCII)
_TAG = re.compile(r"\s*\[([a-z#]+):(.*)\]\s*", re.IGNORECASE)
_WORD_TIME = re.compile(r"<\d{1,4}:[0-5]?\d(?:[.:]\d{1,3})?>\s*")


@frozen
class LyricLine:
    """A line.

    Attributes:
        text: what is sung; empty for a pause.
        start: when, in seconds; None when the lyrics have no times.
    """

    text: str
    start: float | None = None

    @classmethod
    def of(cls, value: object) -> Self | None:
        """Read a line as the server sent it, or None when there is none."""
        if not isinstance(value, dict):
            return None
        found = cast("dict[str, object]", value)
        return cls(text(found.get("Text")) or "", seconds(found.get("Start")))


@frozen
class Lyrics:
    """The lyrics of a song.

    Attributes:
        lines: in the order of the song.
        raw: what the server sent.
        request_id: the server's name for the request that brought this.
    """

    lines: tuple[LyricLine, ...]
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False, kw_only=True)
    request_id: str | None = field(default=None, repr=False, eq=False, kw_only=True)

    @property
    def is_timed(self) -> bool:
        """Whether every line says when it is sung."""
        return bool(self.lines) and all(line.start is not None for line in self.lines)

    @property
    def text(self) -> str:
        """The words alone, a line each."""
        return "".join(f"{line.text}\n" for line in self.lines)

    @classmethod
    def of(cls, raw: Mapping[str, Any], request_id: str | None) -> Self:
        """Read what the server sent."""
        return cls(items(raw.get("Lyrics"), LyricLine.of), raw=raw, request_id=request_id)

    @classmethod
    def from_lrc(cls, content: str) -> Self:
        """Read LRC, or plain text, where no line has a time.

        A line with several times is sung at each of them; the times of single words are left out, and so are tags such
        as the artist's. An `offset` tag, in milliseconds, moves the lines: to earlier times when it is positive.

        Args:
            content: what is in a file.
        """
        timed: list[LyricLine] = []
        plain: list[LyricLine] = []
        offset = 0.0
        for line in content.removeprefix("\ufeff").splitlines():
            if found := _TIMES.fullmatch(line):
                words = _WORD_TIME.sub("", found[found.re.groups]).strip()
                timed += [LyricLine(words, _seconds(time)) for time in _TIME.finditer(found[1])]
            elif tag := _TAG.fullmatch(line):
                offset = _offset(tag[2]) if tag[1].lower() == "offset" else offset
            else:
                plain.append(LyricLine(line.strip()))
        if not timed:
            return cls(tuple(plain))
        moved = (evolve(line, start=max(0.0, (line.start or 0.0) - offset)) for line in timed)
        return cls(tuple(sorted(moved, key=lambda line: line.start or 0.0)))

    def to_lrc(self) -> str:
        """Write LRC: minutes, seconds and hundredths before each line.

        Raises:
            InvalidInput: a line has no time.
        """
        if not self.is_timed:
            raise InvalidInput("these lyrics have no times, or not in every line; `text` has their words")
        starts = [round((line.start or 0.0) * 1000) for line in self.lines]
        return lrc([Cue(at, at, (" ".join(line.text.split()),)) for at, line in zip(starts, self.lines, strict=True)])


def _seconds(time: re.Match[str]) -> float:
    return int(time[1]) * 60 + int(time[2]) + int((time[3] or "0").ljust(3, "0")) / 1000


def _offset(value: str) -> float:
    found = re.fullmatch(r"\s*([+-]?\d{1,9})\s*", value, re.ASCII)
    return int(found[1]) / 1000 if found else 0.0
