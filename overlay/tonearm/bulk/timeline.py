"""When the jobs of a ledger ended, counted in as many stretches of time as a chart has room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Self

from attrs import define, evolve, field, frozen

from .rows import Row

MOST = 120
"""Stretches at most; if more are needed, each becomes twice as long."""

EXAMPLES = 3
"""Failed jobs that are kept as examples of each cause."""


@frozen
class Stretch:
    """The jobs that ended within one stretch of time."""

    done: int = 0
    failed: int = 0
    price: float = 0.0

    def __add__(self, other: Stretch) -> Stretch:
        return Stretch(self.done + other.done, self.failed + other.failed, self.price + other.price)


@define
class Timeline:
    """Sums and times of many rows, in memory that does not grow with them.

    Attributes:
        states: how many jobs are in each state.
        width: seconds of a stretch.
        stretches: the jobs that ended in each; its number is the time since 1970, divided by the width.
        began: when the first job began, in seconds since 1970; None before one has.
        ended: when the last one ended.
        bytes: all bytes that were written or sent.
        price: USD of all jobs, as far as known.
        seconds: seconds of work.
        causes: how many jobs failed by each kind of error.
        examples: some of those jobs.
    """

    states: Counter[str] = field(factory=Counter[str])
    width: float = 1.0
    stretches: dict[int, Stretch] = field(factory=dict[int, Stretch])
    began: float | None = None
    ended: float | None = None
    bytes: int = 0
    price: float = 0.0
    seconds: float = 0.0
    causes: Counter[str] = field(factory=Counter[str])
    examples: dict[str, list[Row]] = field(factory=dict[str, list[Row]])

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """Read all rows once."""
        timeline = cls()
        for row in rows:
            timeline.add(row)
        return timeline

    def add(self, row: Row) -> None:
        """Count a row."""
        self.states[row.state] += 1
        if row.state not in ("done", "failed"):
            return
        self.bytes += row.bytes or 0
        self.price += row.price or 0.0
        self.seconds += row.seconds or 0.0
        if row.state == "failed":
            cause = row.kind or "unknown"
            self.causes[cause] += 1
            kept = self.examples.setdefault(cause, [])
            if len(kept) < EXAMPLES:
                kept.append(evolve(row, options={}))
        if row.began is not None and row.ended is not None:
            self._place(row.began, row.ended, row)

    def _place(self, began: float, ended: float, row: Row) -> None:
        self.began = began if self.began is None else min(self.began, began)
        self.ended = ended if self.ended is None else max(self.ended, ended)
        while self._number(self.ended) - self._number(self.began) >= MOST:
            self._widen()
        done = row.state == "done"
        number = self._number(ended)
        ends = Stretch(int(done), int(not done), row.price or 0.0)
        self.stretches[number] = self.stretches.get(number, Stretch()) + ends

    def _number(self, when: float) -> int:
        return int(when // self.width)

    def _widen(self) -> None:
        self.width *= 2
        before, self.stretches = self.stretches, {}
        for number, stretch in before.items():
            self.stretches[number // 2] = self.stretches.get(number // 2, Stretch()) + stretch

    @property
    def elapsed(self) -> float:
        """Seconds from the first job's beginning to the last one's end."""
        return 0.0 if self.began is None or self.ended is None else max(0.0, self.ended - self.began)

    def filled(self) -> list[Stretch]:
        """All stretches from the first beginning to the last end, also those in which no job ended."""
        if self.began is None or self.ended is None:
            return []
        return [
            self.stretches.get(number, Stretch())
            for number in range(self._number(self.began), self._number(self.ended) + 1)
        ]
