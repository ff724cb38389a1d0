"""Effects and plans: what to do next, without doing it.

A plan is a generator that yields effects and returns a result. A runner performs each effect and sends its result
back, or throws its failure in, so that retry, resume and clean-up are ordinary ``try``/``except``, written once for
sync and async. Plans read no clock and no randomness and yield nothing inside ``finally``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextvars import ContextVar
from threading import Event
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar

from attrs import field, frozen

from ._answer import Answer, Head
from .errors import ConnectionFailed, StatusError
from .retry import Repeat, Retry

if TYPE_CHECKING:
    from ._multipart import Field

T = TypeVar("T")

Plan: TypeAlias = "Generator[Effect[Any], Any, T]"


class Effect(Generic[T]):
    """One thing for the runner to do; ``result = yield from effect`` is typed in every checker."""

    __slots__ = ()

    def __iter__(self) -> Generator[Effect[T], T, T]:
        """Hand this effect to the runner and return what it made of it."""
        return (yield self)


@frozen(kw_only=True)
class Request:
    """One HTTP request, before it is tied to a connection.

    `path` is appended to the base URL. At most one of `json`, `form` and `content` is given; a form is sent as
    multipart/form-data. `sent` is told how many bytes of a form's body have gone out so far.
    """

    method: str
    path: str
    query: Mapping[str, Any] = field(factory=dict[str, Any])
    headers: Mapping[str, str] = field(factory=dict[str, str])
    json: Any = None
    form: Sequence[Field] | None = None
    repeat: Repeat = "always"
    sent: Callable[[int], None] | None = None


class Sink(Protocol):
    """Where the body of a Fetch goes."""

    def write(self, block: bytes, /) -> object:
        """Take the next bytes of the body."""


@frozen
class Call(Effect[T]):
    """Send one request, read the answer whole, within a bound, and parse it."""

    request: Request
    parse: Callable[[Answer], T]


@frozen
class Fetch(Effect[Head]):
    """Send one request and stream the body of its answer, as it comes, into the sink that `start` opens."""

    request: Request
    start: Callable[[Head], Sink]


@frozen
class Open(Effect[Any]):
    """Send one request and return its answer (a Live) while it is still coming; who asked for it closes it."""

    request: Request


@frozen
class Work(Effect[T]):
    """Run blocking code."""

    run: Callable[[], T]


@frozen
class Sleep(Effect[None]):
    """Wait so many seconds, or with `jitter` a random time up to it."""

    seconds: float
    jitter: bool = False


@frozen
class Policy(Effect[Retry]):
    """Ask for the client's retry policy."""


@frozen(eq=False)
class Ticket(Generic[T]):
    """Stands for a forked plan that is under way."""

    plan: Plan[T]


@frozen
class Fork(Effect[Ticket[T]]):
    """Start a plan beside this one. Forked plans do not fork."""

    plan: Plan[T]


@frozen
class First(Effect["tuple[Ticket[Any], Any]"]):
    """Wait for the first of these forked plans to end; its failure is raised here."""

    tickets: frozenset[Ticket[Any]]


class Stopped(BaseException):
    """Ends a forked plan whose parent has left; never reaches the caller."""


stopping: ContextVar[Event | None] = ContextVar("stopping", default=None)
"""Set while code runs for a plan; once the event is set, that code must end."""


def check_stop() -> None:
    """Raise Stopped when the plan that this code runs for has been left. Called at every block of long work."""
    event = stopping.get()
    if event is not None and event.is_set():
        raise Stopped


def attempt(effect: Call[T] | Fetch | Open) -> Plan[Any]:
    """Perform a request, and repeat it as the client's retry policy and the request's own rule allow."""
    policy = yield from Policy()
    count = 1
    while True:
        try:
            return (yield from effect)
        except (ConnectionFailed, StatusError) as error:
            if isinstance(error, ConnectionFailed):
                error.attempts = count
            pause = policy.after(error, count, effect.request.repeat)
            if pause is None:
                raise
        yield from Sleep(pause.seconds, pause.jitter)
        count += 1


def call(request: Request, parse: Callable[[Answer], T]) -> Plan[T]:
    """Send one request, repeated as allowed, and return its parsed answer."""
    result: T = yield from attempt(Call(request, parse))
    return result
