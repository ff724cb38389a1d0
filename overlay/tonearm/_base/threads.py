"""Starting threads, so that Ctrl-C meanwhile is Ctrl-C, and a refusal by the system is an OSError."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

_REFUSED = "can't start new thread"  # CPython has no other sign of it


@contextmanager
def starting() -> Generator[None]:
    """A block that starts a thread; Ctrl-C in it is KeyboardInterrupt, and the thread runs all the same.

    Where the system refuses another thread, CPython raises RuntimeError, which would count as a fault of the program:
    it becomes an OSError, after which the same call can resume.

    `Thread.start` waits until the new thread, which holds a lock for a moment, has begun. Where Ctrl-C ends the wait
    for that lock, CPython (up to 3.13) releases it without having it, and raises RuntimeError.
    """
    try:
        yield
    except RuntimeError as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            raise error.__context__ from None
        if str(error) == _REFUSED:
            raise OSError("the system refuses another thread: see its limits") from error  # EAGAIN would mean a lock
        raise
