"""The same run for a program on asyncio: the driver works in a thread, and the event loop stays free."""

from __future__ import annotations

import asyncio
import functools
import inspect
import os
import threading
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from typing import Any, Literal, TypeAlias, TypeVar, cast

from .._engine import Stopped
from .driver import run
from .jobs import Job, JobLike
from .report import OnProgress, Report
from .work import Function, Result

T = TypeVar("T")

AsyncFunction: TypeAlias = "Callable[[Job], Awaitable[Result | None]]"


async def run_async(
    task: Function | AsyncFunction,
    jobs: Iterable[JobLike | None] | AsyncIterable[JobLike | None],
    *,
    ledger: str | os.PathLike[str],
    workers: int | Literal["auto"] = "auto",
    executor: Executor | None = None,
    servers: Sequence[str] = (),
    attempts: int = 3,
    max_price: float | None = None,
    stop_after: int | None = None,
    retry_failed: bool = False,
    stop: threading.Event | None = None,
    on_progress: OnProgress | None = None,
) -> Report:
    """Do a task for each of many jobs, as `run` does, without blocking the event loop.

    A coroutine that is cancelled begins no further job, waits for those under way, and then ends as cancelled; where it
    is cancelled once more, it ends at once, and they end by themselves. What was not done waits for the next run.

    Args:
        task: as `run` has it, done in threads; or a coroutine function, done in the event loop.
        jobs: as `run` has them, taken in a thread; or an async iterable, taken in the event loop.
        ledger: as `run` has it.
        workers: as `run` has it.
        executor: as `run` has it; not for coroutine functions, which are done here.
        servers: as `run` has them.
        attempts: as `run` has them.
        max_price: as `run` has it.
        stop_after: as `run` has it.
        retry_failed: as `run` has it.
        stop: as `run` has it.
        on_progress: called in the event loop; what it raises ends the run.

    Returns:
        The report.

    Raises:
        ConfigurationError: another run works on the ledger, or the file is no ledger or cannot be written.
        InvalidInput: an argument is wrong.
    """
    loop = asyncio.get_running_loop()
    stop = threading.Event() if stop is None else stop
    done: Function = _here(task, loop) if inspect.iscoroutinefunction(task) else cast("Function", task)
    found = _taken(aiter(jobs), loop) if isinstance(jobs, AsyncIterable) else jobs
    tell = None if on_progress is None else functools.partial(_called, loop, on_progress)
    work = functools.partial(
        run,
        done,
        found,
        ledger=ledger,
        workers=workers,
        executor=executor,
        servers=servers,
        attempts=attempts,
        max_price=max_price,
        stop_after=stop_after,
        retry_failed=retry_failed,
        stop=stop,
        on_progress=tell,
    )
    ended = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(ended)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([ended])
        if not ended.cancelled():
            ended.exception()  # it is seen, and the cancellation is what the caller is told
        raise


def _here(task: AsyncFunction, loop: asyncio.AbstractEventLoop) -> Function:
    """A coroutine function as a function for other threads, which wait for the event loop; known by the same name."""

    @functools.wraps(task)
    def done(job: Job) -> Result | None:
        try:
            return _sent(loop, cast("Coroutine[Any, Any, Result | None]", task(job))).result()
        except CancelledError:
            raise Stopped from None  # the loop ends, so the job was not done

    return done


def _called(loop: asyncio.AbstractEventLoop, on_progress: OnProgress, report: Report) -> None:
    async def call() -> None:
        on_progress(report)

    _sent(loop, call()).result()


def _taken(jobs: AsyncIterator[JobLike | None], loop: asyncio.AbstractEventLoop) -> Iterator[JobLike | None]:
    """The jobs of an async iterator for the driver's thread; None while the next one is waited for."""

    async def following() -> JobLike | None:
        return await anext(jobs)

    coming: Future[JobLike | None] | None = None
    try:
        while True:
            coming = coming or _sent(loop, following())
            try:
                found = coming.result(timeout=0.01)
            except TimeoutError:
                if coming.done():
                    raise
                yield None
                continue
            except StopAsyncIteration:
                return
            coming = None
            yield found
    finally:
        if coming is not None:
            coming.cancel()


def _sent(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> Future[T]:
    return asyncio.run_coroutine_threadsafe(work, loop)
