"""How long-running code learns that the plan it runs for has been left."""

from __future__ import annotations

from contextvars import ContextVar
from threading import Event


class Stopped(BaseException):
    """Ends a forked plan whose parent has left; never reaches the caller."""


stopping: ContextVar[Event | None] = ContextVar("stopping", default=None)
"""Set while code runs for a plan; once the event is set, that code must end."""


def check_stop() -> None:
    """Raise Stopped when the plan that this code runs for has been left. Called at every block of long work."""
    event = stopping.get()
    if event is not None and event.is_set():
        raise Stopped
