"""How far a transfer is."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define, field, frozen


@frozen
class Progress:
    """How far a transfer is.

    Attributes:
        phase: what is going on, for example ``upload`` or ``download``.
        done: bytes (or pieces) so far; never falls, and ends at exactly the total.
        total: how many there are, or None when the server does not say.
        part: the number of the part in work, from 1, if there are parts.
        parts: how many parts there are.
    """

    phase: str
    done: int
    total: int | None
    part: int | None = None
    parts: int | None = None


OnProgress = Callable[[Progress], None]
"""Called from one thread at a time; what it raises stops the transfer, as Ctrl-C does."""


@define
class Meter:
    """Tells a callback how far a transfer is, as a high-water mark: a part that is sent again holds it still."""

    phase: str
    total: int | None
    report: OnProgress | None
    parts: int | None = None
    _high: int = field(default=-1, init=False)

    def at(self, done: int, part: int | None = None) -> None:
        """Report that `done` bytes are there, unless as many were reported before."""
        if self.report is None or done <= self._high:
            return
        self._high = done
        self.report(Progress(self.phase, done, self.total, part, self.parts))
