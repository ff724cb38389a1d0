"""Runs blocking code, such as writes of files, for the blocking and the asyncio functions."""

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

    A cancelled task waits for it, so that nothing writes to a file after the task has ended.

    Args:
        work: the code.
        undo: receives the result if the task is cancelled meanwhile.
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
