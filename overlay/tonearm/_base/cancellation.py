"""How long-running code learns that the plan it runs for has been left."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from threading import Event


class Stopped(BaseException):
    """Ends a forked plan whose parent has left; never reaches the caller."""


stopping: ContextVar[Event | None] = ContextVar("stopping", default=None)
"""Set while code runs for a plan; once the event is set, that code must end."""


limit: ContextVar[Callable[[], object] | None] = ContextVar("limit", default=None)
"""Set while code runs for a call with a deadline: raises TimedOut once that has passed."""


def check_stop() -> None:
    """Raise Stopped when the plan that this code runs for has been left, and TimedOut when its deadline has passed.

    Called at every block of long work.
    """
    event = stopping.get()
    if event is not None and event.is_set():
        raise Stopped
    check = limit.get()
    if check is not None:
        check()
