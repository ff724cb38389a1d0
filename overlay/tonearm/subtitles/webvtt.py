"""Reads WebVTT by the algorithm of the standard (W3C WebVTT, "Parsing"): only a damaged block itself is lost.

Two kinds of cues that browsers drop are read, too, as other programs read them and their meaning is clear: times with
a comma before the milliseconds, or with fewer digits.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

from attrs import define, field

from ..errors import InvalidInput
from .cue import LOG, Cue, cue, left_out, milliseconds, shown

_ARROW = "-->"
_STAMP = r"(?:(\d{1,6}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?"
_TIMES = re.compile(rf"[ \t\f]*{_STAMP}[ \t\f]*-->[ \t\f]*{_STAMP}(?!\d)", re.ASCII)
_HEADER = re.compile(r"WEBVTT(?:[ \t]|$)", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>")
_ANY_TAG = re.compile(r"</?[a-zA-Z0-9.:][^<>]*>|</?>")
_SILENT = re.compile(r"(?:NOTE|STYLE|REGION|WEBVTT)(?:\s|$)|X-TIMESTAMP-MAP=")
"""The beginnings of blocks that are no cues and have no text."""


def is_header(line: str) -> bool:
    """Whether a file that begins with this line is WebVTT."""
    return _HEADER.match(line) is not None


def read_webvtt(lines: Sequence[str]) -> Iterator[Cue]:
    """Read the lines of a file.

    Raises:
        InvalidInput: the file does not begin with WEBVTT.
    """
    if not is_header(lines[0]):
        raise InvalidInput(
            "the text is no WebVTT file: it does not begin with WEBVTT",
            argument="text",
            value=lines[0],
            expected="a WebVTT file",
        )
    blocks = _Blocks(lines, at=1)
    if blocks.at < len(lines) and lines[blocks.at]:
        blocks.take(header=True)
    while blocks.at < len(lines):
        block = blocks.take(header=False)
        if block is not None:
            yield from _voices(*block)


@define
class _Blocks:
    """The blocks of a file; `at` is the next line."""

    lines: Sequence[str]
    at: int = field(kw_only=True)

    def take(self, *, header: bool) -> tuple[int, int, str] | None:
        """Read the next block: start, end and text, if it is a cue.

        It ends at an empty line, or before a line with an arrow that is not its first or second.
        """
        first, times, text = self.at, None, list[str]()
        arrow = header
        while self.at < len(self.lines) and (line := self.lines[self.at]):
            if _ARROW in line:
                if arrow or self.at > first + 1:
                    break
                arrow, times, text = True, _times(line), []
                if times is None:
                    left_out(self.at, line)
            else:
                text.append(line)
            self.at += 1
        else:
            self.at += 1
        if times is not None:
            return (*times, "\n".join(text))
        if not arrow and text and not _SILENT.match(text[0]):
            LOG.warning("line %d of the subtitles belongs to no time; it is left out: %.60r", first + 1, text[0])
        return None


def _times(line: str) -> tuple[int, int] | None:
    match = _TIMES.match(line)
    if match is None:
        return None
    parts = match.groups()
    begin = milliseconds(*parts[:4])
    return begin, max(begin, milliseconds(*parts[4:]))


def _voices(begin: int, end: int, text: str) -> Iterator[Cue]:
    """The cue of a block, or one for each speaker, which share its time in proportion to their characters."""
    before, *rest = _VOICE.split(text)
    turns = list(zip(rest[::2], rest[1::2], strict=True)) or [("", "")]
    turns[0] = turns[0][0], before + turns[0][1]
    spoken = [(name, _plain("".join(part for _, part in parts))) for name, parts in groupby(turns, key=itemgetter(0))]
    shares = list(accumulate((1 + sum(map(len, lines)) for _, lines in spoken), initial=0))
    times = [begin + (end - begin) * share // shares[-1] for share in shares]
    for (name, lines), (start, stop) in zip(spoken, pairwise(times), strict=True):
        yield cue(start, stop, lines, " ".join(html.unescape(name).split()) or None)


def _plain(text: str) -> tuple[str, ...]:
    return shown(html.unescape(row) for row in _ANY_TAG.sub("", text).split("\n"))
