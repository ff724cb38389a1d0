"""Where a recording is cut: in its silences, from what a scan found."""

from __future__ import annotations

from attrs import frozen


@frozen
class Silence:
    """A stretch without sound; `start` and `end` in seconds of the recording."""

    start: float
    end: float


@frozen
class Scan:
    """What was found in a recording: its `duration` in seconds, and its silences in order. All else is sound."""

    duration: float
    silences: tuple[Silence, ...]

    def sound(self, start: float, end: float) -> bool:
        """Whether there is any sound from `start` to `end`, in seconds."""
        raise NotImplementedError


@frozen
class Span:
    """A part of a recording, `start` and `end` in seconds; the span before has the first `overlap` seconds of it, too."""

    start: float
    end: float
    overlap: float = 0.0


def spans(scan: Scan, *, longest: float, overlap: float = 3.0) -> tuple[Span, ...]:
    """Divide a recording into parts that hold all its sound, none of them longer than `longest` seconds.

    Cuts lie in silences, where there are any: in the widest one late in a span. Silence beyond a second at either end of
    a span is left out, and so is a span without sound.

    Args:
        scan: what was found in the recording.
        longest: seconds that a span may have.
        overlap: seconds that two spans have in common where sound had to be cut; at most half of `longest`.
    """
    raise NotImplementedError
