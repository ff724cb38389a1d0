"""The servers of a run: which one gets the next job, and which one is left out for a while."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

from attrs import define, frozen

from .._engine import Limit, Permit
from .work import Outcome

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
"""Seconds until a server that was not reached is tried again; doubled with each failed attempt."""


@define(eq=False)
class Server:
    """One server.

    Attributes:
        url: its base URL; None for the default of the task's client.
        limit: how many jobs it gets at a time.
        under_way: how many jobs it has now.
        lost: how many attempts in a row did not reach it.
        again_at: when it may be tried again, in seconds of a steady clock.
    """

    url: str | None
    limit: Limit
    under_way: int = 0
    lost: int = 0
    again_at: float = -inf

    @property
    def load(self) -> float:
        """The part of its limit that is in use."""
        return self.under_way / self.limit.level

    def wait(self, now: float, *, leave_out: bool) -> float:
        """Seconds until it may get a job; a server that was not reached gets a single job as a test."""
        if leave_out and self.lost and self.under_way:
            return inf
        if self.under_way >= self.limit.level:
            return inf
        return max(self.limit.ready(now), self.again_at - now if leave_out else 0.0, 0.0)


@frozen
class Lease:
    """One job at one server."""

    server: Server
    permit: Permit


@define(eq=False)
class Servers:
    """All servers of a run; the least busy one gets the next job. Each has its own limit and pauses.

    Attributes:
        all: the servers.
        most: how many jobs may run at all of them together; None for the sum of their limits.
    """

    all: Sequence[Server]
    most: int | None = None

    @classmethod
    def of(cls, urls: Sequence[str], limit: Callable[[], Limit], most: int | None) -> Servers:
        """The servers at these addresses; without addresses, one server with the default address."""
        return cls([Server(url, limit()) for url in dict.fromkeys(urls)] or [Server(None, limit())], most)

    @property
    def level(self) -> int:
        """How many jobs may run at a time now."""
        return sum(server.limit.level for server in self.all) if self.most is None else self.most

    def wait(self, now: float) -> float:
        """Seconds until a server may get a job; infinite if a job has to end before."""
        return min(server.wait(now, leave_out=self._others_answer) for server in self.all)

    def begin(self, now: float) -> Lease:
        """Choose a server for a job; call it only when `wait` is 0."""
        ready = [server for server in self.all if not server.wait(now, leave_out=self._others_answer)]
        server = min(ready, key=lambda server: server.load)
        server.under_way += 1
        return Lease(server, server.limit.begin(now))

    def end(self, lease: Lease, now: float, outcome: Outcome | None) -> bool:
        """Adjust limit and pauses after a job; its outcome is None if it was not done.

        Returns:
            Whether the job should go to another server at once.
        """
        server = lease.server
        server.under_way -= 1
        if outcome is None:
            return False
        server.limit.end(lease.permit, now, refused=outcome.refused or outcome.lost, wait=outcome.wait)
        if not outcome.lost:
            server.lost, server.again_at = 0, -inf
            return False
        server.again_at = now + min(_FIRST_PAUSE * 2**server.lost, _LONGEST_PAUSE)
        server.lost += 1
        return self._others_answer

    @property
    def _others_answer(self) -> bool:
        """Whether some server was reached, so that those that were not can be left out."""
        return not all(server.lost for server in self.all)
