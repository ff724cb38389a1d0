"""Finds how many requests a server can process at a time.

The limit doubles as long as the server becomes faster. A level that the server refuses, or that is no faster, is a
ceiling: the limit returns to the best level so far, tries levels between the two, and tries the ceiling again rarely.
"""

from __future__ import annotations

from math import inf
from typing import Protocol

from attrs import define, field, frozen

_ROUND = 2
"""A level is judged after this many times its number of requests, as at first it was not full."""

_FEWEST = 4
"""The fewest requests after which a level is judged; one or two say little about a low level."""

_GAIN = 0.5
"""The share of the expected growth that a higher level must bring, as a server that queues becomes no faster."""

_SETTLED = 0.1
"""The search ends when the ceiling is so close to the best level, as a share of it."""

_FIRST_PROBE, _LONGEST_PROBE = 5.0, 80.0
"""Seconds until the ceiling is tried again; the time doubles with each attempt that fails."""


@frozen
class Permit:
    """A request that was permitted; `era` is the number of the level at which it began."""

    era: int
    began: float


class Limit(Protocol):
    """How many requests may be sent at a time."""

    @property
    def level(self) -> int:
        """How many may be sent at a time now."""
        ...

    def begin(self, now: float) -> Permit:
        """Count the start of a request, at `now` seconds of a steady clock."""
        ...

    def end(self, permit: Permit, now: float, *, refused: bool = False, wait: float = 0.0) -> None:
        """Count the end of a request.

        Args:
            permit: the result of `begin`.
            now: seconds of the same clock.
            refused: whether the server was overloaded: 429, 503, or no response in time.
            wait: seconds of the server's Retry-After.
        """
        ...

    def ready(self, now: float) -> float:
        """Seconds until the next request may begin, after a Retry-After of the server; 0 for now."""
        ...


@define
class FixedLimit:
    """A fixed level; only a Retry-After of the server is followed."""

    level: int
    _quiet_until: float = field(default=-inf, init=False)

    def begin(self, now: float) -> Permit:
        """Count a request in."""
        return Permit(0, now)

    def end(self, permit: Permit, now: float, *, refused: bool = False, wait: float = 0.0) -> None:  # noqa: ARG002  # as of each Limit
        """Count it out."""
        if refused:
            self._quiet_until = max(self._quiet_until, now + wait)

    def ready(self, now: float) -> float:
        """Seconds until the next request may begin."""
        return max(0.0, self._quiet_until - now)


@define
class AdaptiveLimit:
    """A level that follows the server's capacity.

    Attributes:
        most: the highest level.
        level: the level now.
    """

    most: int = 256
    level: int = 1
    _era: int = field(default=0, init=False)
    _quiet_until: float = field(default=-inf, init=False)
    _held: int = field(default=0, init=False)
    _speed: float = field(default=0.0, init=False)  # ended requests a second at the level that held
    _ceiling: int | None = field(default=None, init=False)
    _probe_at: float = field(default=inf, init=False)
    _probe_after: float = field(default=_FIRST_PROBE, init=False)
    _since: float | None = field(default=None, init=False)  # when the first request of this era began
    _ended: int = field(default=0, init=False)

    def begin(self, now: float) -> Permit:
        """Count a request in."""
        if self._since is None:
            self._since = now
        return Permit(self._era, now)

    def end(self, permit: Permit, now: float, *, refused: bool = False, wait: float = 0.0) -> None:
        """Count the end of a request. A request that began at another level says nothing about this one."""
        if refused:
            self._quiet_until = max(self._quiet_until, now + wait)
        if permit.era != self._era:
            return
        if refused:
            self._refused(now)
            return
        self._ended += 1
        if self._ended >= max(_FEWEST, _ROUND * self.level):
            self._judge(now)

    def ready(self, now: float) -> float:
        """Seconds until the next request may begin."""
        return max(0.0, self._quiet_until - now)

    def _refused(self, now: float) -> None:
        if self.level > self._held:
            self._ceiling = self.level
            self._search(now)
        else:
            # The best level is refused, too: the server's capacity has become smaller.
            self._ceiling = self.level
            self._held, self._speed = 0, 0.0
            self._set(max(1, self.level // 2))

    def _judge(self, now: float) -> None:
        """Choose the next level after a round without a refusal."""
        began = self._since if self._since is not None else now
        speed = self._ended / max(now - began, 1e-6)
        if self.level <= self._held:
            self._speed = speed
            if self._ceiling is not None and now < self._probe_at:
                self._set(self.level)
                return
            self._ceiling = None
            self._set(min(self.most, self.level + max(1, self.level // 4)))
            return
        wanted = self._speed * (1 + _GAIN * (self.level / self._held - 1)) if self._held else 0.0
        if speed < wanted:
            self._ceiling = self.level
            self._search(now)
            return
        self._held, self._speed = self.level, speed
        if self._ceiling is None:
            self._probe_after = _FIRST_PROBE
            self._set(min(self.most, self.level * 2))
        else:
            self._search(now)

    def _search(self, now: float) -> None:
        """Try the middle between the best level and the ceiling; stay at the best when they are close."""
        held, ceiling = max(1, self._held), self._ceiling or self.most
        if ceiling - held > max(1, _SETTLED * held):
            self._set((held + ceiling) // 2)
            return
        self._set(held)
        self._probe_at = now + self._probe_after
        self._probe_after = min(2 * self._probe_after, _LONGEST_PROBE)

    def _set(self, level: int) -> None:
        """Start a new era at this level."""
        self.level = level
        self._era += 1
        self._ended = 0
        self._since = None
