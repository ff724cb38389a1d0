"""A run of many jobs, from its arguments to its report."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Literal
from uuid import uuid4

from .. import ConfigurationError, InvalidInput
from .._engine import AdaptiveLimit, FixedLimit, stopping
from .clients import close_clients
from .jobs import JobLike, job
from .ledger import Ledger
from .loop import Loop, Rules
from .report import OnProgress, Report
from .servers import Servers
from .work import Function, Priced, run_id

MOST_WORKERS = 64
"""Jobs at a time that a server gets at most when `workers` is "auto"."""


def run(
    task: Function,
    jobs: Iterable[JobLike | None],
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
    """Do a task for each of many jobs, and record them in a ledger.

    The same call again does only the jobs that are missing, changed or interrupted. Each job is done at least once: a
    job that was running when the process was killed is done again.

    Args:
        task: what to do for each job: one of this package's tasks, or any function of a `Job`. With an executor of
            other processes it must be picklable.
        jobs: jobs, paths or texts, read one by one. None means that no job is ready at the moment; the next one is read
            soon, as with `watch`.
        ledger: the SQLite file; it is made if it does not exist.
        workers: how many jobs may run at a time; ``"auto"`` finds out how many the server can do.
        executor: where the work is done, such as `distributed.Client.get_executor(pure=False)`; threads of this process
            when None.
        servers: the base URLs of servers that share the work; the least busy one gets the next job. A server that
            cannot be reached is left out and tried again later, and pauses only if it asks for a pause itself. The
            task's `make` is called with ``base_url=``.
        attempts: how often a job is tried before it counts as failed.
        max_price: USD; no job begins that would make the run more expensive. The task must be able to estimate prices
            (`Priced`). A job whose price it does not know, such as one for a server that is not OpenAI's, fails before
            anything is sent. Each job receives its own limit (`Job.max_price`), which also bounds what is sent again
            when a transcript lacks a part of a recording.
        stop_after: the run ends after so many failed jobs.
        retry_failed: whether jobs that failed in an earlier run are tried again.
        stop: once another thread, or a signal handler, sets it, no further job begins; running jobs are finished.
        on_progress: called with the report so far, in this thread, after jobs ended; what it raises ends the run.

    Returns:
        The report; its `stopped` says if the run was ended by a refused key, a full disk or the like.

    Raises:
        ConfigurationError: another run works on the ledger, or the file is no ledger or cannot be written.
        InvalidInput: an argument is wrong.
    """
    for name, value in (("attempts", attempts), ("workers", workers), ("stop_after", stop_after)):
        if value not in ("auto", None) and (not isinstance(value, int) or value < 1):
            raise InvalidInput.of(name, value, "a whole number, 1 or more")
    if max_price is not None and not (isinstance(max_price, (int, float)) and max_price >= 0):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("max_price", max_price, "a number of USD, 0 or more")
    priced: object = task
    if max_price is not None and not isinstance(priced, Priced):
        raise InvalidInput.of("max_price", max_price, "None, as this task cannot estimate the price of a job")
    rules = Rules(attempts=attempts, max_price=max_price, stop_after=stop_after, retry_failed=retry_failed, stop=stop)
    if isinstance(servers, str) or not all(servers):
        raise InvalidInput.of("servers", servers, "the base URLs of servers")
    if workers == "auto":
        shared = Servers.of(servers, lambda: AdaptiveLimit(MOST_WORKERS), None)
    else:
        shared = Servers.of(servers, lambda: FixedLimit(workers), workers)
    threads = MOST_WORKERS * len(shared.all) if workers == "auto" else workers
    current = uuid4().hex
    token = run_id.set(current)  # prices are estimated in this thread
    try:
        with Ledger.write(ledger) as book, _pool(executor, threads) as pool:
            try:
                return Loop(task, book, pool, shared, rules, on_progress, current).run(
                    None if given is None else job(given) for given in jobs
                )
            finally:
                book.release()  # unfinished jobs wait for the next run
    except sqlite3.Error as error:
        raise ConfigurationError(f"the ledger {os.fspath(ledger)} cannot be written: {error}") from error
    finally:
        run_id.reset(token)
        close_clients(current)


@contextmanager
def _pool(executor: Executor | None, count: int) -> Generator[Executor]:
    """The executor of the caller, or threads.

    When a run is interrupted, it waits for the running jobs. If that wait is interrupted, too, the threads end their
    jobs early.
    """
    if executor is not None:
        yield executor
        return
    interrupted = threading.Event()
    threads = ThreadPoolExecutor(count, "tonearm bulk", initializer=stopping.set, initargs=(interrupted,))
    try:
        yield threads
    except BaseException:
        interrupted.set()
        raise
    finally:
        threads.shutdown(cancel_futures=True)
