"""The output of a run of `tonearm bulk` for people: a line before it, one while it runs, and a report at its end."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define

from .._files import is_remote
from . import _out

if TYPE_CHECKING:
    from ..bulk import Job, Report

_ESTIMATING = 2.0
"""Seconds after which no further price is estimated before a run begins."""

REPORT: _out.Columns = {
    "done": lambda report: report.done,
    "failed": lambda report: report.failed or None,
    "skipped": lambda report: report.skipped or None,
    "price": lambda report: f"{report.price:.2f} USD" if report.price else None,
    "took": lambda report: _out.clock(report.seconds),
    "ledger": lambda report: report.ledger,
}


def outlook(task: Any, jobs: Iterable[Job], ledger: Path) -> tuple[int, str]:
    """The number of jobs, and the line before the first request: this number, and the price if it is found soon.

    Only local files are measured, and only for a new ledger, as another one may have jobs that are done.
    """
    total, price, until = 0, 0.0, time.monotonic() + _ESTIMATING
    more = None if hasattr(task, "price") else ""
    with suppress(OSError):  # the run raises it
        more = ", with those that are done" if ledger.exists() else more
    for job in jobs:
        total += 1
        if more is not None:
            continue
        try:
            if is_remote(job.input) or not Path(job.input).is_file() or time.monotonic() > until:
                more = "; --estimate adds up the price"
                continue
            with _without_warnings():
                estimated = task.price(job)
        except Exception:  # the job itself raises it
            estimated = None
        if estimated is None:
            more = "; the price is not known"
        else:
            price += estimated
    more = f", about {price:.2f} USD" if more is None else more
    return total, f"{'1 job' if total == 1 else f'{total} jobs'}{more}"


@contextmanager
def _without_warnings() -> Generator[None]:
    """Log nothing: the client of the run warns itself."""
    logger = logging.getLogger("tonearm")
    logger.addFilter(_nothing)
    try:
        yield
    finally:
        logger.removeFilter(_nothing)


def _nothing(_: logging.LogRecord) -> bool:
    return False


@define
class Line:
    """One line on standard error that is overwritten: jobs done, speed, and time left."""

    total: int | None
    """The number of jobs; None if more may appear."""
    last: float = -1.0

    def show(self, report: Report) -> None:
        """Show the progress of a run, twice a second at most."""
        now = time.monotonic()
        if not sys.stderr.isatty() or now - self.last < 0.5:
            return
        self.last = now
        print(f"\r\x1b[K{self.text(report)}", end="", file=sys.stderr, flush=True)

    def text(self, report: Report) -> str:
        """The line."""
        ended = report.done + report.failed + report.skipped
        rate = (report.done + report.failed) / report.seconds if report.seconds else 0.0
        parts = [
            str(ended) if self.total is None else f"{ended} of {self.total}",
            f"{report.failed} failed" if report.failed else "",
        ]
        parts += [f"{rate:.1f}/s" if rate >= 1 else f"{rate * 60:.1f}/min", f"{report.under_way} at a time"]
        parts += [f"{_out.clock((self.total - ended) / rate)} left" if rate and self.total is not None else ""]
        parts += [f"{report.price:.2f} USD" if report.price else ""]
        return ", ".join(filter(None, parts))

    def end(self) -> None:
        """Remove the line."""
        if self.last >= 0:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def terminated_like_interrupted() -> Generator[None]:
    """Let SIGTERM end the run as Ctrl-C does: running jobs are finished and recorded."""
    with _handled({signal.SIGTERM: _interrupt}):
        yield


@contextmanager
def stopped_by_signals() -> Generator[threading.Event]:
    """Let Ctrl-C and SIGTERM set an event that ends an endless run; the second one interrupts it."""
    stop = threading.Event()

    def handle(number: int, frame: object) -> None:
        if stop.is_set():
            _interrupt(number, frame)
        stop.set()

    with _handled({signal.SIGTERM: handle, signal.SIGINT: handle}):
        yield stop


@contextmanager
def _handled(handlers: Mapping[signal.Signals, Callable[[int, object], None]]) -> Generator[None]:
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
