"""Reads subtitles that others wrote: SubRip, WebVTT and LRC, as far as they make sense."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import Literal, TypeAlias

from attrs import frozen

from .._base import validate
from ..errors import InvalidInput

SubtitleFormat: TypeAlias = Literal["srt", "vtt", "lrc"]

PACE = 17
"""Characters that are read in a second."""

_LONGEST = 64 * 1024 * 1024
"""Characters of a file."""

_TIME = r"(?:(\d{1,6}):)?(\d{1,6}):(\d{1,2})(?:[,.:](\d{1,9}))?"
_FROM_TO = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_BEGINS = re.compile(r"[\d,.:]\s*-->|-->\s*[\d,.:]")
_STAMP = re.compile(r"\s*\[(\d{1,6}):(\d{1,2})(?:[.:](\d{1,9}))?\]")
_TAG = re.compile(r"\s*\[(\w+):(.*)\]\s*$")
_WORD_STAMP = re.compile(r"<\d{1,6}:\d{1,2}(?:[.:]\d{1,9})?>\s?")
_STYLE = re.compile(r"</?(?:i|b|u|s|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]*)>")
_ANY_TAG = re.compile(r"</?[a-zA-Z0-9.:][^<>]*>|</?>")
_BLOCKS = ("NOTE", "STYLE", "REGION")


@frozen
class Cue:
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


def read(text: str, format: SubtitleFormat | None = None) -> list[Cue]:
    """Read subtitles.

    Byte order marks, all ends of lines, missing numbers, styles and comments are taken as they come; marks of style are
    left out.

    Args:
        text: the contents of a file.
        format: `srt`, `vtt` or `lrc`; found out by the contents when None.

    Returns:
        The cues in the order of the file; none for an empty one.

    Raises:
        InvalidInput: the text is no such file, or has a time that cannot be read.
    """
    lines = validate.length(text, "text", most=_LONGEST).removeprefix("\ufeff")
    lines = lines.replace("\r\n", "\n").replace("\r", "\n")
    found = _format(lines) if format is None else validate.word(format, "format", ("srt", "vtt", "lrc"))
    readers = {"srt": _srt, "vtt": _vtt, "lrc": _lrc}
    cues = list(readers[found](lines.split("\n")))
    if not cues and lines.strip() and found != "vtt":
        raise InvalidInput(f"the text is no {found.upper()} file: it has no times")
    return cues


def reading_time(lines: Sequence[str]) -> int:
    """Milliseconds that lines take to be read."""
    return round(1000 * sum(map(len, lines)) / PACE)


def _format(text: str) -> str:
    if text.startswith("WEBVTT"):
        return "vtt"
    if "-->" in text or not text.strip():
        return "srt"
    if any(_STAMP.match(line) for line in text.split("\n")):
        return "lrc"
    raise InvalidInput("the text is neither SubRip nor WebVTT nor LRC: it has no times")


def _srt(lines: Sequence[str]) -> Iterator[Cue]:
    starts = [number for number, line in enumerate(lines) if _FROM_TO.match(line) or _should_be_time(lines, number)]
    for first, after in zip(starts, [*starts[1:], None], strict=False):
        begin, end = _times(lines[first], first + 1)
        said = list(lines[first + 1 : after])
        if after is not None and said and said[-1].strip().isdecimal():
            said.pop()  # the number of the cue that follows
        yield _cue(begin, end, _shown(_STYLE.sub("", line) for line in said))


def _should_be_time(lines: Sequence[str], number: int) -> bool:
    """Whether a line looks like a time that is damaged, and not like text with an arrow."""
    before = lines[number - 1].strip() if number else ""
    return (not before or before.isdecimal()) and _BEGINS.search(lines[number]) is not None


def _vtt(lines: Sequence[str]) -> Iterator[Cue]:
    if not lines[0].startswith("WEBVTT"):
        raise InvalidInput("the text is no WebVTT file: it does not begin with WEBVTT")
    number, last = 0, len(lines)
    while number < last and lines[number].strip():
        number += 1
    while number < last:
        block = number
        while number < last and lines[number].strip():
            number += 1
        rows = lines[block:number]
        number += 1
        if not rows or rows[0].split()[0] in _BLOCKS:
            continue
        at = next((place for place, row in enumerate(rows[:2]) if "-->" in row), None)
        if at is None:
            raise InvalidInput(f"line {block + 1} of the subtitles has neither a time nor a text that belongs to one")
        begin, end = _times(rows[at], block + at + 1)
        yield from _voices(begin, end, "\n".join(rows[at + 1 :]))


def _voices(begin: int, end: int, text: str) -> Iterator[Cue]:
    """A cue; of one in which several speak one for each, which share its time as they share its characters."""
    before, *rest = _VOICE.split(text)
    turns = list(zip(rest[::2], rest[1::2], strict=True)) or [("", "")]
    turns[0] = turns[0][0], before + turns[0][1]
    said = [(name, _plain("".join(part for _, part in parts))) for name, parts in groupby(turns, key=itemgetter(0))]
    shares = list(accumulate((1 + sum(map(len, lines)) for _, lines in said), initial=0))
    times = [begin + (end - begin) * share // shares[-1] for share in shares]
    for (name, lines), (start, stop) in zip(said, pairwise(times), strict=True):
        yield _cue(start, stop, lines, html.unescape(name).strip() or None)


def _plain(text: str) -> tuple[str, ...]:
    return _shown(html.unescape(_ANY_TAG.sub("", row)) for row in text.split("\n"))


def _times(line: str, number: int) -> tuple[int, int]:
    found = _FROM_TO.match(line)
    if found is None:
        raise InvalidInput(f"line {number} of the subtitles has a time that cannot be read: {line.strip()[:60]!r}")
    parts = found.groups()
    begin = _milliseconds(*parts[:4])
    return begin, max(begin, _milliseconds(*parts[4:]))


def _milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + round(float(f"0.{fraction or 0}") * 1000)


def _lrc(lines: Sequence[str]) -> Iterator[Cue]:
    """A line is shown until the next one; one that says nothing ends the one before."""
    shift, sung = 0, list[tuple[int, tuple[str, ...]]]()
    for line in lines:
        rest, stamps = line, list[int]()
        while stamp := _STAMP.match(rest):
            stamps.append(_milliseconds(None, *stamp.groups()))
            rest = rest[stamp.end() :]
        said = _shown([_WORD_STAMP.sub("", rest)])
        tag = None if stamps else _TAG.match(line)
        if tag and tag[1].lower() == "offset":
            shift = _offset(tag[2])
        elif not stamps and not tag and said and sung:
            at, above = sung[-1]
            sung[-1] = at, above + said
        sung += [(at, said) for at in stamps]
    sung.sort(key=itemgetter(0))
    for (at, shown), following in zip(sung, [*sung[1:], None], strict=False):
        if shown:
            start = max(0, at - shift)
            end = start + reading_time(shown) if following is None else max(start, following[0] - shift)
            yield _cue(start, end, shown)


def _cue(start: int, end: int, lines: tuple[str, ...], speaker: str | None = None) -> Cue:
    """A cue from times in milliseconds, in which the files count; whole numbers add up without a rest."""
    return Cue(start / 1000, end / 1000, lines, speaker)


def _offset(value: str) -> int:
    """Milliseconds by which everything is earlier."""
    found = re.fullmatch(r"\s*([+-]?\d{1,9})\s*", value)
    if found is None:
        raise InvalidInput(f"the offset of the lyrics cannot be read: {value.strip()[:60]!r}")
    return int(found[1])


def _shown(lines: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    """The lines that show something."""
    return tuple(line.strip() for line in lines if line.strip())
