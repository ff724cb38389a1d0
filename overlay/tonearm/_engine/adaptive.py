"""How many requests a server is given at a time, found by trying.

The limit doubles while the server does more with more. A level that the server refuses, or answers no faster, is a
ceiling: the limit returns to the best level that held, looks for a better one in between, and tries the ceiling rarely.
"""

from __future__ import annotations

from math import inf
from typing import Protocol

from attrs import define, field, frozen

_ROUND = 2
"""A level is judged once this many times its number of requests have ended: at first it was not full."""

_FEWEST = 4
"""Requests after which a level is judged at the earliest; one or two say little about a low level."""

_GAIN = 0.5
"""The part of the expected growth that a higher level must bring: a server that queues would take it for nothing."""

_SETTLED = 0.1
"""The search ends once the ceiling is so close to the best level, as a part of it."""

_FIRST_PROBE, _LONGEST_PROBE = 5.0, 80.0
"""Seconds until the ceiling is tried again; the time doubles with each attempt that fails."""


@frozen
class Permit:
    """One request that was let through; `era` tells which level it belongs to."""

    era: int
    began: float


class Limit(Protocol):
    """How many requests may be under way, and what is learnt from their ends."""

    @property
    def level(self) -> int:
        """How many may be under way now."""
        ...

    def begin(self, now: float) -> Permit:
        """Count a request in, at `now` seconds of a steady clock."""
        ...

    def end(self, permit: Permit, now: float, *, refused: bool = False, wait: float = 0.0) -> None:
        """Count it out.

        Args:
            permit: what `begin` returned.
            now: seconds of the same clock.
            refused: whether the server had too much to do: 429, 503, or no answer in time.
            wait: seconds for which the server asks to be left alone.
        """
        ...

    def ready(self, now: float) -> float:
        """Seconds until the next request may begin, as far as the server's wishes are concerned; 0 for now."""
        ...


@define
class FixedLimit:
    """A level that somebody chose; only the server's wish for a pause is followed."""

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
    """A level that follows what the server can do.

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
        """Count it out. What began at another level says nothing about this one."""
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
            # The level that held does not hold any more: the server can do less than before.
            self._ceiling = self.level
            self._held, self._speed = 0, 0.0
            self._set(max(1, self.level // 2))

    def _judge(self, now: float) -> None:
        """Decide what follows a round without a refusal."""
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
        """Try the middle between the best level and the ceiling; stay at the best once they are close."""
        held, ceiling = max(1, self._held), self._ceiling or self.most
        if ceiling - held > max(1, _SETTLED * held):
            self._set((held + ceiling) // 2)
            return
        self._set(held)
        self._probe_at = now + self._probe_after
        self._probe_after = min(2 * self._probe_after, _LONGEST_PROBE)

    def _set(self, level: int) -> None:
        """Begin a new era at this level."""
        self.level = level
        self._era += 1
        self._ended = 0
        self._since = None
