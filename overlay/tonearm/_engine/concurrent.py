"""The running requests of long work: when one fails, the others get time for their responses, which are paid for."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeAlias, TypeVar

from attrs import define, field, frozen

from ..errors import ConnectionFailed, StatusError, Truncated, UnexpectedAnswer
from .adaptive import AdaptiveLimit, Permit
from .plan import First, Fork, Now, Plan, Sleep, Ticket

T = TypeVar("T")

Workers: TypeAlias = int | Literal["auto"]
"""How many requests are sent at a time; "auto" starts with one, and sends more as long as that is faster."""

MOST_WORKERS = 32
"""Most requests at a time."""

PATIENCE = 30.0
"""Seconds that the other requests get after a failure."""


@frozen
class _Failed:
    error: Exception


@define
class Due(Generic[T]):
    """Running requests, each with its subject; none is started after one has `failed`."""

    workers: Workers
    running: dict[Ticket[Any], T] = field(factory=dict[Ticket[Any], T], init=False)
    failed: Exception | None = field(default=None, init=False)
    _timers: list[Ticket[Any]] = field(factory=list[Ticket[Any]], init=False)
    _limit: AdaptiveLimit = field(factory=lambda: AdaptiveLimit(MOST_WORKERS), init=False)
    _permits: dict[Ticket[Any], Permit] = field(factory=dict[Ticket[Any], Permit], init=False)

    @property
    def has_room(self) -> bool:
        """Whether another request may start."""
        level = self._limit.level if self.workers == "auto" else self.workers
        return self.failed is None and len(self.running) < level

    @property
    def patience(self) -> int:
        """How many requests, with the next one, a server that processes one at a time may have to answer first."""
        return min(2 * self._limit.level, MOST_WORKERS) if self.workers == "auto" else self.workers

    def begin(self, plan: Plan[Any], what: T) -> Plan[None]:
        """Start the plan of one request."""
        ticket = yield from Fork(_caught(plan))
        self.running[ticket] = what
        if self.workers == "auto":
            self._permits[ticket] = self._limit.begin((yield from Now()))

    def fail(self, error: Exception) -> Plan[None]:
        """Start no more requests: the running ones get time to be answered, then the first failure is raised."""
        self.failed = self.failed or error
        if self.running and not self._timers:
            self._timers.append((yield from Fork(_give_up(self.failed))))

    def answered(self) -> Plan[tuple[T, Any] | None]:
        """The subject and the result of the next request that is answered; None if none is running.

        After a failure it is raised when all others are answered, or too late.
        """
        while self.running:
            ticket, result = yield from First(frozenset([*self.running, *self._timers]))
            what = self.running.pop(ticket)
            if ticket in self._permits:
                self._limit.end(self._permits.pop(ticket), (yield from Now()))
            if not isinstance(result, _Failed):
                return what, result
            yield from self.fail(result.error)
        if self.failed is not None:
            raise self.failed
        return None


def _caught(plan: Plan[Any]) -> Plan[Any]:
    """Run a plan, and return its failure as the result: raised by `First`, it would not show which request failed."""
    try:
        return (yield from plan)
    except (ConnectionFailed, StatusError, UnexpectedAnswer, Truncated, OSError) as error:
        return _Failed(error)


def _give_up(error: Exception) -> Plan[None]:
    """A timer: `First` waits for it together with the requests, and raises the error when the time is over."""
    yield from Sleep(PATIENCE)
    raise error
