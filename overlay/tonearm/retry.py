"""When a failed request is tried again, and after how long."""

from __future__ import annotations

from math import inf
from threading import Lock
from typing import Literal

from attrs import define, field, frozen

from ._base.resuming import PASSING
from ._base.validate import amount, whole
from .errors import QUOTA, ConfigurationError, ConnectionFailed, InvalidInput, StatusError, TimedOut

Repeat = Literal["always", "unsent", "never"]
"""What may be repeated: everything; only requests that did not reach the server or were refused; nothing."""

_NOT_IMPLEMENTED = 501
_TURNED_AWAY = frozenset({429, 503})
_ENOUGH = 60
"""Doublings after which a delay is longer than any bound, and still a number."""


@frozen
class Pause:
    """How long to wait before the next attempt: exactly so long, or a random time up to it."""

    seconds: float
    jitter: bool


@frozen(kw_only=True)
class Retry:
    """How failed requests are repeated.

    A client also has a budget of 100 repeats, which it shares with the clients of its `with_options`. Each success
    returns one; while none is left, because nearly everything fails, each failure is raised at once.

    Args:
        attempts: how many times a request is sent at most; 1 switches retries off.
        first_delay: seconds before the second attempt at most; doubled each time (full jitter).
        max_delay: seconds between two attempts at most, unless the server asks for more.
        max_server_delay: the longest wait, in seconds, that a server may ask for; a longer one ends the call.

    Raises:
        ConfigurationError: a number is not possible.
    """

    attempts: int = 4
    first_delay: float = 0.5
    max_delay: float = 8.0
    max_server_delay: float = 120.0

    def __attrs_post_init__(self) -> None:
        try:
            whole(self.attempts, "attempts", least=1)
            for name in ("first_delay", "max_delay", "max_server_delay"):
                amount(getattr(self, name), name, most=inf)
        except InvalidInput as error:
            raise ConfigurationError.because(error) from None

    def after(self, error: ConnectionFailed | StatusError, attempt: int, repeat: Repeat) -> Pause | None:
        """Decide what follows a failed attempt.

        Args:
            error: the failure.
            attempt: the number of the attempt, from 1.
            repeat: what may be repeated of this request.

        Returns:
            The pause before the next attempt, or None when the failure is final.
        """
        if attempt >= self.attempts or not _may_repeat(error, repeat):
            return None
        if isinstance(error, StatusError) and error.retry_after is not None:
            return Pause(error.retry_after, jitter=False) if error.retry_after <= self.max_server_delay else None
        doublings = min(attempt - 1, _ENOUGH)
        return Pause(min(self.first_delay * 2.0**doublings, self.max_delay), jitter=True)


@define(eq=False)
class Budget:
    """The repeats that the clients of one connection have left; each repeat uses one, each success returns one."""

    _full: int = 100
    _left: int = field(init=False)
    _lock: Lock = field(factory=Lock, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._left = self._full

    def spend(self) -> bool:
        """Use one; False when none is left."""
        with self._lock:
            if self._left == 0:
                return False
            self._left -= 1
            return True

    def earn(self) -> None:
        """Return one."""
        with self._lock:
            self._left = min(self._left + 1, self._full)


@frozen
class Allowance:
    """What a client may repeat: by its policy, and within its budget.

    `bounded` says whether the call has a deadline.
    """

    retry: Retry
    budget: Budget
    bounded: bool = False

    def after(self, error: ConnectionFailed | StatusError, attempt: int, repeat: Repeat) -> Pause | None:
        """Decide as `Retry.after` does, and use a repeat of the budget."""
        pause = self.retry.after(error, attempt, repeat)
        return pause if pause is not None and self.budget.spend() else None


def _may_repeat(error: ConnectionFailed | StatusError, repeat: Repeat) -> bool:
    if repeat == "never" or (isinstance(error, StatusError) and error.final):
        return False
    if isinstance(error, ConnectionFailed):
        if isinstance(error, TimedOut) and error.deadline:
            return False
        return repeat == "always" or not error.sent
    if error.code in QUOTA:
        return False
    if repeat == "unsent":
        return error.status in _TURNED_AWAY
    advice = error.headers.get("x-should-retry")
    if advice in ("true", "false"):
        return advice == "true"
    return error.status in PASSING or (error.status >= 500 and error.status != _NOT_IMPLEMENTED)
