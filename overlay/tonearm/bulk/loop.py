"""The loop of a run: it sends jobs to an executor within a limit, and counts an outcome once the ledger has it."""

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

from .._engine import keeps, starting
from .attempts import Attempt, Running, entry_of, outcome_of
from .jobs import Job
from .ledger import Ledger
from .report import STOPPED, OnProgress, Report
from .rows import Due
from .servers import Servers
from .work import Function, Outcome, Priced, described, failed, known_price, perform

_BATCH = 400
"""Jobs that are added to the ledger at a time, ahead of those that begin."""

_LONGEST_WAIT = 0.5
"""Seconds after which the loop wakes at the latest, so that it notices Ctrl-C."""

_FIRST_DELAY, _LONGEST_DELAY = 1.0, 60.0
"""Seconds before a job is tried again; doubled with each attempt."""


@frozen(kw_only=True)
class Rules:
    """The arguments of a run about its jobs; see `run`."""

    attempts: int
    max_price: float | None
    stop_after: int | None
    retry_failed: bool
    stop: threading.Event | None


@define(eq=False)
class Loop:
    """A run."""

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
    again: list[tuple[float, int, Attempt]] = field(factory=list[tuple[float, int, Attempt]])  # a heap: when, an order
    order: Iterator[int] = field(factory=count)
    exhausted: bool = False
    under_way: dict[Future[Outcome], Running] = field(factory=dict[Future[Outcome], Running])
    ended: SimpleQueue[Future[Outcome]] = field(factory=SimpleQueue[Future[Outcome]])
    reserved: float = 0.0
    kept: bool = False
    """Whether finished work is kept of a job that was not done."""
    passing: bool = True
    """Whether the run may succeed later, after what stopped it."""

    def __attrs_post_init__(self) -> None:
        self.report = Report(str(self.book.path))

    def run(self, jobs: Iterator[Job | None]) -> Report:
        """Do all jobs; if the loop is interrupted, wait for the running ones, and record them."""
        try:
            while self._fill(jobs) or self.under_way or self.again:
                self._settle(self._collect())
        except BaseException as error:
            self._leave()
            if self.book.counts():  # the ledger keeps the waiting jobs, too
                keeps(error)
            raise
        if self.passing and (self.report.stopped or self.report.failed_passing) and self._is_kept():
            self._update(resumable=True)
        return self.report

    def _is_kept(self) -> bool:
        """Whether another run would resume something."""
        return self.kept or bool(self.report.done or self.book.counts().get("done"))

    def _leave(self) -> None:
        for future in list(self.under_way):
            future.cancel()
        self.on_progress = None
        while self.under_way:
            self._settle(self._collect())

    def _fill(self, jobs: Iterator[Job | None]) -> bool:
        """Begin as many jobs as the limit allows; False when no job is left."""
        begun: list[tuple[int, float, int]] = []
        if self.rules.stop is not None and self.rules.stop.is_set() and self.report.stopped is None:
            self._update(stopped=STOPPED)
            self.again.clear()
        while self.report.stopped is None and len(self.under_way) < self.servers.level:
            if begun and not self.ready:  # the ledger knows which jobs run before more are added
                self.book.begin(begun)
                begun = []
            now = time.monotonic()
            attempt = None if self.servers.wait(now) else self._next(jobs, now)
            if attempt is None or not self._begin(attempt):
                break
            begun.append((attempt.number, time.time(), attempt.row.id))
        if begun:
            self.book.begin(begun)
        return self.report.stopped is None and (bool(self.ready) or not self.exhausted)

    def _next(self, jobs: Iterator[Job | None], now: float) -> Attempt | None:
        """The next attempt; None when none is ready now."""
        if self.again and self.again[0][0] <= now:
            return heapq.heappop(self.again)[2]
        while not self.ready:
            batch = self._batch(jobs)
            if not batch:
                return None
            rows = self.book.add(
                batch,
                described(self.task),
                retry_failed=self.rules.retry_failed,
                repeats=getattr(self.task, "repeats", False),
            )
            self.ready += rows
            self._update(skipped=self.report.skipped + len(batch) - len(rows))
        due = self.ready.popleft()
        return Attempt(due.row, due.known)

    def _batch(self, jobs: Iterator[Job | None]) -> list[Job]:
        """The next jobs that are ready now."""
        batch: list[Job] = []
        for job in islice(jobs, _BATCH):
            if job is None:
                return batch
            batch.append(job)
        self.exhausted = not batch
        return batch

    def _begin(self, attempt: Attempt) -> bool:
        """Send a job to the executor; False if the run must stop instead."""
        row, price = attempt.row, None
        priced: object = self.task
        lease = self.servers.begin(time.monotonic())
        given = evolve(row.job, server=lease.server.url)
        if self.rules.max_price is not None and isinstance(priced, Priced):
            try:
                price = known_price(priced, given)
            except Exception as error:
                future: Future[Outcome] = Future()
                future.set_result(failed(row.id, error))  # for example a missing file: only this job fails
                self._watch(future, Running(attempt, lease, 0.0))
                return True
            if self.report.price + self.reserved + price > self.rules.max_price:
                spends = self.report.price + self.reserved > 0  # else the next run stops here, too
                self.passing = self.passing and spends
                self.servers.end(lease, time.monotonic(), None)
                self._update(stopped=f"the next job would cost more than is left of {self.rules.max_price} USD")
                return False
        try:
            begun = attempt.known or attempt.number > 1 or attempt.moved > 0
            mark = f"{self.book.name}-{row.id}"
            given = evolve(given, mark=mark, begun=begun, max_price=price or None)
            with starting():
                future = self.pool.submit(perform, self.task, row.id, given, self.run_id)
        except Exception as error:
            self.servers.end(lease, time.monotonic(), None)
            self._update(stopped=f"the executor accepts no more work: {str(error) or type(error).__name__}")
            return False
        self._watch(future, Running(attempt, lease, price or 0.0))
        return True

    def _watch(self, future: Future[Outcome], running: Running) -> None:
        self.reserved += running.price
        self.under_way[future] = running
        future.add_done_callback(self.ended.put)

    def _collect(self) -> list[Future[Outcome]]:
        """Wait until a job has ended, or one may begin; returns all that have ended by then."""
        ended: list[Future[Outcome]] = []
        if self.ended.empty():
            self.book.commit()  # the loop has time for it, and readers see which jobs run
            with suppress(Empty):
                ended.append(self.ended.get(timeout=self._longest_wait()))
        with suppress(Empty):
            while True:
                ended.append(self.ended.get_nowait())
        return ended

    def _longest_wait(self) -> float:
        """Seconds until the loop has to wake."""
        now = time.monotonic()
        retry = self.again[0][0] - now if self.again else _LONGEST_WAIT
        return min(_LONGEST_WAIT, max(0.001, retry), self.servers.wait(now) or _LONGEST_WAIT)

    def _settle(self, futures: list[Future[Outcome]]) -> None:
        """Write the outcomes of jobs to the ledger; only then count and report them."""
        entries: list[dict[str, Any]] = []
        done = failed = passing = 0
        price = 0.0
        for future in futures:
            running = self.under_way.pop(future)
            self.reserved -= running.price
            attempt, outcome, now = running.attempt, outcome_of(future, running), time.monotonic()
            moves = self.servers.end(running.lease, now, outcome)
            if outcome is None:
                self.kept = True
                if self.report.stopped is None:
                    self._update(stopped="the executor returned a job that was not done")
                continue
            if moves and attempt.moved < len(self.servers.all):
                self._retry(now, evolve(attempt, moved=attempt.moved + 1))
                continue
            if outcome.error is not None and outcome.again and attempt.number < self.rules.attempts:
                delay = max(outcome.wait, min(_FIRST_DELAY * 2 ** (attempt.number - 1), _LONGEST_DELAY))
                self._retry(now + delay, evolve(attempt, number=attempt.number + 1))
                continue
            self.kept = self.kept or outcome.kept
            if outcome.fatal:  # not the job's fault, so it waits for the next run
                self.passing = self.passing and outcome.passing
                if self.report.stopped is None:
                    self._update(stopped=outcome.error, cause=outcome.cause)
                continue
            cost = outcome.result.price if outcome.result.price is not None else running.price * outcome.paid
            price += cost
            done += outcome.error is None
            failed += outcome.error is not None
            passing += outcome.error is not None and outcome.passing
            entries.append(entry_of(outcome, running, cost))
        if entries:
            self.ready += self.book.end(entries)
            self.book.commit()
        self._update(
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
            self._update(stopped=f"{self.report.failed} jobs failed")
        if self.report.stopped is not None:
            self.again.clear()
        if futures and self.on_progress is not None:
            self.on_progress(self.report)

    def _retry(self, when: float, attempt: Attempt) -> None:
        heapq.heappush(self.again, (when, next(self.order), attempt))

    def _update(self, **changes: Any) -> None:
        self.report = evolve(
            self.report,
            under_way=len(self.under_way),
            level=self.servers.level,
            seconds=time.monotonic() - self.began,
            **changes,
        )
