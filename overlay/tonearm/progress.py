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
        phase: what is going on, for example ``upload`` or ``download``.
        done: how many units are done; never falls, and ends at exactly the total.
        total: how many units there are; None where that is not known, or not known yet.
        part: the number of the part in work, from 1, if there are parts.
        parts: how many parts there are; None where that is not known yet, or there are none.
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
    """Adds up what is done of several parts, in whatever threads, and reports the sum one call at a time.

    `done` is what was done before.
    """

    meter: Meter
    done: int = 0
    _of_part: dict[int, int] = field(factory=dict[int, int], init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def at(self, part: int, done: int) -> None:
        """Report that `done` units of a part are done, in place of what was reported of it before."""
        with self._lock:
            self.done += done - self._of_part.get(part, 0)
            self._of_part[part] = done
            self.meter.at(self.done, part)
