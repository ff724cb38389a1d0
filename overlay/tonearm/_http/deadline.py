"""The deadline of one public call, kept also while a socket sends or receives."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import Token
from types import TracebackType
from typing import Any, TypeVar

from attrs import define

from .._base import cancellation
from ..errors import TimedOut
from .connection import Wire
from .network import remaining
from .request import Request

T = TypeVar("T")


@define(eq=False)
class Clock:
    """The deadline of one public call.

    The sockets of our own clients limit their timeouts to the remaining seconds (`network`). Looking up a host's name
    cannot be limited, each further address of a host is tried again, and the sockets of a lent client (`http=`) keep
    one timeout for each read and write.

    `last` is the request that was started last; `unsent` is a request that was given up while it was connecting. After
    the plan has received the error of the deadline (`is_over`), it only cleans up, which has no deadline.
    """

    wire: Wire[Any]
    end: float | None
    last: Request | None = None
    unsent: Request | None = None
    is_over: bool = False

    @classmethod
    def of(cls, wire: Wire[Any]) -> Clock:
        """Start the clock of a call."""
        deadline = wire.options.deadline
        return cls(wire, None if deadline is None else time.monotonic() + deadline)

    def left(self, *, sent: bool = True) -> float | None:
        """Seconds that remain; None without a deadline; TimedOut if it has passed."""
        if self.end is None:
            return None
        left = self.end - time.monotonic()
        if left <= 0:
            raise self.passed(sent=sent)
        return left

    def before(self, request: Request) -> float | None:
        """Seconds that remain for a request that is sent now."""
        self.last = request
        return self.left(sent=False)

    def passed(self, *, sent: bool = True) -> TimedOut:
        """The error of a passed deadline; `sent` is whether the last request may have reached the server."""
        self.is_over = True
        method, path = (self.last.method, self.last.path) if self.last else ("call to", "")
        url = path.partition("?")[0] if "://" in path else self.wire.base_url + path
        sent = sent and self.last is not self.unsent
        return TimedOut("the deadline of the call has passed", method=method, url=url, sent=sent, deadline=True)

    def remaining(self) -> float:
        """Seconds that remain of an existing deadline; negative if it has passed."""
        assert self.end is not None
        return self.end - time.monotonic()

    def work_left(self) -> float | None:
        """Seconds that remain for blocking work, negative after the deadline; None if it has no limit."""
        return None if self.end is None or self.is_over else self.end - time.monotonic()

    def work(self, run: Callable[[], T]) -> T:
        """Run blocking code whose `check_stop` keeps to the deadline."""
        token = cancellation.limit.set(None if self.work_left() is None else self.left)
        try:
            return run()
        finally:
            cancellation.limit.reset(token)


class Running:
    """A block in which this thread sends and receives within the deadline."""

    __slots__ = ("_clock", "_token")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __enter__(self) -> None:
        self._token: Token[Callable[[], float] | None] = remaining.set(
            None if self._clock.end is None else self._clock.remaining
        )

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        remaining.reset(self._token)
