"""The two runners, behind one way to call them."""

import asyncio
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from attrs import frozen

from tests.inside.engine import Effect, Failed, Plan, Sleep, run, run_async
from tests.inside.http import Backend, Connections, Options, Request, Wire, new_async_client, new_client
from tests.inside.http import deadline as deadlines
from tonearm.retry import Budget, Retry

T = TypeVar("T")

KEY = "sk-very-secret"
KEYS = {"Authorization": f"Bearer {KEY}"}
ONCE = Retry(attempts=1)
AT_ONCE = Retry(first_delay=0)
LONGER = (0.05, 0.5, 5.0, 50.0)
"""Seconds for what shall pass after something has happened; the next where this machine was too busy for that."""


def wire(
    client: Any,
    url: str,
    *,
    deadline: float | None = None,
    timeout: float = 30.0,
    retry: Retry = AT_ONCE,
    budget: Budget | None = None,
) -> Wire[Any]:
    options = Options(timeout, deadline, retry)
    return Wire(Connections(type(client), client), url, KEYS, (KEY,), options, owned=False, budget=budget or Budget())


@frozen
class Way:
    """Performs plans with one of the runners, each time with connections of its own."""

    name: str
    run: Callable[..., Any]

    @property
    def asynchronous(self) -> bool:
        return self.name == "async"


def _run(plan: Plan[T], url: str, backend: Backend = "httpx", **options: Any) -> T:
    with new_client(backend=backend) as client:
        return run(plan, wire(client, url, **options))


def _run_async(plan: Plan[T], url: str, backend: Backend = "httpx", **options: Any) -> T:
    async def perform() -> T:
        async with new_async_client(backend=backend) as client:
            return await run_async(plan, wire(client, url, **options))

    return asyncio.run(perform())


SYNC, ASYNC = Way("sync", _run), Way("async", _run_async)
both = pytest.mark.parametrize("way", [SYNC, ASYNC], ids=lambda way: way.name)


def get(path: str = "/x", **more: Any) -> Request:
    return Request(method="GET", path=path, **more)


class Ahead:
    """The clock that deadlines and event loops go by, which a test puts forward: no deadline passes before.

    A loop that waits sees it at its next event, such as a byte that arrives. Loops of other threads keep their time: a
    sandbox that runs meanwhile would set its timers so far ahead that it never woke up again.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._ahead = 0.0
        mine = threading.get_ident()
        patch.setattr(deadlines, "time", SimpleNamespace(monotonic=self._now))
        patch.setattr(
            asyncio.BaseEventLoop, "time", lambda _: self._now() if threading.get_ident() == mine else time.monotonic()
        )

    def _now(self) -> float:
        return time.monotonic() + self._ahead

    def skip(self, seconds: float) -> None:
        self._ahead += seconds


def on_pause(plan: Plan[T], do: Callable[[], object]) -> Plan[T]:
    """The plan; `do` is called each time that the plan is about to pause."""
    step: Callable[[], Effect[Any]] = partial(next, plan)
    while True:
        try:
            effect = step()
        except StopIteration as end:
            result: T = end.value
            return result
        if isinstance(effect, Sleep):
            do()
        try:
            found = yield effect
        except BaseException as error:
            step = partial(plan.send, Failed(error))
        else:
            step = partial(plan.send, found)


class Sink:
    """Keeps what is written to it."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []
        self.heads: list[Any] = []

    def start(self, head: Any) -> "Sink":
        self.heads.append(head)
        return self

    def write(self, block: bytes) -> None:
        self.blocks.append(block)

    @property
    def body(self) -> bytes:
        return b"".join(self.blocks)


def head_of(status: int = 200, length: int | None = None, headers: Mapping[str, str] | None = None) -> bytes:
    """The bytes of an answer's head alone."""
    lines = dict(headers or {})
    if length is not None:
        lines["Content-Length"] = str(length)
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} Canned\r\n{text}\r\n".encode()
