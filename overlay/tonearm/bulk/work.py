"""The work at a worker: it does one job, and returns the outcome as data."""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, Protocol, TypeAlias, TypeVar, runtime_checkable

from attrs import evolve, field, frozen

from .. import (
    Answer,
    ConfigurationError,
    ConnectionFailed,
    Forbidden,
    InvalidInput,
    RateLimited,
    ServiceFailed,
    StatusError,
    TimedOut,
    TonearmError,
    TransferError,
    Unauthorized,
    WorkInterrupted,
)
from .._engine import is_kept, may_pass
from .jobs import Job


@frozen(repr=False)
class Result(Answer):
    """The result of a job.

    Attributes:
        outputs: the files that were written; if one is missing in a later run, the job is done again.
        made: the id of the object that a server has made.
        bytes: how many bytes were written or sent.
        price: USD, if known.
    """

    outputs: tuple[str, ...] = ()
    made: str | None = None
    bytes: int | None = None
    price: float | None = None


E = TypeVar("E", bound=BaseException)

Function: TypeAlias = "Callable[[Job], Result | None]"


@runtime_checkable
class Priced(Protocol):
    """A task that can estimate the price of a job, which `max_price` needs."""

    def price(self, job: Job) -> float | None:
        """USD, or None where it is unknown."""
        ...


def known_price(task: Priced, job: Job) -> float:
    """What a job will cost, in USD.

    Raises:
        InvalidInput: that is not known, so no limit can hold it.
    """
    price = task.price(job)
    if price is None or not price >= 0:  # no number, or less than nothing, would hold no limit
        raise InvalidInput(
            "the price of this job is not known, which max_price needs",
            argument="max_price",
            expected="None where the price of a job is not known",
            hint="leave max_price out, and try failed jobs again",
        )
    return price


@frozen
class Outcome:
    """The outcome of an attempt at a job; it is sent from worker to driver, so it holds only plain values."""

    id: int
    result: Result = field(factory=Result)
    error: str | None = None
    kind: str | None = None
    cause: str | None = None
    """The name of the error that caused the failure."""
    again: bool = False
    """Whether another attempt may succeed."""
    fatal: bool = False
    """Whether every other job would fail for the same reason: the key, the configuration, the disk."""
    passing: bool = False
    """Whether the same job may succeed in a later run."""
    kept: bool = False
    """Whether finished work of it is kept, from which a later run resumes."""
    refused: bool = False
    """Whether the server had too much to do."""
    paid: float = 1.0
    """The part of the job that was paid for, from 0 to 1."""
    lost: bool = False
    """Whether the server was not reached, or broke the connection."""
    wait: float = 0.0
    seconds: float = 0.0
    worker: str = ""


run_id: ContextVar[str] = ContextVar("run_id", default="")
"""The run for which this thread works; runs share no clients, as the environment may change between them."""


def perform(task: Function, number: int, job: Job, run: str) -> Outcome:
    """Do a job of a run; an exception becomes part of the outcome."""
    token, began = run_id.set(run), time.monotonic()
    try:
        result = task(job)
    except Exception as error:
        outcome = failed(number, error)
    else:
        outcome = Outcome(number, result if isinstance(result, Result) else Result())
    finally:
        run_id.reset(token)
    return evolve(outcome, seconds=time.monotonic() - began, worker=_worker())


def failed(number: int, error: Exception) -> Outcome:
    """The outcome after an error: whether the job is tried again, and whether all others would fail, too."""
    cause = _deepest(error)
    refused = isinstance(cause, (RateLimited, TimedOut)) or (isinstance(cause, StatusError) and cause.status == 503)
    final = isinstance(cause, StatusError) and (cause.final or cause.code == _NO_MONEY)
    fatal = (
        isinstance(cause, (Unauthorized, Forbidden))
        or (isinstance(cause, ConfigurationError) and not isinstance(cause, InvalidInput))
        or (final and isinstance(cause, RateLimited))
        or (isinstance(cause, OSError) and cause.errno in _DISK)
    )
    passing = isinstance(error, (ConnectionFailed, RateLimited, ServiceFailed, TransferError))
    return Outcome(
        number,
        error=str(error) if isinstance(error, TonearmError) else f"{type(error).__name__}: {error}",
        kind=type(error).__name__,
        cause=type(cause).__name__,
        again=passing and not final and not fatal,
        fatal=fatal,
        passing=may_pass(error),
        kept=is_kept(error),
        refused=refused and not final,
        lost=isinstance(cause, ConnectionFailed) and not isinstance(cause, TimedOut),
        paid=_paid(error),
        wait=(cause.retry_after or 0.0) if isinstance(cause, StatusError) else 0.0,
    )


def paid_in_full(error: E) -> E:
    """The same error, marked: the result was paid for, but could not be written or delivered."""
    vars(error)["paid"] = True
    return error


def _paid(error: Exception) -> float:
    """The part of a job that was paid for before it failed, as far as known."""
    if "paid" in vars(error):
        return 1.0
    if not isinstance(error, WorkInterrupted) or not error.done:
        return 0.0
    return error.done / error.total if error.total else 1.0  # without a known total, all of it counts as paid


_NO_MONEY = "insufficient_quota"
"""OpenAI's code for an account without credit, where waiting does not help."""

_DISK = frozenset({28, 30, 122})
"""No space left on the device, a read-only file system, a quota that is used up."""


def _deepest(error: BaseException) -> BaseException:
    """The error that interrupted a transfer; any other error itself."""
    while isinstance(error, TransferError) and error.__cause__ is not None:
        error = error.__cause__
    return error


def _worker() -> str:
    return f"{socket.gethostname()}/{os.getpid()}/{threading.current_thread().name}"


def described(task: Function) -> str:
    """The text that identifies a task in a ledger; without its timeout, which changes no result."""
    return f"{task.__module__}.{task.__qualname__}" if hasattr(task, "__qualname__") else unlimited(repr(task))


def unlimited(task: str) -> str:
    """The text of a task without its timeout, which ledgers of earlier versions hold."""
    return _TIMEOUT.sub("timeout=None", task) if _OURS.match(task) else task


_OURS = re.compile(r"(Transcribe|Translate|Speak|Upload|Publish|Keep|Lyrics)\(")
_TIMEOUT = re.compile(r"(?<=, )timeout=[-+.\w]+(?=[,)])")


def options_of(fixed: Mapping[str, Any], job: Job) -> dict[str, Any]:
    """The options of a task, overridden by those of one job, and without those that are None."""
    return {name: value for name, value in {**fixed, **job.options}.items() if value is not None}
