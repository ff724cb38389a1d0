"""An attempt at a job: before it begins, while it runs, and its outcome."""

from __future__ import annotations

import json
import time
from concurrent.futures import CancelledError, Future
from typing import Any

from attrs import frozen

from .._engine import Stopped
from .rows import Row
from .servers import Lease
from .work import Outcome


@frozen
class Attempt:
    """An attempt at a job that has not yet begun; `known` says that the ledger had the job before."""

    row: Row
    known: bool
    number: int = 1
    moved: int = 0
    """How often the job moved to another server, which counts as no attempt."""


@frozen
class Running:
    """An attempt that the executor has; `price` is reserved for it, in USD."""

    attempt: Attempt
    lease: Lease
    price: float


def outcome_of(future: Future[Outcome], running: Running) -> Outcome | None:
    """The outcome of a job, also for a failure of the executor, such as a dead worker; None where it was not done."""
    try:
        return future.result()
    except (CancelledError, Stopped):
        return None
    except Exception as error:
        name = type(error).__name__
        return Outcome(running.attempt.row.id, error=f"{name}: {error}", kind=name, passing=True, paid=0.0)


def entry_of(outcome: Outcome, running: Running, price: float) -> dict[str, Any]:
    """The row of the ledger for a job that has ended."""
    return {
        "id": running.attempt.row.id,
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
