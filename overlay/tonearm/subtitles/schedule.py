"""Decides when cues are shown, in whole milliseconds: one after the other, or several at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import TypeAlias

from attrs import frozen

from .cue import reading_time_of

_TOUCH = 250
"""Milliseconds of overlap of two cues that count as an inexact time."""


Scheduled: TypeAlias = tuple[int, int, tuple[str, ...], str | None]
"""What `cue` makes a cue of: when the lines appear and disappear, in milliseconds, the lines, and their speaker."""


@frozen
class Filled:
    """Lines with their start and end in seconds, their speaker, and the cells that they fill."""

    start: float
    end: float
    lines: tuple[str, ...]
    speaker: str | None
    cells: int


def successive(filled: Sequence[Filled], duration: float | None, lines: int, *, mixed: bool) -> Iterator[Scheduled]:
    """Make cues that do not overlap.

    Args:
        filled: the lines, in order.
        duration: seconds of the recording, if they are known.
        lines: most lines of a cue; cues that begin together are joined if they have no more.
        mixed: whether a cue may have the lines of several speakers.
    """
    groups = [(start, list(group)) for start, group in groupby(filled, key=_start)]
    limit = None if duration is None else _ms(duration)
    shown = 0
    for (begin, group), following in zip(groups, [*groups[1:], None], strict=False):
        stacks = _stacked(group, lines, mixed=mixed)
        start = max(begin, shown)
        needed = [max(1, reading_time_of(stack.cells)) for stack in stacks]
        end = _within(max([_ms(stack.end) for stack in stacks] + [start + sum(needed)]), start, limit)
        if following is not None:
            end = min(end, following[0])
        end = max(end, start + len(stacks))
        shown = end
        if len(stacks) == 1:
            yield start, end, stacks[0].lines, stacks[0].speaker
            continue
        shares = list(accumulate(needed, initial=0))
        room = end - start - len(stacks)  # each has at least a millisecond
        times = [start + place + room * share // shares[-1] for place, share in enumerate(shares)]
        for stack, (first, last) in zip(stacks, pairwise(times), strict=True):
            yield first, last, stack.lines, stack.speaker


def overlapping(filled: Sequence[Filled], duration: float | None) -> Iterator[Scheduled]:
    """Make cues at the times of their words, which may overlap, in the order of their starts."""
    limit = None if duration is None else _ms(duration)
    starts = list(accumulate(map(_start, filled), max))
    for lines, start in zip(filled, starts, strict=True):
        after = bisect_right(starts, start)
        following = starts[after] if after < len(starts) else None
        spoken_until = _ms(lines.end)
        end = max(spoken_until, start + reading_time_of(lines.cells))
        if following is not None:
            end = min(end, following) if spoken_until - following < _TOUCH else spoken_until
        yield start, max(start + 1, _within(end, start, limit)), lines.lines, lines.speaker


def _stacked(group: Sequence[Filled], lines: int, *, mixed: bool) -> list[Filled]:
    """Join lines that begin together to as few cues as possible."""
    stacks: list[Filled] = []
    for filled in group:
        last = stacks[-1] if stacks else None
        if last is None or len(last.lines + filled.lines) > lines or not (mixed or last.speaker == filled.speaker):
            stacks.append(filled)
        else:
            speaker = filled.speaker if last.speaker == filled.speaker else None
            end, wide = max(last.end, filled.end), last.cells + filled.cells
            stacks[-1] = Filled(last.start, end, last.lines + filled.lines, speaker, wide)
    return stacks


def _within(end: int, start: int, limit: int | None) -> int:
    """Limit an end to that of the recording, unless the cue begins after it."""
    return end if limit is None or limit <= start else min(end, limit)


def _start(filled: Filled) -> int:
    return max(0, _ms(filled.start))


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
