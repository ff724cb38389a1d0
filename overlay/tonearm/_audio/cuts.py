"""Where a recording is cut: in its silences, from what a scan found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from attrs import field, frozen

EDGE = 1.0
"""Seconds of a silence that a span keeps beside its sound."""

APART = 10.0
"""Seconds of a silence that no span goes over."""

_ROOM = 0.12  # seconds between sound and a cut that are enough not to look for a wider silence
_LATE = (0.1, 0.3, 1.0)  # shares of a span, from its end, in which a silence is looked for, one after the other


@frozen
class Silence:
    """A stretch without sound; `start` and `end` in seconds of the recording."""

    start: float
    end: float


@frozen
class Scan:
    """What was found in a recording: its `duration` in seconds, and its silences in order. All else is sound.

    `even` says that all of it could be decoded, and followed each other without a hole.
    """

    duration: float
    silences: tuple[Silence, ...]
    even: bool = field(default=False, eq=False)

    def sound(self, start: float, end: float) -> bool:
        """Whether there is any sound from `start` to `end`, in seconds."""
        start, end = max(start, 0.0), min(end, self.duration)
        last = bisect_right(self.silences, start, key=lambda silence: silence.start) - 1
        return start < end and (last < 0 or self.silences[last].end < end)

    def sounds(self) -> list[tuple[float, float]]:
        """The stretches between the silences."""
        borders = [Silence(0.0, 0.0), *self.silences, Silence(self.duration, self.duration)]
        return [(before.end, after.start) for before, after in pairwise(borders) if before.end < after.start]


@frozen
class Span:
    """A part of a recording, in seconds; its first `overlap` seconds belong to the span before it as well."""

    start: float
    end: float
    overlap: float = 0.0


def spans(scan: Scan, *, longest: float, overlap: float = 3.0) -> tuple[Span, ...]:
    """Divide a recording into parts that hold all its sound, none of them longer than `longest` seconds.

    Cuts lie in silences, where there are any: in the widest one late in a span, and in each of more than ten seconds.
    Silence beyond a second at either end of a span is left out, and so is a span without sound.

    Args:
        scan: what was found in the recording.
        longest: seconds that a span may have.
        overlap: seconds that two spans have in common where sound had to be cut; at most half of `longest`.
    """
    parts: list[Span] = []
    group: list[tuple[float, float]] = []
    for sound in scan.sounds():
        if group and sound[0] - group[-1][1] > APART:
            parts += _divided(group, scan.duration, longest, overlap)
            group = []
        group.append(sound)
    return (*parts, *(_divided(group, scan.duration, longest, overlap) if group else ()))


def _divided(sounds: list[tuple[float, float]], duration: float, longest: float, overlap: float) -> Iterator[Span]:
    """The spans of sounds between which no silence is long."""
    edge, overlap = min(EDGE, longest / 4), min(overlap, longest / 2)
    rims = [min(edge, (after[0] - before[1]) / 2) for before, after in pairwise(sounds)]
    first, last = sounds[0][0], sounds[-1][1]
    rims.append(min(edge, duration - last))  # what follows each sound; half a silence belongs to either side
    ends = [end for _, end in sounds]
    start, common, at = max(0.0, first - edge), 0.0, 0
    while last > start + longest:
        limit = start + longest
        after = bisect_right(ends, limit)
        if at < after:
            best = _best(ends, rims, at, after, limit, longest)
            yield Span(start, min(ends[best] + rims[best], limit), common)
            at = best + 1
            start, common = sounds[at][0] - rims[best], 0.0
        else:
            yield Span(start, limit, common)
            start, common = limit - overlap, overlap
    yield Span(start, min(last + rims[-1], start + longest), common)


def _best(ends: list[float], rims: list[float], first: int, after: int, limit: float, longest: float) -> int:
    """Which of the silences after the sounds from `first` to `after` to cut in, with most room in it before `limit`."""

    def room(sound: int) -> tuple[float, int]:
        return min(rims[sound], limit - ends[sound]), sound

    best = first
    for share in _LATE:
        late = bisect_right(ends, limit - share * longest, first, after)
        best = max(range(late, after), key=room, default=first)
        if room(best)[0] >= _ROOM and late < after:
            break
    return best
