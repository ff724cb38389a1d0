"""What people see of a run of `tonearm bulk`: one line while it is at work, and a report at its end."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import define

from . import _out

if TYPE_CHECKING:
    from ..bulk import Report

REPORT: _out.Columns = {
    "done": lambda report: report.done,
    "failed": lambda report: report.failed or None,
    "skipped": lambda report: report.skipped or None,
    "price": lambda report: f"{report.price:.2f} USD" if report.price else None,
    "took": lambda report: _out.clock(report.seconds),
    "ledger": lambda report: report.ledger,
}


@define
class Line:
    """One line on standard error that is written over: what is done, how fast, and how long it will take."""

    total: int
    last: float = -1.0

    def show(self, report: Report) -> None:
        """Show how far a run is, twice a second at most."""
        now = time.monotonic()
        if not sys.stderr.isatty() or now - self.last < 0.5:
            return
        self.last = now
        print(f"\r\x1b[K{self.text(report)}", end="", file=sys.stderr, flush=True)

    def text(self, report: Report) -> str:
        """The line."""
        ended = report.done + report.failed + report.skipped
        rate = (report.done + report.failed) / report.seconds if report.seconds else 0.0
        parts = [f"{ended} of {self.total}", f"{report.failed} failed" if report.failed else ""]
        parts += [f"{rate:.1f}/s" if rate >= 1 else f"{rate * 60:.1f}/min", f"{report.under_way} at a time"]
        parts += [f"{_out.clock((self.total - ended) / rate)} left" if rate else ""]
        parts += [f"{report.price:.2f} USD" if report.price else ""]
        return ", ".join(filter(None, parts))

    def end(self) -> None:
        """Take the line away."""
        if self.last >= 0:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextmanager
def terminated_like_interrupted() -> Generator[None]:
    """SIGTERM ends the run as Ctrl-C does: what is under way is finished and entered."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
