"""How far a transfer is."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Literal, TypeAlias

from attrs import define, field, frozen

Unit: TypeAlias = Literal["bytes", "seconds", "pieces", "steps"]
"""What a transfer is counted in."""


@frozen
class Progress:
    """How far a transfer is.

    Attributes:
        phase: the current phase, for example ``upload`` or ``download``.
        done: how many units are done; never falls, and ends at exactly the total.
        total: how many units there are in all; None while that is unknown.
        part: the number of the current part, from 1, if there are parts.
        parts: the number of parts; None while that is unknown, or without parts.
        unit: what `done` and `total` count: `bytes`, `seconds` of a recording, `pieces` of a text, or `steps`.
    """

    phase: str
    done: int
    total: int | None
    part: int | None = None
    parts: int | None = None
    unit: Unit = "bytes"


OnProgress = Callable[[Progress], None]
"""Called from one thread at a time; what it raises stops the transfer, as Ctrl-C does."""


@define
class Meter:
    """Reports progress to a callback; the count never falls, also while a part is sent again."""

    phase: str
    total: int | None
    report: OnProgress | None
    parts: int | None = None
    unit: Unit = "bytes"
    _high: int = field(default=-1, init=False)

    def at(self, done: int, part: int | None = None) -> None:
        """Report that `done` units are done, unless as many were reported before."""
        if self.report is None or done <= self._high:
            return
        self._high = done
        self.report(Progress(self.phase, done, self.total, part, self.parts, self.unit))


@define
class Tally:
    """Adds up the progress of several parts, in any threads, and reports the sum, one call at a time.

    `done` is how much was done before.
    """

    meter: Meter
    done: int = 0
    _of_part: dict[int, int] = field(factory=dict[int, int], init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def at(self, part: int, done: int) -> None:
        """Report that `done` units of a part are done; this replaces its earlier report."""
        with self._lock:
            self.done += done - self._of_part.get(part, 0)
            self._of_part[part] = done
            self.meter.at(self.done, part)
