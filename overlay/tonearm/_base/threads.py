"""Starting threads, so that Ctrl-C meanwhile is Ctrl-C."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def starting() -> Generator[None]:
    """A block that starts a thread; Ctrl-C in it is KeyboardInterrupt, and the thread runs all the same.

    `Thread.start` waits until the new thread, which holds a lock for a moment, has begun. Where Ctrl-C ends the wait
    for that lock, CPython (up to 3.13) releases it without having it, and raises RuntimeError.
    """
    try:
        yield
    except RuntimeError as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            raise error.__context__ from None
        raise
