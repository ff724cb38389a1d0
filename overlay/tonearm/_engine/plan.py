"""Effects and plans: what to do next, without doing it.

A plan is a generator that yields effects and returns a result. A runner performs each effect and sends its result
back, or its failure, which is raised there: retry, resume and clean-up are ordinary ``try``/``except``, written once
for sync and async. Plans read no clock and no randomness and yield nothing inside ``finally``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Generic, TypeAlias, TypeVar

from attrs import frozen

from .._http import Answer, Head, Request, Sink
from ..errors import ConnectionFailed, StatusError, TimedOut
from ..retry import Allowance, Pause, Repeat

T = TypeVar("T")


@frozen
class Failed:
    """The result that a runner sends back for an effect that has failed.

    It could throw the error into the plan. But when a plan handles a thrown error and returns, CPython 3.11 does not
    report to trace functions that the waiting generators continue: debuggers and coverage would miss their lines.
    """

    error: BaseException


@frozen
class Ready:
    """The result that the blocking runner sends back for `Work`: the plan itself runs it, in the same thread.

    Ctrl-C can then not come between the code and the plan, which would lose the file that the code has opened.
    """

    run: Callable[[], Any]


class Effect(Generic[T]):
    """One thing for the runner to do; ``result = yield from effect`` is typed in every checker."""

    __slots__ = ()

    def __iter__(self) -> Generator[Effect[T], T | Failed | Ready, T]:
        """Hand this effect to the runner, and return its result or raise its error."""
        result = yield self
        if isinstance(result, Failed):
            try:
                raise result.error
            finally:
                del result  # the error refers to this frame
        if isinstance(result, Ready):
            value: T = result.run()
            return value
        return result


Plan: TypeAlias = Generator[Effect[Any], Any, T]


def _keep(result: object, /) -> None:
    """Keep a result: nothing must be closed or removed."""


@frozen
class Call(Effect[T]):
    """Send one request, read the whole response, up to a limit, and parse it."""

    request: Request
    parse: Callable[[Answer], T]


@frozen
class Fetch(Effect[Head]):
    """Send one request, and stream the body of its response into the sink that `start` opens."""

    request: Request
    start: Callable[[Head], Sink]


@frozen
class Open(Effect[Any]):
    """Send one request and return its response (a Live) while it arrives; the caller must close it.

    `check` receives the head and the first bytes; if it raises, the response is closed and the exchange ends.
    """

    request: Request
    check: Callable[[Answer], object] | None = None


@frozen
class Work(Effect[T]):
    """Run blocking code; `undo` gets the result if the plan is cancelled before it has received it."""

    run: Callable[[], T]
    undo: Callable[[T], object] = _keep


@frozen
class Sleep(Effect[None]):
    """Wait so many seconds, or with `jitter` a random time up to it."""

    seconds: float
    jitter: bool = False


@frozen
class Now(Effect[float]):
    """Read the seconds of the runner's steady clock."""


@frozen
class Policy(Effect[Allowance]):
    """Read the client's retry policy."""


@frozen(eq=False)
class Ticket(Generic[T]):
    """Identifies a running forked plan."""

    plan: Plan[T]


@frozen
class Fork(Effect[Ticket[Any]]):
    """Start a plan that runs at the same time. Forked plans do not fork."""

    plan: Plan[Any]


@frozen
class First(Effect["tuple[Ticket[Any], Any]"]):
    """Wait for the first of these forked plans to end; its failure is raised here."""

    tickets: frozenset[Ticket[Any]]


def attempt(effect: Effect[T], repeat: Repeat) -> Plan[T]:
    """Perform an exchange, with retries as the client's policy and the request's own rule allow."""
    policy = yield from Policy()
    count, last = 1, None
    while True:
        try:
            result = yield from effect
        except (ConnectionFailed, StatusError) as error:
            explain(error, last)
            error.attempts = count
            pause = policy.after(error, count, repeat)
            if pause is None:
                raise
            last = error
        else:
            return result
        yield from rest(pause, last)
        count += 1


def rest(pause: Pause, failed: ConnectionFailed | StatusError) -> Plan[None]:
    """Wait for the next attempt."""
    try:
        yield from Sleep(pause.seconds, pause.jitter)
    except TimedOut as error:
        explain(error, failed)
        error.attempts = failed.attempts
        raise


def explain(error: ConnectionFailed | StatusError, last: ConnectionFailed | StatusError | None) -> None:
    """Add to the error of a passed deadline why the attempt before it failed."""
    if last is not None and isinstance(error, TimedOut) and error.deadline:
        failed = last.args[0] if isinstance(last, ConnectionFailed) else f"{last.status}: {last.message}"
        error.add_note(f"the attempt before it failed: {failed}")
        error.sent = error.sent or not isinstance(last, ConnectionFailed) or last.sent
        error.__cause__ = last


def call(request: Request, parse: Callable[[Answer], T]) -> Plan[T]:
    """Send one request, with retries, and return its parsed response."""
    return (yield from attempt(Call(request, parse), request.repeat))
