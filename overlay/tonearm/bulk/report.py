"""How far a run of many jobs is, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from .. import Answer

STOPPED = "it was told to stop"
"""`Report.stopped` of a run whose `stop` was set."""


@frozen(repr=False)
class Report(Answer):
    """How far a run is, or how it ended.

    Attributes:
        done: jobs done by this run.
        failed: jobs that failed in this run, after all attempts.
        skipped: jobs that were done, or had failed, before.
        under_way: jobs that run now.
        price: USD that this run's jobs cost, as far as known.
        seconds: seconds since the run began.
        level: how many jobs may run at a time now.
        stopped: why the run ended before its last job; None when it did not.
        cause: the name of the error that stopped the run, such as ``Unauthorized``; None without one.
        failed_passing: how many of the failed jobs may succeed in a later run with `retry_failed=True`: no server
            refused them, and nothing is wrong with their input.
        resumable: whether the same call can do more of the remaining work: something is done or kept, and the reason
            that stopped the run, or failed jobs, may pass.
        ledger: the path of the ledger.
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
    cause: str | None = None
    failed_passing: int = 0
    resumable: bool = False

    @property
    def ok(self) -> bool:
        """Whether every job is done."""
        return not self.failed and self.stopped is None


OnProgress: TypeAlias = Callable[[Report], None]
