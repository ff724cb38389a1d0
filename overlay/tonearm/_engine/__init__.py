"""Plans, the effects that they yield, and the runners that perform them.

May import: `_http`, `_files`, `_base`, `errors`, `retry`.

A plan is a generator that yields effects (`Call`, `Fetch`, `Open`, `Work`, `Sleep`, `Fork`, `First`); `run` performs it
in this thread and `run_async` in this task. Retries, resuming and clean-up are therefore written once for both.
"""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
    from .._base.cancellation import Stopped, stopping
    from .._base.resuming import is_kept, keeps, may_pass
    from .._base.threads import starting
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
    "starting",
    "stopping",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "MOST_WORKERS": ".concurrent",
            "AdaptiveLimit": ".adaptive",
            "Call": ".plan",
            "Due": ".concurrent",
            "Effect": ".plan",
            "Fetch": ".plan",
            "First": ".plan",
            "FixedLimit": ".adaptive",
            "Fork": ".plan",
            "Leaving": ".cleanup",
            "Limit": ".adaptive",
            "Now": ".plan",
            "Open": ".plan",
            "Permit": ".adaptive",
            "Plan": ".plan",
            "Policy": ".plan",
            "Sleep": ".plan",
            "Stopped": ".._base.cancellation",
            "Ticket": ".plan",
            "Work": ".plan",
            "Workers": ".concurrent",
            "attempt": ".plan",
            "call": ".plan",
            "deleted": ".deletion",
            "explain": ".plan",
            "is_kept": ".._base.resuming",
            "keeps": ".._base.resuming",
            "starting": ".._base.threads",
            "leave": ".cleanup",
            "leave_async": ".cleanup",
            "leaving": ".cleanup",
            "leaving_async": ".cleanup",
            "may_pass": ".._base.resuming",
            "rest": ".plan",
            "run": ".runners",
            "run_async": ".runners",
            "stopping": ".._base.cancellation",
        },
    )
