"""Reads SubRip and similar formats: SBV, and the lines that recognisers print.

No text of a damaged file is lost: a time that cannot be read is replaced by that of a neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..errors import InvalidInput
from .cue import LOG, Cue, cue, reading_time, shown, unescaped
from .times import TimeLine, is_number, time_line

_BREAK = re.compile(r"<\s?/?\s?(?:br|p|div|li)(?:[\s/][^<>]*)?>|\\N|\[br\]", re.IGNORECASE)
_NAMES = (
    "a|b|big|blink|c|center|code|del|em|font|h[1-6]|i|ins|kbd|lang|mark|q|rb|rp|rt|rtc|ruby|s|small|span|strike|strong|"
    "sub|sup|tt|u|ul|ol|v|body|html|sync"
)
_TAG = re.compile(rf"<\s?/?\s?(?:{_NAMES})(?:[\s./][^<>]*)?>|\{{\\[^{{}}]*\}}", re.IGNORECASE)


def read_subrip(lines: Sequence[str]) -> Iterator[Cue]:
    """Read the lines of a file.

    Raises:
        InvalidInput: none of its times can be read.
    """
    found = [(number, times) for number, line in enumerate(lines) if (times := _times(lines, number, line)) is not None]
    if found and all(times.start is None for _, times in found):
        number = found[0][0]
        raise InvalidInput(
            f"line {number + 1} of the subtitles has a time that cannot be read: {lines[number].strip()[:60]!r}",
            argument="text",
            value=lines[number].strip(),
            expected="subtitles whose times can be read",
        )
    before = [line for line in lines[: found[0][0]] if line.strip()] if found else []
    numbered = bool(before) and is_number(before[-1])
    shown_until = 0
    for place, (number, times) in enumerate(found):
        after = found[place + 1][0] if place + 1 < len(found) else len(lines)
        body = _without_number(lines[number + 1 : after], place + 2, numbered=numbered, last=after == len(lines))
        text = _plain([times.text, *body])
        start = shown_until if times.start is None else times.start
        end = times.end
        if times.start is None or end is None:
            LOG.warning("line %d of the subtitles has a time that cannot be read: %.60r", number + 1, lines[number])
        if end is None:
            following = (later.start for _, later in found[place + 1 :] if later.start is not None)
            end = min(start + reading_time(text), next(following, start + reading_time(text)))
        shown_until = max(start, end)
        yield cue(start, shown_until, text)


def has_times(lines: Sequence[str]) -> bool:
    """Whether any line has the start of a cue."""
    time_lines = (_times(lines, number, line) for number, line in enumerate(lines))
    return any(times is not None and times.start is not None for times in time_lines)


def _times(lines: Sequence[str], number: int, line: str) -> TimeLine | None:
    return time_line(line, lines[number - 1] if number else None)


def _without_number(lines: Sequence[str], next_one: int, *, numbered: bool, last: bool) -> Sequence[str]:
    """The lines of a cue without the number of the next cue, which is `next_one` in a numbered file."""
    filled = len(lines)
    while filled and not lines[filled - 1].strip():
        filled -= 1
    if not filled or not is_number(lines[filled - 1]):
        return lines
    apart = filled > 1 and not lines[filled - 2].strip()
    beside = filled == len(lines) and not last  # directly above the next times
    counts = numbered and apart and lines[filled - 1].strip() == str(next_one)
    return lines[: filled - 1] if counts or (beside and (numbered or apart)) else lines


def _plain(lines: Sequence[str]) -> tuple[str, ...]:
    text = _TAG.sub("", _BREAK.sub("\n", "\n".join(lines)))
    return shown(unescaped(text).split("\n"))
