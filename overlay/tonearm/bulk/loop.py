"""The loop of a run: jobs go to an executor within a limit, and what ended is in the ledger before it is counted."""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import suppress
from itertools import count, islice
from queue import Empty, SimpleQueue
from typing import Any

from attrs import define, evolve, field, frozen

from .._engine import keeps
from .attempts import Begun, Try, entry_of, outcome_of
from .jobs import Job
from .ledger import Ledger
from .report import STOPPED, OnProgress, Report
from .rows import Due
from .servers import Servers
from .work import Function, Outcome, Priced, described, failed, perform

_TAKEN_UP = 400
"""Jobs that are entered in the ledger at a time, ahead of those that are begun."""

_LOOK = 0.5
"""Seconds after which the loop looks up at the latest, so that Ctrl-C is felt."""

_FIRST_DELAY, _LONGEST_DELAY = 1.0, 60.0
"""Seconds before a job is tried again; doubled with each attempt."""


@frozen(kw_only=True)
class Rules:
    """What a run was asked to do with its jobs; see `run`."""

    attempts: int
    max_price: float | None
    stop_after: int | None
    retry_failed: bool
    stop: threading.Event | None


@define(eq=False)
class Loop:
    """A run that is at work."""

    task: Function
    book: Ledger
    pool: Executor
    servers: Servers
    rules: Rules
    on_progress: OnProgress | None
    run_id: str
    report: Report = field(init=False)
    began: float = field(factory=time.monotonic)
    ready: deque[Due] = field(factory=deque[Due])
    again: list[tuple[float, int, Try]] = field(factory=list[tuple[float, int, Try]])  # a heap: when, an order
    order: Iterator[int] = field(factory=count)
    exhausted: bool = False
    under_way: dict[Future[Outcome], Begun] = field(factory=dict[Future[Outcome], Begun])
    ended: SimpleQueue[Future[Outcome]] = field(factory=SimpleQueue[Future[Outcome]])
    reserved: float = 0.0
    kept: bool = False
    """Whether something is kept of a job that was not done."""
    passing: bool = True
    """Whether what stopped the run may pass."""

    def __attrs_post_init__(self) -> None:
        self.report = Report(str(self.book.path))

    def run(self, jobs: Iterator[Job | None]) -> Report:
        """Go through all jobs; work that is under way when the loop is left is waited for, and entered."""
        try:
            while self._fill(jobs) or self.under_way or self.again:
                self._settle(self._collect())
        except BaseException as error:
            self._leave()
            if self.book.counts():  # the ledger keeps what is to be done, too
                keeps(error)
            raise
        if self.passing and (self.report.stopped or self.report.failed_passing) and self._is_kept():
            self._tell(resumable=True)
        return self.report

    def _is_kept(self) -> bool:
        """Whether another run would go on from something."""
        return self.kept or bool(self.report.done or self.book.counts().get("done"))

    def _leave(self) -> None:
        for future in list(self.under_way):
            future.cancel()
        self.on_progress = None
        while self.under_way:
            self._settle(self._collect())

    def _fill(self, jobs: Iterator[Job | None]) -> bool:
        """Begin what the limit allows; False when no job is left to begin."""
        begun: list[tuple[int, float, int]] = []
        if self.rules.stop is not None and self.rules.stop.is_set() and self.report.stopped is None:
            self._tell(stopped=STOPPED)
            self.again.clear()
        while self.report.stopped is None and len(self.under_way) < self.servers.level:
            if begun and not self.ready:  # the ledger knows what is under way before it takes up more
                self.book.begin(begun)
                begun = []
            now = time.monotonic()
            found = None if self.servers.wait(now) else self._next(jobs, now)
            if found is None or not self._begin(found):
                break
            begun.append((found.number, time.time(), found.row.id))
        if begun:
            self.book.begin(begun)
        return self.report.stopped is None and (bool(self.ready) or not self.exhausted)

    def _next(self, jobs: Iterator[Job | None], now: float) -> Try | None:
        """The next attempt; None when there is none now."""
        if self.again and self.again[0][0] <= now:
            return heapq.heappop(self.again)[2]
        while not self.ready:
            batch = self._batch(jobs)
            if not batch:
                return None
            rows = self.book.take_up(
                batch,
                described(self.task),
                retry_failed=self.rules.retry_failed,
                repeats=getattr(self.task, "repeats", False),
            )
            self.ready += rows
            self._tell(skipped=self.report.skipped + len(batch) - len(rows))
        due = self.ready.popleft()
        return Try(due.row, due.known)

    def _batch(self, jobs: Iterator[Job | None]) -> list[Job]:
        """The next jobs, as far as they are there now."""
        batch: list[Job] = []
        for found in islice(jobs, _TAKEN_UP):
            if found is None:
                return batch
            batch.append(found)
        self.exhausted = not batch
        return batch

    def _begin(self, tried: Try) -> bool:
        """Give a job to the executor; False where the run must stop instead."""
        row, price = tried.row, None
        priced: object = self.task
        if self.rules.max_price is not None and isinstance(priced, Priced):
            try:
                price = priced.price(row.job)
            except Exception as error:
                future: Future[Outcome] = Future()
                future.set_result(failed(row.id, error))  # such as a file that is missing: only this job fails
                self._watch(future, Begun(tried, self.servers.begin(time.monotonic()), 0.0))
                return True
            if self.report.price + self.reserved + (price or 0.0) > self.rules.max_price:
                spends = self.report.price + self.reserved > 0  # else the next run stops here, too
                self.passing = self.passing and spends
                self._tell(stopped=f"the next job would cost more than is left of {self.rules.max_price} USD")
                return False
        lease = self.servers.begin(time.monotonic())
        try:
            begun = tried.known or tried.number > 1 or tried.moved > 0
            mark = f"{self.book.name}-{row.id}"
            given = evolve(row.job, server=lease.server.url, mark=mark, begun=begun, max_price=price or None)
            future = self.pool.submit(perform, self.task, row.id, given, self.run_id)
        except Exception as error:
            self.servers.end(lease, time.monotonic(), None)
            self._tell(stopped=f"the executor takes no more work: {str(error) or type(error).__name__}")
            return False
        self._watch(future, Begun(tried, lease, price or 0.0))
        return True

    def _watch(self, future: Future[Outcome], begun: Begun) -> None:
        self.reserved += begun.price
        self.under_way[future] = begun
        future.add_done_callback(self.ended.put)

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
        return min(_LOOK, max(0.001, retry), self.servers.wait(now) or _LOOK)

    def _settle(self, futures: list[Future[Outcome]]) -> None:
        """Enter in the ledger what has ended; only then count and report it."""
        entries: list[dict[str, Any]] = []
        done = failed = passing = 0
        price = 0.0
        for future in futures:
            begun = self.under_way.pop(future)
            self.reserved -= begun.price
            tried, outcome, now = begun.tried, outcome_of(future, begun), time.monotonic()
            elsewhere = self.servers.end(begun.lease, now, outcome)
            if outcome is None:
                self.kept = True
                if self.report.stopped is None:
                    self._tell(stopped="the executor gave work back that was not done")
                continue
            if elsewhere and tried.moved < len(self.servers.all):
                self._retry(now, evolve(tried, moved=tried.moved + 1))
                continue
            if outcome.error is not None and outcome.again and tried.number < self.rules.attempts:
                delay = max(outcome.wait, min(_FIRST_DELAY * 2 ** (tried.number - 1), _LONGEST_DELAY))
                self._retry(now + delay, evolve(tried, number=tried.number + 1))
                continue
            self.kept = self.kept or outcome.kept
            if outcome.fatal:  # it is not the job's fault, so the job waits for the next run
                self.passing = self.passing and outcome.passing
                if self.report.stopped is None:
                    self._tell(stopped=outcome.error, cause=outcome.cause)
                continue
            cost = outcome.result.price if outcome.result.price is not None else begun.price * outcome.paid
            price += cost
            done += outcome.error is None
            failed += outcome.error is not None
            passing += outcome.error is not None and outcome.passing
            entries.append(entry_of(outcome, begun, cost))
        if entries:
            self.ready += self.book.end(entries)
            self.book.commit()
        self._tell(
            done=self.report.done + done,
            failed=self.report.failed + failed,
            failed_passing=self.report.failed_passing + passing,
            price=self.report.price + price,
        )
        if (
            self.rules.stop_after is not None
            and self.report.failed >= self.rules.stop_after
            and self.report.stopped is None
        ):
            self._tell(stopped=f"{self.report.failed} jobs failed")
        if self.report.stopped is not None:
            self.again.clear()
        if futures and self.on_progress is not None:
            self.on_progress(self.report)

    def _retry(self, when: float, tried: Try) -> None:
        heapq.heappush(self.again, (when, next(self.order), tried))

    def _tell(self, **changes: Any) -> None:
        self.report = evolve(
            self.report,
            under_way=len(self.under_way),
            level=self.servers.level,
            seconds=time.monotonic() - self.began,
            **changes,
        )
