"""Decides when cues are shown, in whole milliseconds: one after the other, or several at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from attrs import frozen

from .cue import Cue, reading_time
from .cue import cue as cue_of

_TOUCH = 250
"""Milliseconds of overlap of two cues that count as an inexact time."""


@frozen
class Filled:
    """Lines with their start and end in seconds, and their speaker."""

    start: float
    end: float
    lines: tuple[str, ...]
    speaker: str | None


def successive(filled: Sequence[Filled], duration: float | None, lines: int, *, mixed: bool) -> Iterator[Cue]:
    """Make cues that do not overlap.

    Args:
        filled: the lines, in order.
        duration: seconds of the recording, if they are known.
        lines: most lines of a cue; cues that begin together are joined if they have no more.
        mixed: whether a cue may have the lines of several speakers.
    """
    groups = [(start, list(group)) for start, group in groupby(filled, key=_start)]
    shown = 0
    for (begin, group), following in zip(groups, [*groups[1:], None], strict=False):
        stacks = _stacked(group, lines, mixed=mixed)
        start = max(begin, shown)
        needed = [max(1, reading_time(stack.lines)) for stack in stacks]
        end = _within(max(*(_ms(stack.end) for stack in stacks), start + sum(needed)), start, duration)
        if following is not None:
            end = min(end, following[0])
        end = max(end, start + len(stacks))
        shown = end
        if len(stacks) == 1:
            yield cue_of(start, end, stacks[0].lines, stacks[0].speaker)
            continue
        shares = list(accumulate(needed, initial=0))
        room = end - start - len(stacks)  # each has at least a millisecond
        times = [start + place + room * share // shares[-1] for place, share in enumerate(shares)]
        for stack, (first, last) in zip(stacks, pairwise(times), strict=True):
            yield cue_of(first, last, stack.lines, stack.speaker)


def overlapping(filled: Sequence[Filled], duration: float | None) -> Iterator[Cue]:
    """Make cues at the times of their words, which may overlap, in the order of their starts."""
    starts = list(accumulate(map(_start, filled), max))
    for lines, start in zip(filled, starts, strict=True):
        after = bisect_right(starts, start)
        following = starts[after] if after < len(starts) else None
        spoken_until = _ms(lines.end)
        end = max(spoken_until, start + reading_time(lines.lines))
        if following is not None:
            end = min(end, following) if spoken_until - following < _TOUCH else spoken_until
        yield cue_of(start, max(start + 1, _within(end, start, duration)), lines.lines, lines.speaker)


def _stacked(group: Sequence[Filled], lines: int, *, mixed: bool) -> list[Filled]:
    """Join lines that begin together to as few cues as possible."""
    stacks: list[Filled] = []
    for filled in group:
        last = stacks[-1] if stacks else None
        if last is None or len(last.lines + filled.lines) > lines or not (mixed or last.speaker == filled.speaker):
            stacks.append(filled)
        else:
            speaker = filled.speaker if last.speaker == filled.speaker else None
            stacks[-1] = Filled(last.start, max(last.end, filled.end), last.lines + filled.lines, speaker)
    return stacks


def _within(end: int, start: int, duration: float | None) -> int:
    """Limit an end to that of the recording, unless the cue begins after it."""
    return end if duration is None or _ms(duration) <= start else min(end, _ms(duration))


def _start(filled: Filled) -> int:
    return max(0, _ms(filled.start))


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
