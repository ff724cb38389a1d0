"""Waiting for a server that starts up, which costs no attempts."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from attrs import frozen

from ..._engine import Call, Effect, Plan, Policy, Sleep, attempt
from ..._http import Answer, Request
from ...errors import ServiceFailed, TimedOut

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds that a server may take to start, for calls that have no deadline."""

FIRST, USUAL = 0.5, 5.0
"""Seconds between two looks at least, and at most where the server does not say how long to wait."""

_PADDED = re.compile(r"0\d\d")


def is_starting(error: ServiceFailed) -> bool:
    """Whether a failure says that the server is starting up, and not that it is overloaded or broken.

    Both stages of the start answer 503 with a page for people; the first adds a Retry-After of three digits, which is
    padded with zeros (Jellyfin server source, tag v10.11.11), and the AudioApi document has a header Message. A proxy
    that answers 503 with a page says the same: no server is behind it. Other 503 are failures like any other.
    """
    headers = error.headers
    return error.status == 503 and (
        "message" in headers
        or _PADDED.fullmatch(headers.get("retry-after", "")) is not None
        or headers.get("content-type", "").startswith("text/html")
    )


@frozen
class Patient(Effect[T]):
    """An exchange that waits while the server starts up: until the deadline, or 120 seconds where there is none.

    Where retries are switched off it does not wait.
    """

    effect: Effect[T]

    def __iter__(self) -> Generator[Effect[Any], Any, T]:
        """Perform the exchange until it gives something else than that the server is starting."""
        allowed = yield from Policy()
        starting: ServiceFailed | None = None
        pause, looks, waited = 0.0, 0, 0.0
        while True:
            try:
                if starting is not None:
                    yield from Sleep(pause)
                return (yield from self.effect)
            except ServiceFailed as error:
                if allowed.retry.attempts == 1 or not is_starting(error):
                    raise
                usual = min(FIRST * 2.0 ** min(looks, 9), USUAL)
                pause = usual if error.retry_after is None else max(FIRST, error.retry_after)
                looks, waited = looks + 1, waited + pause
                if waited > PATIENCE and not allowed.bounded:
                    error.add_note(_still(error, f" after {PATIENCE:.0f} s"))
                    error.final = True  # the retry policy would wait as long again
                    raise
                starting = error
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


def call(request: Request, parse: Callable[[Answer], T]) -> Plan[T]:
    """Send one request, repeated as allowed and once the server has started, and return its parsed answer."""
    return (yield from attempt(Patient(Call(request, parse)), request.repeat))


def _still(error: ServiceFailed, after: str = "") -> str:
    """What is behind a failure, with the server's own words if it had any."""
    words = error.headers.get("message")
    return f"the server is still starting{after}" + (f": {words}" if words else "")
