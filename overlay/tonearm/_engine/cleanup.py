"""Clean-up requests at the end of a stream or call: a short plan with little time, whose failure is only logged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeAlias

from .._http import AsyncHttpClient, HttpClient, Wire, logger
from ..errors import TonearmError
from .plan import Plan
from .runners import run, run_async

PATIENCE = 3.0
"""Seconds that clean-up may take."""

Leaving: TypeAlias = Callable[[], Plan[None]]
"""Makes the clean-up plan, when it is known what must be cleaned up."""


def leave(plan: Plan[None], wire: Wire[HttpClient]) -> None:
    """Run a clean-up plan."""
    try:
        run(plan, wire.within(PATIENCE))
    except TonearmError as error:
        _log(error)


async def leave_async(plan: Plan[None], wire: Wire[AsyncHttpClient]) -> None:
    """Run a clean-up plan to its end, even if the task is cancelled meanwhile."""
    task = asyncio.ensure_future(_quietly(plan, wire))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    try:
        task.result()
    finally:
        if cancelled is not None:
            raise cancelled


async def _quietly(plan: Plan[None], wire: Wire[AsyncHttpClient]) -> None:
    try:
        await run_async(plan, wire.within(PATIENCE))
    except TonearmError as error:
        _log(error)


@contextmanager
def leaving(make: Leaving, wire: Wire[HttpClient]) -> Generator[None]:
    """Clean up at the end of a ``with`` block, whatever ends it."""
    try:
        yield
    finally:
        leave(make(), wire)


@asynccontextmanager
async def leaving_async(make: Leaving, wire: Wire[AsyncHttpClient]) -> AsyncGenerator[None]:
    """Clean up at the end of an ``async with`` block, whatever ends it."""
    try:
        yield
    finally:
        await leave_async(make(), wire)


def _log(error: TonearmError) -> None:
    logger.warning("the server may continue with what was left: %s", error)
