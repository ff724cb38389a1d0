"""An attempt at a job: what is to be tried, what is under way, and how it ended."""

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
class Try:
    """An attempt at a job."""

    row: Row
    known: bool
    number: int = 1
    moved: int = 0
    """How often the job went on at another server, which counts as no attempt."""


@frozen
class Begun:
    """An attempt that the executor has; `price` is what is reserved for it, in USD."""

    tried: Try
    lease: Lease
    price: float


def outcome_of(future: Future[Outcome], begun: Begun) -> Outcome | None:
    """How a job ended; None where it was not done. A failure of the executor, such as a dead worker, is an outcome."""
    try:
        return future.result()
    except (CancelledError, Stopped):
        return None
    except Exception as error:
        name = type(error).__name__
        return Outcome(begun.tried.row.id, error=f"{name}: {error}", kind=name, passing=True, paid=0.0)


def entry_of(outcome: Outcome, begun: Begun, price: float) -> dict[str, Any]:
    """What the ledger gets of a job that has ended."""
    return {
        "id": begun.tried.row.id,
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
