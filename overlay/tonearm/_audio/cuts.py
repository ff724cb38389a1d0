"""Where a recording is cut: in the silences that a scan has found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TypeAlias

from attrs import field, frozen

EDGE = 1.0
"""Seconds of silence that a span keeps at each end of its sound."""

APART = 10.0
"""Seconds of a silence that no span crosses."""

_SURE = 1.0  # seconds scanned beyond a cut, in which a silence proves to be one
_ROOM = 0.12  # seconds between sound and a cut that are wide enough
_LATE = (0.1, 0.3, 1.0)  # parts of a span, from its end, in which to look for a silence, one after the other


@frozen
class Silence:
    """A stretch without sound; `start` and `end` in seconds of the recording."""

    start: float
    end: float


@frozen
class Scan:
    """The result of a scan: the `duration` of the recording in seconds, and its silences in order. All else is sound.

    Up to `intact_until`, in seconds, all of it could be decoded, and has no hole. If the recording is not `whole`, that
    is not yet scanned to its end, `duration` is how much is known, and the last silence or sound may be longer.
    """

    duration: float
    silences: tuple[Silence, ...]
    intact_until: float = field(default=0.0, eq=False)
    whole: bool = field(default=True, eq=False)

    def sound(self, start: float, end: float) -> bool:
        """Whether there is any sound from `start` to `end`, in seconds."""
        start, end = max(start, 0.0), min(end, self.duration)
        last = bisect_right(self.silences, start, key=lambda silence: silence.start) - 1
        return start < end and (last < 0 or self.silences[last].end < end)

    def sounds(self, after: float = 0.0) -> Iterator[tuple[float, float]]:
        """The stretches between the silences that end after a time in seconds."""
        next = bisect_right(self.silences, after, key=lambda silence: silence.start)
        start = self.silences[next - 1].end if next else 0.0
        for place in range(next, len(self.silences)):
            silence = self.silences[place]
            if start < silence.start:
                yield start, silence.start
            start = silence.end
        if max(start, after) < self.duration:
            yield start, self.duration


@frozen
class Span:
    """A part of a recording, in seconds; its first `overlap` seconds belong to the span before it as well.

    Its last `shared` seconds belong to the span after it. `intact` says that a scan found no damage and no hole in it.
    """

    start: float
    end: float
    overlap: float = 0.0
    shared: float = 0.0
    intact: bool = field(default=False, eq=False)


Reach: TypeAlias = Callable[[float], Scan]
"""Scans a recording at least up to a time in seconds, or to its end, and returns the scan so far."""


def spans(scan: Scan, *, longest: float, overlap: float = 3.0) -> tuple[Span, ...]:
    """Divide a recording that is scanned to its end; see `divided`."""
    return tuple(divided(lambda _: scan, longest=longest, overlap=overlap))


def divided(reach: Reach, *, longest: float, overlap: float = 3.0) -> Iterator[Span]:
    """Divide a recording into spans that hold all its sound, none of them longer than `longest` seconds.

    Cuts lie in silences where possible: in the widest one late in a span, and in each of more than ten seconds. Silence
    beyond a second at either end of a span is left out, and so is a span without sound. The recording is scanned only
    as far as the next span needs it, which does not change the spans.

    Args:
        reach: scans the recording.
        longest: seconds of a span at most.
        overlap: seconds that two spans have in common where sound had to be cut; at most half of `longest`.
    """
    edge, overlap = min(EDGE, longest / 4), min(overlap, longest / 2)
    first = _next_sound(reach, 0.0)
    while first is not None:
        start, common = max(0.0, first - edge), 0.0
        while True:
            limit = start + longest
            scan = reach(limit + APART + _SURE)
            sounds = _group(scan.sounds(start), limit)
            ends = [end for _, end in sounds]
            if ends[-1] <= limit:  # a long silence or the end follows
                end = min(ends[-1] + min(edge, scan.duration - ends[-1]), limit)
                yield Span(start, end, common, intact=end + _SURE < scan.intact_until)
                first = _next_sound(reach, ends[-1])
                break
            if len(ends) == 1:
                yield Span(start, limit, common, overlap, intact=limit + _SURE < scan.intact_until)
                start, common = limit - overlap, overlap
                continue
            # The room behind each sound: half of a silence belongs to either side.
            rims = [min(edge, (after[0] - before[1]) / 2) for before, after in pairwise(sounds)]
            best = _best(ends[:-1], rims, limit, longest)
            end = min(ends[best] + rims[best], limit)
            yield Span(start, end, common, intact=end + _SURE < scan.intact_until)
            start, common = sounds[best + 1][0] - rims[best], 0.0


def _next_sound(reach: Reach, after: float) -> float | None:
    """When the first sound begins that ends after a time; None if no sound follows."""
    known = after
    while True:
        scan = reach(known + APART)
        for start, _ in scan.sounds(after):
            return start
        if scan.duration < known + APART:
            return None
        known = scan.duration


def _group(sounds: Iterable[tuple[float, float]], limit: float) -> list[tuple[float, float]]:
    """The first sounds between which no silence is long, up to the one that ends after `limit`."""
    group: list[tuple[float, float]] = []
    for sound in sounds:
        if group and (sound[0] - group[-1][1] > APART or group[-1][1] > limit):
            break
        group.append(sound)
    return group


def _best(ends: list[float], rims: list[float], limit: float, longest: float) -> int:
    """The number of the sound behind which to cut: the one with most silence behind it, late in the span."""

    def room(sound: int) -> tuple[float, int]:
        return min(rims[sound], limit - ends[sound]), sound

    best = 0
    for share in _LATE:
        late = bisect_right(ends, limit - share * longest)
        best = max(range(late, len(ends)), key=room, default=0)
        if room(best)[0] >= _ROOM and late < len(ends):
            break
    return best
