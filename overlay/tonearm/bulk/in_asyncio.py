"""A run in a program on asyncio: the driver works in a thread, and the event loop stays free."""

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

    When it is cancelled, no further job begins, and it ends after the running jobs; cancelled once more, it ends at
    once, and the running jobs end by themselves. The other jobs wait for the next run.

    Args:
        task: as in `run`, done in threads; or a coroutine function, done in the event loop.
        jobs: as in `run`, read in a thread; or an async iterable, read in the event loop.
        ledger: as in `run`.
        workers: as in `run`.
        executor: as in `run`; not for coroutine functions, which run in the event loop.
        servers: as in `run`.
        attempts: as in `run`.
        max_price: as in `run`.
        stop_after: as in `run`.
        retry_failed: as in `run`.
        stop: as in `run`.
        on_progress: called in the event loop; what it raises ends the run.

    Returns:
        The report.

    Raises:
        ConfigurationError: another run works on the ledger, or the file is no ledger or cannot be written.
        InvalidInput: an argument is wrong.
    """
    loop = asyncio.get_running_loop()
    stop = threading.Event() if stop is None else stop
    function: Function = _in_the_loop(task, loop) if inspect.iscoroutinefunction(task) else cast("Function", task)
    blocking_jobs = _jobs_of(aiter(jobs), loop) if isinstance(jobs, AsyncIterable) else jobs
    report_progress = None if on_progress is None else functools.partial(_called, loop, on_progress)
    work = functools.partial(
        run,
        function,
        blocking_jobs,
        ledger=ledger,
        workers=workers,
        executor=executor,
        servers=servers,
        attempts=attempts,
        max_price=max_price,
        stop_after=stop_after,
        retry_failed=retry_failed,
        stop=stop,
        on_progress=report_progress,
    )
    ended = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(ended)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([ended])
        if not ended.cancelled():
            ended.exception()  # retrieved, so that asyncio does not report it: the caller receives the cancellation
        raise


def _in_the_loop(task: AsyncFunction, loop: asyncio.AbstractEventLoop) -> Function:
    """A coroutine function as a function of the same name for other threads, which wait for the event loop."""

    @functools.wraps(task)
    def done(job: Job) -> Result | None:
        try:
            return _submitted(loop, cast("Coroutine[Any, Any, Result | None]", task(job))).result()
        except CancelledError:
            raise Stopped from None  # the loop ends, so the job was not done

    return done


def _called(loop: asyncio.AbstractEventLoop, on_progress: OnProgress, report: Report) -> None:
    async def call() -> None:
        on_progress(report)

    _submitted(loop, call()).result()


def _jobs_of(jobs: AsyncIterator[JobLike | None], loop: asyncio.AbstractEventLoop) -> Iterator[JobLike | None]:
    """The jobs of an async iterator for the driver's thread; None while the next one is not ready."""

    async def following() -> JobLike | None:
        return await anext(jobs)

    pending: Future[JobLike | None] | None = None
    try:
        while True:
            pending = pending or _submitted(loop, following())
            try:
                job = pending.result(timeout=0.01)
            except TimeoutError:
                if pending.done():
                    raise
                yield None
                continue
            except StopAsyncIteration:
                return
            pending = None
            yield job
    finally:
        if pending is not None:
            pending.cancel()


def _submitted(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> Future[T]:
    return asyncio.run_coroutine_threadsafe(work, loop)
