"""The deadline of one public call, kept also while a socket sends or receives."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

from attrs import define

from .._base import cancellation
from ..errors import TimedOut
from .connection import Wire
from .request import Request

T = TypeVar("T")

_SLICE = 16 * 1024
"""Bytes that are given to a socket at once while a deadline runs."""


@define(eq=False)
class Clock:
    """The deadline of one public call.

    Blocking sockets know only a timeout for each read and write, which starts again with every byte that arrives, so
    the streams of our connections (`watch`) shorten theirs to what is left. Looking up a host's name cannot be
    shortened, each further address of a host is tried anew, and a connection that the owner of an `http=` client
    opened, or one over another transport, keeps one timeout for each read and write.

    `last` is the request that was begun last; `unsent` is one that was given up while it was connecting. Once a plan is
    `told` that the deadline has passed, what it still does is tidying up, which has no deadline.
    """

    wire: Wire[Any]
    end: float | None
    last: Request | None = None
    unsent: Request | None = None
    told: bool = False

    @classmethod
    def of(cls, wire: Wire[Any]) -> Clock:
        """Start the clock of a call."""
        deadline = wire.options.deadline
        return cls(wire, None if deadline is None else time.monotonic() + deadline)

    def left(self, *, sent: bool = True) -> float | None:
        """Seconds that remain, None when there is no deadline; TimedOut when it has passed."""
        if self.end is None:
            return None
        left = self.end - time.monotonic()
        if left <= 0:
            raise self.passed(sent=sent)
        return left

    def before(self, request: Request) -> float | None:
        """The same for a request that is to be sent now."""
        self.last = request
        return self.left(sent=False)

    def passed(self, *, sent: bool = True) -> TimedOut:
        """The error for a deadline that has passed; `sent` is whether the last request may have reached the server."""
        self.told = True
        method, path = (self.last.method, self.last.path) if self.last else ("call to", "")
        url = path.partition("?")[0] if "://" in path else self.wire.base_url + path
        sent = sent and self.last is not self.unsent
        return TimedOut("the deadline of the call has passed", method=method, url=url, sent=sent, deadline=True)

    @contextmanager
    def running(self) -> Generator[None]:
        """While this lasts, what this thread sends and receives keeps to the deadline."""
        token = _running.set(None if self.end is None else self)
        try:
            yield
        finally:
            _running.reset(token)

    def work_left(self) -> float | None:
        """Seconds that remain for blocking work, perhaps less than none; None when nothing bounds it."""
        return None if self.end is None or self.told else self.end - time.monotonic()

    def work(self, run: Callable[[], T]) -> T:
        """Run blocking code whose `check_stop` keeps to the deadline."""
        token = cancellation.limit.set(None if self.work_left() is None else self.left)
        try:
            return run()
        finally:
            cancellation.limit.reset(token)


_running: ContextVar[Clock | None] = ContextVar("running", default=None)


def watch(event: str, info: dict[str, Any]) -> None:
    """Follow a request through httpcore (its `trace` extension), and have each new connection keep to deadlines.

    When another thread closes the client, a thread that waits for such a connection is woken.
    """
    if event.endswith((".connect_tcp.started", ".start_tls.started")):
        info["timeout"] = _clipped(info["timeout"])
    elif event.endswith((".connect_tcp.complete", ".start_tls.complete")):
        stream = info["return_value"]
        stream.read = partial(_read, stream.read)
        stream.write = partial(_write, stream.write)
        stream.close = partial(_close, stream.close, stream.get_extra_info("socket"))


def _read(read: Callable[[int, float | None], bytes], max_bytes: int, timeout: float | None = None) -> bytes:
    return read(max_bytes, _clipped(timeout))


def _write(write: Callable[[bytes, float | None], None], buffer: bytes, timeout: float | None = None) -> None:
    step = _SLICE if _running.get() else max(1, len(buffer))
    for start in range(0, len(buffer), step):
        write(buffer[start : start + step], _clipped(timeout))


def _close(close: Callable[[], None], connection: socket.socket) -> None:
    with suppress(OSError):  # the other end may have closed it
        connection.shutdown(socket.SHUT_RDWR)
    close()


def _clipped(timeout: float | None) -> float | None:
    clock = _running.get()
    if clock is None or clock.end is None or timeout is None:
        return timeout
    return min(timeout, max(0.001, clock.end - time.monotonic()))
