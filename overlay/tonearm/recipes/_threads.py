"""Blocking code, such as that which writes files, in both colours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def in_thread(work: Callable[[], T], undo: Callable[[T], object] | None = None) -> T:  # noqa: ARG001  # the twin's
    """Run blocking code here."""
    return work()


async def in_thread_async(work: Callable[[], T], undo: Callable[[T], object] | None = None) -> T:
    """Run blocking code in a thread.

    A task that is cancelled waits for it, so that nothing writes to a file any more once the task has ended.

    Args:
        work: the code.
        undo: gets the result when the task is cancelled before it could take it.
    """
    future = asyncio.ensure_future(asyncio.to_thread(work))
    cancelled: asyncio.CancelledError | None = None
    while not future.done():
        try:
            await asyncio.wait({future})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is None:
        return future.result()
    if future.exception() is None and undo is not None:
        undo(future.result())
    raise cancelled
