"""Waits for a server that is starting; this uses no attempts."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from attrs import define, frozen

from ..._engine import Call, Effect, Plan, Policy, Sleep, attempt
from ..._http import Answer, Request
from ...errors import ConnectionFailed, ServiceFailed, StatusError, TimedOut, UnexpectedAnswer
from .base_path import mention

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds that a server may take to start, for calls that have no deadline."""

FIRST, USUAL = 0.5, 5.0
"""Least seconds between two attempts, and the most if the server sends no Retry-After."""

_GATEWAYS = frozenset({502, 503, 504, 521, 522, 523})
"""The statuses of proxies whose server is unavailable."""

_PADDED = re.compile(r"0\d\d")


def is_starting(error: ServiceFailed) -> bool:
    """Whether an error means that the server is starting, and not that it is overloaded or broken.

    Both stages of the start send 503 with a page for people; the first adds a Retry-After of three digits, padded with
    zeros (Jellyfin server source, tag v10.11.11), and the AudioApi document has a header Message. A 503 with a page of
    a proxy means the same: there is no server behind it. Any other 503 is an ordinary error.
    """
    headers = error.headers
    return error.status == 503 and (
        "message" in headers
        or _PADDED.fullmatch(headers.get("retry-after", "")) is not None
        or headers.get("content-type", "").startswith("text/html")
    )


def is_away(error: BaseException) -> bool:
    """Whether the server is unavailable: the connection is refused, or a proxy finds no server behind it."""
    if isinstance(error, ConnectionFailed):
        return not error.sent and not isinstance(error, TimedOut)
    return isinstance(error, ServiceFailed) and error.status in _GATEWAYS


@define
class Away:
    """How many seconds to wait for a server that becomes unavailable after it has `answered`."""

    patience: float = PATIENCE
    answered: bool = False

    def waits_for(self, error: BaseException) -> bool:
        """Whether the server may come back from this failure."""
        return self.answered and is_away(error)


@frozen
class Patient(Effect[T]):
    """An exchange that waits while the server starts: until the deadline, or without one for 120 seconds.

    With `away` it also waits for a server that becomes unavailable, but only once: a wrong address fails at once, as
    does a server that does not return. It does not wait if retries are switched off.
    """

    effect: Effect[T]
    away: Away | None = None

    def __iter__(self) -> Generator[Effect[Any], Any, T]:
        """Repeat the exchange as long as the server is starting."""
        allowed = yield from Policy()
        starting: ServiceFailed | ConnectionFailed | None = None
        pause, looks, waited = 0.0, 0, 0.0
        while True:
            try:
                if starting is not None:
                    yield from Sleep(pause)
                return (yield from self.effect)
            except TimedOut as error:
                if starting is None or not error.deadline:
                    raise
                raise TimedOut(
                    f"{error.args[0]}: {_still(starting)}",
                    method=starting.method,
                    url=starting.url,
                    sent=True,
                    deadline=True,
                ) from starting
            except (StatusError, UnexpectedAnswer, ConnectionFailed) as error:
                if not isinstance(error, (ServiceFailed, ConnectionFailed)):
                    mention(error)
                    raise
                starts = isinstance(error, ServiceFailed) and is_starting(error)
                comes_back = self.away is not None and self.away.waits_for(error)
                if allowed.retry.attempts == 1 or not (starts or comes_back):
                    raise
                usual = min(FIRST * 2.0 ** min(looks, 9), USUAL)
                stated = error.retry_after if isinstance(error, ServiceFailed) else None
                pause = usual if stated is None else max(FIRST, stated)
                looks, waited = looks + 1, waited + pause
                patience = self.away.patience if self.away is not None and comes_back else PATIENCE
                if waited > patience and not (starts and allowed.bounded):
                    self._give_up(error, patience)
                    raise
                starting = error

    def _give_up(self, error: ServiceFailed | ConnectionFailed, patience: float) -> None:
        error.add_note(_still(error, f" after {patience:.0f} s"))
        if self.away is not None:
            self.away.answered = False
        if isinstance(error, ServiceFailed):
            error.final = True  # the retry policy would wait as long again


def call(request: Request, parse: Callable[[Answer], T]) -> Plan[T]:
    """Send one request, with retries and after waiting for a start, and return its parsed response."""
    return (yield from attempt(Patient(Call(request, parse)), request.repeat))


def _still(error: ServiceFailed | ConnectionFailed, after: str = "") -> str:
    """The reason of an error, with the server's message if it sent one."""
    if not isinstance(error, ServiceFailed) or not is_starting(error):
        return f"the server is still away{after}"
    words = error.headers.get("message")
    return f"the server is still starting{after}" + (f": {words}" if words else "")
