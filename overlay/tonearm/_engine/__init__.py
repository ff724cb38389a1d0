"""Plans, the effects that they yield, and the runners that perform them.

May import: `_http`, `_files`, `_base`, `errors`, `retry`.

A plan is a generator that yields effects (`Call`, `Fetch`, `Open`, `Work`, `Sleep`, `Fork`, `First`); `run` performs it
in this thread and `run_async` in this task. Retries, resuming and clean-up are therefore written once for both.
"""

from .._base.cancellation import Stopped, stopping
from .._base.resuming import is_kept, keeps, may_pass
from .adaptive import AdaptiveLimit, FixedLimit, Limit, Permit
from .cleanup import Leaving, leave, leave_async, leaving, leaving_async
from .concurrent import MOST_WORKERS, Due, Workers
from .deletion import deleted
from .plan import (
    Call,
    Effect,
    Fetch,
    First,
    Fork,
    Now,
    Open,
    Plan,
    Policy,
    Sleep,
    Ticket,
    Work,
    attempt,
    call,
    explain,
    rest,
)
from .runners import run, run_async

__all__ = [
    "MOST_WORKERS",
    "AdaptiveLimit",
    "Call",
    "Due",
    "Effect",
    "Fetch",
    "First",
    "FixedLimit",
    "Fork",
    "Leaving",
    "Limit",
    "Now",
    "Open",
    "Permit",
    "Plan",
    "Policy",
    "Sleep",
    "Stopped",
    "Ticket",
    "Work",
    "Workers",
    "attempt",
    "call",
    "deleted",
    "explain",
    "is_kept",
    "keeps",
    "leave",
    "leave_async",
    "leaving",
    "leaving_async",
    "may_pass",
    "rest",
    "run",
    "run_async",
    "stopping",
]
