"""Finds how many requests a server can process at a time.

The limit doubles as long as the server does more. A level that the server refuses, or that does no more, is a ceiling:
the limit returns to the best level so far, tries levels between the two, and tries a higher one again rarely. Where a
higher level only made requests wait, a lower one is tried, too, as the server may do as much with that.

What a level does follows from how long its requests take (Little's law: level / mean time), which does not depend on
whether they end together or one by one. The means are those of logarithms, in which a few long times, as of long
recordings or of a machine that stood still for a moment, weigh little; and more requests are waited for while chance
may explain the difference.
"""

from __future__ import annotations

from math import inf, log, sqrt
from typing import Protocol

from attrs import define, field, frozen

_FEWEST, _ROUNDS, _MOST_ROUNDS = 4, 2, 16
"""How many requests a level is judged by: at least so many, and its number so many times; twice as many as long as
they leave doubt, up to the last."""

_GAIN = 0.3
"""The share of the expected growth that a higher level must bring, as a server that queues does no more."""

_SURE = 2.5
"""How many standard deviations leave no doubt."""

_SETTLED = 0.1
"""The search ends when the ceiling is so close to the best level, as a share of it."""

_FIRST_PROBE, _LONGEST_PROBE = 5.0, 80.0
"""Seconds until another level is tried again; the time doubles with each attempt that fails."""


@frozen
class Permit:
    """A request that was permitted.

    Attributes:
        era: the number of the level at which it began.
        began: when, in seconds of a steady clock.
        place: where its time stands in the sample of this level; None if it is not of the sample.
    """

    era: int
    began: float
    place: int | None = None


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
    _under_way: int = field(default=0, init=False)
    _held: int = field(default=0, init=False)
    _times: list[float] = field(factory=list[float], init=False)  # the sample of the level that held
    _ceiling: int | None = field(default=None, init=False)
    _queues: bool = field(default=False, init=False)  # whether the ceiling made requests wait
    _probe_at: float = field(default=inf, init=False)
    _probe_after: float = field(default=_FIRST_PROBE, init=False)
    _begun: int = field(default=0, init=False)  # in this era, as are all below
    _ended: int = field(default=0, init=False)
    _sample: list[float] = field(factory=list[float], init=False)  # logarithms of times; inf while under way
    _wanted: int = field(default=_FEWEST, init=False)  # how many make a sample
    _reached: int = field(default=1, init=False)  # how many were under way when the last one began
    _full: bool = field(default=True, init=False)

    def begin(self, now: float) -> Permit:
        """Count a request in. The first ones of an era meet those of another level, and are not judged."""
        self._under_way += 1
        self._begun += 1
        self._reached = self._under_way
        if self._begun <= self.level or len(self._sample) == self._wanted:
            return Permit(self._era, now)
        self._sample.append(inf)
        return Permit(self._era, now, len(self._sample) - 1)

    def end(self, permit: Permit, now: float, *, refused: bool = False, wait: float = 0.0) -> None:
        """Count the end of a request. A request that began at another level says nothing about this one."""
        self._full = self._full and self._reached >= self.level
        self._under_way -= 1
        if refused:
            self._quiet_until = max(self._quiet_until, now + wait)
        if permit.era != self._era:
            return
        if refused:
            self._refused(now)
            return
        self._ended += 1
        if permit.place is not None:
            self._sample[permit.place] = log(max(now - permit.began, 1e-6))
        is_late = self._ended >= self.level + 2 * self._wanted  # what of the sample is not answered is not waited for
        if len(self._sample) == self._wanted and (is_late or inf not in self._sample):
            self._judge(now)

    def ready(self, now: float) -> float:
        """Seconds until the next request may begin."""
        return max(0.0, self._quiet_until - now)

    def _refused(self, now: float) -> None:
        self._ceiling, self._queues = self.level, False
        if self.level > self._held:
            self._search(now)
        else:
            # The best level is refused, too: the server's capacity has become smaller.
            self._held = 0
            self._set(max(1, self.level // 2))

    def _judge(self, now: float) -> None:
        """Choose the next level after a sample without a refusal."""
        sample = [took for took in self._sample if took < inf]
        if not self._full:  # there was too little to do, which says nothing about the level
            self._set(self.level)
        elif self.level == self._held:
            self._times = [*self._times, *sample][-_MOST_ROUNDS * self.level :]
            self._stay_or_probe(now)
        elif not self._held:
            self._hold(sample, now)
        else:
            self._compare(sample, now)

    def _compare(self, sample: list[float], now: float) -> None:
        """Hold a higher level unless it surely does no more, and a lower one where it likely does as much."""
        higher = self.level > self._held
        low, high = (self._times, sample) if higher else (sample, self._times)
        ratio = self.level / self._held if higher else self._held / self.level
        slower = _mean(high) - _mean(low) - log(ratio / (1 + _GAIN * (ratio - 1)))
        spread = (_squares(low) + _squares(high)) / (len(low) + len(high) - 2)
        doubt = _SURE * sqrt(spread * (1 / len(low) + 1 / len(high)))
        if abs(slower) < doubt and self._wanted < _MOST_ROUNDS * self.level:
            self._wanted *= 2
        elif slower < doubt if higher else slower > doubt / 2:
            self._hold(sample, now)
        elif higher:
            self._ceiling, self._queues = self.level, True
            self._search(now)
        else:
            self._settle(now)

    def _stay_or_probe(self, now: float) -> None:
        step = max(1, self.level // 4)
        if now < self._probe_at:
            self._set(self.level)
        elif self.level > 1 and (self._queues or self.level == self.most):
            self._queues = False
            self._set(self.level - step)
        else:
            self._ceiling = None
            self._set(min(self.most, self.level + step))

    def _hold(self, sample: list[float], now: float) -> None:
        """Take this level for the best one, and go on in the same direction."""
        lower = self.level < self._held
        self._held, self._times = self.level, sample
        if lower or self._ceiling is None:
            self._probe_after = _FIRST_PROBE
        if not lower:
            self._search(now)
        elif self.level > 1:
            self._set(self.level - max(1, self.level // 4))
        else:
            self._settle(now)

    def _search(self, now: float) -> None:
        """Try a level between the best one and the ceiling, at most twice the best; stay there when they are close."""
        held = max(1, self._held)
        ceiling = self.most + 1 if self._ceiling is None else self._ceiling
        if ceiling - held <= max(1, _SETTLED * held):
            self._settle(now)
        elif self._ceiling is None:
            self._set(min(self.most, 2 * held))
        else:
            self._set((held + ceiling) // 2)

    def _settle(self, now: float) -> None:
        """Return to the best level until another one is tried."""
        self._set(max(1, self._held))
        self._probe_at = now + self._probe_after
        self._probe_after = min(2 * self._probe_after, _LONGEST_PROBE)

    def _set(self, level: int) -> None:
        """Start a new era at this level."""
        self.level = self._reached = level
        self._era += 1
        self._begun = self._ended = 0
        self._sample = []
        self._wanted = max(_FEWEST, _ROUNDS * level)
        self._full = True


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _squares(values: list[float]) -> float:
    """The sum of the squares of the distances from the mean."""
    mean = _mean(values)
    return sum((value - mean) ** 2 for value in values)
