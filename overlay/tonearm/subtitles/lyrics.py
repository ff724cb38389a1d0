"""Reads all kinds of LRC: several times before a line, times of words in brackets or angles, times of ends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from attrs import define

from ..errors import InvalidInput
from .cue import LOG, Cue, cue, milliseconds, reading_time, shown, unescaped

_TIME = r"-?(?:([0-9]{1,4}):(?=[0-9]+:[0-9]{1,2}[.,]))?([0-9]{1,6}):([0-9]{1,2})(?:[.,:]([0-9]{1,9}))?"
_STAMP = re.compile(rf"\[\s?{_TIME}\s?\]")
_FIRST = re.compile(rf"\s*{_STAMP.pattern}")
_WORD_STAMP = re.compile(rf"<\s?{_TIME}\s?>")
_TAG = re.compile(r"\s*\[([\w#]+):(.*)\]\s*$")
_OFFSET = re.compile(r"\s*([+-]?[0-9]{1,9})(?:\.[0-9]{1,9})?\s*(?:ms)?\s*")
_BLANKS = re.compile(r"\s+")


@define
class _Line:
    """A line with its time; `end` is None if the file has none."""

    start: int
    end: int | None
    lines: tuple[str, ...]


def is_timed(line: str) -> bool:
    """Whether a line begins with a time."""
    return _FIRST.match(line) is not None


def read_lyrics(lines: Sequence[str]) -> Iterator[Cue]:
    """Read the lines of a file.

    A line is shown until the next one begins; a time without a text ends the line before it. A line without a time
    belongs to the line above it.

    Raises:
        InvalidInput: the offset cannot be read.
    """
    shift, sung, latest = 0, list[_Line](), list[_Line]()
    for number, line in enumerate(map(_credit, lines), 1):
        tag = None if is_timed(line) else _TAG.match(line)
        if tag is not None:
            shift = _offset(tag[2]) if tag[1].lower() == "offset" else shift
        elif is_timed(line):
            latest = list(_timed(line))
            sung += latest
        elif latest:
            for timed in latest:
                timed.lines = timed.lines + shown([line])
        elif line.strip():
            LOG.warning("line %d of the lyrics stands before the first time; it is left out: %.60r", number, line)
    sung.sort(key=attrgetter("start"))
    groups = [list(group) for _, group in groupby(sung, key=attrgetter("start"))]
    for group, following in zip(groups, [*groups[1:], None], strict=False):
        for timed in group:
            if timed.lines:
                yield _cue(timed, None if following is None else following[0].start, shift)


def _credit(line: str) -> str:
    """Convert a line of credits, which one site writes as JSON, into LRC; other lines are unchanged."""
    if not line.startswith('{"t":'):
        return line
    try:
        credit = json.loads(line)
        return f"[00:{credit['t'] / 1000:06.3f}]{''.join(part['tx'] for part in credit['c'])}"
    except (ValueError, KeyError, TypeError, RecursionError):
        return line


def _cue(line: _Line, following: int | None, shift: int) -> Cue:
    end = following if line.end is None else line.end if following is None else min(line.end, following)
    start = max(0, line.start - shift)
    stop = start + reading_time(line.lines) if end is None else end - shift
    return cue(start, max(start, stop), line.lines)


def _timed(line: str) -> Iterator[_Line]:
    """The text of a line, for each of its times."""
    rest, stamps = line, list[int]()
    while stamp := _FIRST.match(rest):
        stamps.append(_milliseconds(stamp))
        rest = rest[stamp.end() :]
    words = [_milliseconds(stamp) for pattern in (_STAMP, _WORD_STAMP) for stamp in pattern.finditer(rest)]
    words_only = _WORD_STAMP.sub("", _STAMP.sub("", rest))
    text = shown([unescaped(_BLANKS.sub(" ", words_only))])
    if _STAMP.search(rest):
        stamps = stamps[:1]  # further times are those of its first word
    closed = _ends(rest)
    end = max(words) if words and closed else None
    for start in stamps:
        yield _Line(start, end if end is not None and end > start and len(stamps) == 1 else None, text)


def _ends(rest: str) -> bool:
    """Whether a line ends with a time, which is the end of its last word."""
    return re.search(rf"(?:{_STAMP.pattern}|{_WORD_STAMP.pattern})\s*$", rest) is not None


def _milliseconds(stamp: re.Match[str]) -> int:
    return milliseconds(*stamp.groups())


def _offset(value: str) -> int:
    """Milliseconds by which all times are earlier."""
    match = _OFFSET.fullmatch(value)
    if match is None and value.strip():
        raise InvalidInput(
            f"the offset of the lyrics cannot be read: {value.strip()[:60]!r}",
            argument="text",
            value=value.strip(),
            expected="lyrics whose offset can be read",
        )
    return 0 if match is None else int(match[1])
