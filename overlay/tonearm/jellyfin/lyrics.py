"""Lyrics: lines with their times, which can be read and written as LRC."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import field, frozen

from tonearm_generated.reading import given

from .. import subtitles
from .._base.answers import Answer
from .._base.validate import encodable
from ..errors import InvalidInput
from ._ticks import seconds

if TYPE_CHECKING:
    from tonearm_generated.jellyfin import models

_TAG = re.compile(r"\s*\[[a-z#]+:.*\]\s*", re.IGNORECASE)
_TIMED = re.compile(r"^\s*\[\d+:\d", re.MULTILINE)


@frozen(repr=False)
class LyricLine(Answer):
    """A line of lyrics.

    Attributes:
        text: the words; empty for a pause.
        start: its start in seconds; None if the lyrics have no times.
    """

    text: str
    start: float | None = None

    @classmethod
    def of(cls, model: models.LyricLine) -> Self:
        """Make it from the generated model."""
        return cls(given(model.text) or "", seconds(given(model.start)))


@frozen(repr=False)
class Lyrics(Answer):
    """The lyrics of a song.

    Attributes:
        lines: the lines, in order.
        raw: the lyrics as the server sent them.
        request_id: the server's name for the request.
    """

    lines: tuple[LyricLine, ...]
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False, kw_only=True)
    request_id: str | None = field(default=None, repr=False, eq=False, kw_only=True)

    @property
    def is_timed(self) -> bool:
        """Whether every line has a time."""
        return bool(self.lines) and all(line.start is not None for line in self.lines)

    @property
    def text(self) -> str:
        """The words without times, line by line."""
        return "".join(f"{line.text}\n" for line in self.lines)

    @classmethod
    def of(cls, model: models.LyricDto, request_id: str | None) -> Self:
        """Make it from the generated model."""
        lines = tuple([LyricLine.of(line) for line in given(model.lyrics) or ()])
        return cls(lines, raw=model.raw, request_id=request_id)

    @classmethod
    def from_lrc(cls, content: str) -> Self:
        """Read LRC, or plain text without times.

        A line with several times is repeated at each of them; times of single words and tags such as the artist's are
        left out. An `offset` tag, in milliseconds, moves the lines: to earlier times if it is positive.

        Args:
            content: the contents of a file.

        Raises:
            InvalidInput: a time or the offset cannot be read.
        """
        words = encodable(content, "content").removeprefix("\ufeff")
        if not _TIMED.search(words):
            return cls(tuple(LyricLine(line.strip()) for line in words.splitlines() if not _TAG.fullmatch(line)))
        cues = subtitles.read(words, "lrc")
        lines: list[LyricLine] = []
        for cue, following in zip(cues, [*cues[1:], None], strict=True):
            lines.append(LyricLine(" ".join(cue.lines), cue.start))
            if following is not None and cue.end < following.start:
                lines.append(LyricLine("", cue.end))
        return cls(tuple(lines))

    def to_lrc(self) -> str:
        """Write LRC: minutes, seconds and hundredths before each line.

        Raises:
            InvalidInput: a line has no time.
        """
        if not self.is_timed:
            raise InvalidInput(
                "these lyrics have no times, or not in every line; `text` has their words",
                expected="lyrics with a time in every line",
            )
        starts = [line.start or 0.0 for line in self.lines]
        return subtitles.lrc(
            [subtitles.Cue(at, at, (" ".join(line.text.split()),)) for at, line in zip(starts, self.lines, strict=True)]
        )
