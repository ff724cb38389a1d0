"""The loop: jobs go to an executor within a limit, and what ended is in the ledger before it is counted."""

from __future__ import annotations

import heapq
import json
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count, islice
from queue import Empty, SimpleQueue
from typing import Any, Literal, TypeAlias
from uuid import uuid4

from attrs import define, evolve, field, frozen

from .. import Answer, InvalidInput
from .._engine import AdaptiveLimit, FixedLimit, Limit, Permit, Stopped, stopping
from .jobs import Job, JobLike, job
from .ledger import Ledger, Row
from .work import Function, Outcome, Priced, described, perform

MOST_WORKERS = 64
"""How many threads work at most when the limit is found by trying."""

_TAKEN_UP = 400
"""Jobs that are entered in the ledger at a time, ahead of those that are begun."""

_LOOK = 0.5
"""Seconds after which the loop looks up at the latest, so that Ctrl-C is felt."""

_FIRST_DELAY, _LONGEST_DELAY = 1.0, 60.0
"""Seconds before a job is tried again; doubled with each attempt."""


@frozen(repr=False)
class Report(Answer):
    """How far a run is, or how it ended.

    Attributes:
        done: jobs done by this run.
        failed: jobs that failed in this run, after all attempts.
        skipped: jobs that were done, or had failed, before.
        under_way: jobs being done now.
        price: USD that this run's jobs cost, as far as it is known.
        seconds: seconds since the run began.
        level: how many jobs may be under way.
        stopped: why the run ended before its last job; None when it did not.
        ledger: the file with all of it.
    """

    ledger: str
    done: int = 0
    failed: int = 0
    skipped: int = 0
    under_way: int = 0
    price: float = 0.0
    seconds: float = 0.0
    level: int = 0
    stopped: str | None = None

    @property
    def ok(self) -> bool:
        """Whether every job is done."""
        return not self.failed and self.stopped is None


OnProgress: TypeAlias = Callable[[Report], None]


def run(
    task: Function,
    jobs: Iterable[JobLike],
    *,
    ledger: str | os.PathLike[str],
    workers: int | Literal["auto"] = "auto",
    executor: Executor | None = None,
    attempts: int = 3,
    max_price: float | None = None,
    stop_after: int | None = None,
    retry_failed: bool = False,
    on_progress: OnProgress | None = None,
) -> Report:
    """Do a task for each of many jobs, and keep account of them in a ledger.

    The same call again does only what is missing, has changed, or was interrupted. Each job is done at least once: one
    that was under way when the process was killed is done again.

    Args:
        task: what to do for each job: one of this package's tasks, or any function of a `Job`. With an executor of
            other processes it must be picklable.
        jobs: jobs, paths or texts; taken one by one, never held whole.
        ledger: the SQLite file; it is made if it does not exist.
        workers: how many jobs may be under way; ``"auto"`` finds what the server can do.
        executor: where the work is done, such as `distributed.Client.get_executor(pure=False)`; threads of this process
            when None.
        attempts: how often a job is tried before it counts as failed.
        max_price: USD; no job is begun that would make the run more expensive. The task must be able to tell prices.
        stop_after: the run ends after so many failed jobs.
        retry_failed: whether jobs that failed in an earlier run are tried again.
        on_progress: called with the report so far, in this thread, after jobs ended; what it raises ends the run.

    Returns:
        The report. Where the key was refused, the disk is full, or the like, it says so in `stopped`.

    Raises:
        ConfigurationError: another run works on the ledger, or the file is no ledger.
        InvalidInput: an argument is wrong.
    """
    for name, value in (("attempts", attempts), ("workers", workers), ("stop_after", stop_after)):
        if value not in ("auto", None) and (not isinstance(value, int) or value < 1):
            raise InvalidInput.of(name, value, "a whole number, 1 or more")
    priced: object = task
    if max_price is not None and not isinstance(priced, Priced):
        raise InvalidInput.of("max_price", max_price, "None, as this task cannot tell what a job will cost")
    limit: Limit = AdaptiveLimit(MOST_WORKERS) if workers == "auto" else FixedLimit(workers)
    with Ledger.write(ledger) as book, _pool(executor, workers) as pool:
        loop = _Loop(task, book, pool, limit, attempts, max_price, stop_after, retry_failed, on_progress)
        try:
            return loop.run(map(job, jobs))
        finally:
            book.release()  # what was not ended waits for the next run


@contextmanager
def _pool(executor: Executor | None, workers: int | Literal["auto"]) -> Generator[Executor]:
    """Where the work is done: what the caller gave, or threads.

    Leaving a run waits for the jobs that are under way. Where that wait is left too, the threads end their jobs early.
    """
    if executor is not None:
        yield executor
        return
    left = threading.Event()
    most = MOST_WORKERS if workers == "auto" else workers
    threads = ThreadPoolExecutor(most, "tonearm bulk", initializer=stopping.set, initargs=(left,))
    try:
        yield threads
    except BaseException:
        left.set()
        raise
    finally:
        threads.shutdown(cancel_futures=True)


@frozen(order=False)
class _Begun:
    row: Row
    attempt: int
    permit: Permit
    price: float


@define(eq=False)
class _Loop:
    task: Function
    book: Ledger
    pool: Executor
    limit: Limit
    attempts: int
    max_price: float | None
    stop_after: int | None
    retry_failed: bool
    on_progress: OnProgress | None
    run_id: str = field(factory=lambda: uuid4().hex)
    report: Report = field(init=False)
    began: float = field(factory=time.monotonic)
    ready: deque[Row] = field(factory=deque[Row])
    again: list[tuple[float, int, int, Row]] = field(
        factory=list[tuple[float, int, int, Row]]
    )  # a heap: when, an order, which attempt
    order: Iterator[int] = field(factory=count)
    exhausted: bool = False
    under_way: dict[Future[Outcome], _Begun] = field(factory=dict[Future[Outcome], _Begun])
    ended: SimpleQueue[Future[Outcome]] = field(factory=SimpleQueue[Future[Outcome]])
    reserved: float = 0.0

    def __attrs_post_init__(self) -> None:
        self.report = Report(str(self.book.path))

    def run(self, jobs: Iterator[Job]) -> Report:
        """Go through all jobs; work that is under way when the loop is left is waited for, and entered."""
        try:
            while self._fill(jobs) or self.under_way or self.again:
                self._settle(self._collect())
        except BaseException:
            self._leave()
            raise
        return self.report

    def _leave(self) -> None:
        for future in list(self.under_way):
            future.cancel()
        self.on_progress = None
        while self.under_way:
            self._settle(self._collect())

    def _fill(self, jobs: Iterator[Job]) -> bool:
        """Begin what the limit allows; False when no job is left to begin."""
        begun: list[tuple[int, float, int]] = []
        while self.report.stopped is None and len(self.under_way) < self.limit.level:
            now = time.monotonic()
            found = None if self.limit.ready(now) else self._next(jobs, now)
            if found is None or not self._begin(*found):
                break
            begun.append((found[1], time.time(), found[0].id))
        if begun:
            self.book.begin(begun)
        return self.report.stopped is None and (bool(self.ready) or not self.exhausted)

    def _next(self, jobs: Iterator[Job], now: float) -> tuple[Row, int] | None:
        """The next job and which attempt it is; None when there is none now."""
        if self.again and self.again[0][0] <= now:
            _, _, attempt, row = heapq.heappop(self.again)
            return row, attempt
        while not self.ready:
            batch = list(islice(jobs, _TAKEN_UP))
            if not batch:
                self.exhausted = True
                return None
            rows = self.book.take_up(batch, described(self.task), retry_failed=self.retry_failed)
            self.ready += rows
            self._tell(skipped=self.report.skipped + len(batch) - len(rows))
        return self.ready.popleft(), 1

    def _begin(self, row: Row, attempt: int) -> bool:
        """Give a job to the executor; False where the run must stop instead."""
        price = 0.0
        priced: object = self.task
        if self.max_price is not None and isinstance(priced, Priced):
            price = priced.price(row.job) or 0.0
            if self.report.price + self.reserved + price > self.max_price:
                self._tell(stopped=f"the next job would cost more than is left of {self.max_price} USD")
                return False
        try:
            future = self.pool.submit(perform, self.task, row.id, row.job, self.run_id)
        except Exception as error:
            self._tell(stopped=f"the executor takes no more work: {str(error) or type(error).__name__}")
            return False
        self.reserved += price
        self.under_way[future] = _Begun(row, attempt, self.limit.begin(time.monotonic()), price)
        future.add_done_callback(self.ended.put)
        return True

    def _collect(self) -> list[Future[Outcome]]:
        """Wait until something has ended, or may begin; all that has ended by then is taken at once."""
        found: list[Future[Outcome]] = []
        if self.ended.empty():
            self.book.commit()  # there is time for it, and others see what is under way
            with suppress(Empty):
                found.append(self.ended.get(timeout=self._patience()))
        with suppress(Empty):
            while True:
                found.append(self.ended.get_nowait())
        return found

    def _patience(self) -> float:
        """Seconds until the loop has to look up."""
        now = time.monotonic()
        retry = self.again[0][0] - now if self.again else _LOOK
        return min(_LOOK, max(0.001, retry), self.limit.ready(now) or _LOOK)

    def _settle(self, futures: list[Future[Outcome]]) -> None:
        """Enter in the ledger what has ended; only then count and report it."""
        entries: list[dict[str, Any]] = []
        done = failed = 0
        price = 0.0
        for future in futures:
            begun = self.under_way.pop(future)
            self.reserved -= begun.price
            outcome = _outcome(future, begun)
            if outcome is None:
                if self.report.stopped is None:
                    self._tell(stopped="the executor gave work back that was not done")
                continue
            now = time.monotonic()
            self.limit.end(begun.permit, now, refused=outcome.refused, wait=outcome.wait)
            if outcome.error is not None and outcome.again and begun.attempt < self.attempts:
                delay = max(outcome.wait, min(_FIRST_DELAY * 2 ** (begun.attempt - 1), _LONGEST_DELAY))
                heapq.heappush(self.again, (now + delay, next(self.order), begun.attempt + 1, begun.row))
                continue
            if outcome.fatal:  # it is not the job's fault, so the job waits for the next run
                self._tell(stopped=self.report.stopped or outcome.error)
                continue
            cost = outcome.result.price if outcome.result.price is not None else begun.price
            price += cost if outcome.error is None else 0.0
            done += outcome.error is None
            failed += outcome.error is not None
            entries.append(_entry(outcome, begun, cost))
        if entries:
            self.book.end(entries)
            self.book.commit()
        self._tell(done=self.report.done + done, failed=self.report.failed + failed, price=self.report.price + price)
        if self.stop_after is not None and self.report.failed >= self.stop_after and self.report.stopped is None:
            self._tell(stopped=f"{self.report.failed} jobs failed")
        if self.report.stopped is not None:
            self.again.clear()
        if futures and self.on_progress is not None:
            self.on_progress(self.report)

    def _tell(self, **changes: Any) -> None:
        self.report = evolve(
            self.report,
            under_way=len(self.under_way),
            level=self.limit.level,
            seconds=time.monotonic() - self.began,
            **changes,
        )


def _outcome(future: Future[Outcome], begun: _Begun) -> Outcome | None:
    """How a job ended; None where it was not done. A failure of the executor, such as a dead worker, is an outcome."""
    try:
        return future.result()
    except (CancelledError, Stopped):
        return None
    except Exception as error:
        return Outcome(begun.row.id, error=f"{type(error).__name__}: {error}", kind=type(error).__name__)


def _entry(outcome: Outcome, begun: _Begun, price: float) -> dict[str, Any]:
    return {
        "id": begun.row.id,
        "state": "done" if outcome.error is None else "failed",
        "outputs": json.dumps(outcome.result.outputs),
        "made": outcome.result.made,
        "error": outcome.error,
        "kind": outcome.kind,
        "seconds": outcome.seconds,
        "bytes": outcome.result.bytes,
        "price": price or None,
        "worker": outcome.worker,
        "ended": time.time(),
    }
