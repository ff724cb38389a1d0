"""How long-running code learns that its plan was stopped."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from threading import Event


class Stopped(BaseException):
    """Ends a forked plan when its parent has ended; never reaches the caller."""


stopping: ContextVar[Event | None] = ContextVar("stopping", default=None)
"""The event of the plan that code runs for; once it is set, that code must end."""


limit: ContextVar[Callable[[], object] | None] = ContextVar("limit", default=None)
"""The check of the deadline of the call that code runs for: raises TimedOut once the deadline has passed."""


def check_stop() -> None:
    """Raise Stopped when the plan that this code runs for was stopped, and TimedOut when its deadline has passed.

    Long work calls this at every block.
    """
    event = stopping.get()
    if event is not None and event.is_set():
        raise Stopped
    check = limit.get()
    if check is not None:
        check()
