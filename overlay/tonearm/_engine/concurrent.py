"""The requests of long work that are under way: when one fails, the others get time to be answered.

What they ask for is paid for already.
"""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeAlias, TypeVar

from attrs import define, field, frozen

from ..errors import ConnectionFailed, StatusError, Truncated, UnexpectedAnswer
from .adaptive import AdaptiveLimit, Permit
from .plan import First, Fork, Now, Plan, Sleep, Ticket

T = TypeVar("T")

Workers: TypeAlias = int | Literal["auto"]
"""How many requests are sent at a time; "auto" begins with one, and sends more while the server does more with more."""

MOST_WORKERS = 32
"""Requests at a time at most."""

PATIENCE = 30.0
"""Seconds that the other requests get when one has failed."""


@frozen
class _Failed:
    error: Exception


@define
class Due(Generic[T]):
    """Requests under way, each with what it is for; no more of them are to be begun once one has `failed`."""

    workers: Workers
    running: dict[Ticket[Any], T] = field(factory=dict[Ticket[Any], T], init=False)
    failed: Exception | None = field(default=None, init=False)
    _timers: list[Ticket[Any]] = field(factory=list[Ticket[Any]], init=False)
    _limit: AdaptiveLimit = field(factory=lambda: AdaptiveLimit(MOST_WORKERS), init=False)
    _permits: dict[Ticket[Any], Permit] = field(factory=dict[Ticket[Any], Permit], init=False)

    @property
    def has_room(self) -> bool:
        """Whether one more request may begin."""
        level = self._limit.level if self.workers == "auto" else self.workers
        return self.failed is None and len(self.running) < level

    @property
    def patience(self) -> int:
        """How many requests may come before the next one at a server that does one at a time, with itself."""
        return min(2 * self._limit.level, MOST_WORKERS) if self.workers == "auto" else self.workers

    def begin(self, plan: Plan[Any], what: T) -> Plan[None]:
        """Start the plan of one request."""
        ticket = yield from Fork(_caught(plan))
        self.running[ticket] = what
        if self.workers == "auto":
            self._permits[ticket] = self._limit.begin((yield from Now()))

    def fail(self, error: Exception) -> Plan[None]:
        """Begin nothing more: what is under way gets time to be answered, and the first failure is raised then."""
        self.failed = self.failed or error
        if self.running and not self._timers:
            self._timers.append((yield from Fork(_give_up(self.failed))))

    def answered(self) -> Plan[tuple[T, Any] | None]:
        """What the next request is for that is answered, and its result; None when none is under way.

        Raises the first failure when nothing more is answered, or not in time.
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
    """The same plan, whose failure is its result: raised by `First`, it would not say which request has failed."""
    try:
        return (yield from plan)
    except (ConnectionFailed, StatusError, UnexpectedAnswer, Truncated, OSError) as error:
        return _Failed(error)


def _give_up(error: Exception) -> Plan[None]:
    """A timer: `First`, which waits for it as for the requests, raises the error when the time is over."""
    yield from Sleep(PATIENCE)
    raise error
