"""When cues are shown, in whole milliseconds: one after the other, or several at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from attrs import frozen

from .cue import Cue, reading_time
from .cue import cue as cue_of

_TOUCH = 250
"""Milliseconds by which one cue may end after the next begins, which is taken for an inexact time."""


@frozen
class Filled:
    """Lines, when they are said, in seconds, and by whom."""

    start: float
    end: float
    lines: tuple[str, ...]
    speaker: str | None


def successive(found: Sequence[Filled], duration: float | None, lines: int, *, mixed: bool) -> Iterator[Cue]:
    """Cues of which none begins before the one before has ended.

    Args:
        found: in the order in which they are shown.
        duration: seconds of the recording, where it is known.
        lines: how many a cue may have; those that begin together are one cue if they have no more.
        mixed: whether a cue may have the lines of several speakers.
    """
    groups = [(start, list(group)) for start, group in groupby(found, key=_start)]
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
        room = end - start - len(stacks)  # each has a millisecond at least
        times = [start + place + room * share // shares[-1] for place, share in enumerate(shares)]
        for stack, (first, last) in zip(stacks, pairwise(times), strict=True):
            yield cue_of(first, last, stack.lines, stack.speaker)


def overlapping(found: Sequence[Filled], duration: float | None) -> Iterator[Cue]:
    """Cues at the times at which they are said, in the order in which they begin."""
    starts = list(accumulate(map(_start, found), max))
    for one, start in zip(found, starts, strict=True):
        after = bisect_right(starts, start)
        following = starts[after] if after < len(starts) else None
        said = _ms(one.end)
        end = max(said, start + reading_time(one.lines))
        if following is not None:
            end = min(end, following) if said - following < _TOUCH else said
        yield cue_of(start, max(start + 1, _within(end, start, duration)), one.lines, one.speaker)


def _stacked(group: Sequence[Filled], lines: int, *, mixed: bool) -> list[Filled]:
    """Lines that begin together, as few cues."""
    stacks: list[Filled] = []
    for one in group:
        last = stacks[-1] if stacks else None
        if last is None or len(last.lines + one.lines) > lines or not (mixed or last.speaker == one.speaker):
            stacks.append(one)
        else:
            speaker = one.speaker if last.speaker == one.speaker else None
            stacks[-1] = Filled(last.start, max(last.end, one.end), last.lines + one.lines, speaker)
    return stacks


def _within(end: int, start: int, duration: float | None) -> int:
    """An end that is not later than the recording's, unless the cue begins there."""
    return end if duration is None or _ms(duration) <= start else min(end, _ms(duration))


def _start(one: Filled) -> int:
    return max(0, _ms(one.start))


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
