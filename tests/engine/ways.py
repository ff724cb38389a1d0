"""The two runners, behind one way to call them."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import httpx
import pytest
from attrs import frozen

from tonearm._engine.plan import Plan
from tonearm._engine.runners import run, run_async
from tonearm._http.connection import Connections, Options, Wire
from tonearm._http.request import Request
from tonearm.retry import Budget, Retry

T = TypeVar("T")

KEY = "sk-very-secret"
KEYS = {"Authorization": f"Bearer {KEY}"}
ONCE = Retry(attempts=1)
AT_ONCE = Retry(first_delay=0)


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


# Nothing here speaks TLS; loading the certificates for each client would take most of the time.
def _run(plan: Plan[T], url: str, **options: Any) -> T:
    with httpx.Client(verify=False) as client:
        return run(plan, wire(client, url, **options))


def _run_async(plan: Plan[T], url: str, **options: Any) -> T:
    async def perform() -> T:
        async with httpx.AsyncClient(verify=False) as client:
            return await run_async(plan, wire(client, url, **options))

    return asyncio.run(perform())


SYNC, ASYNC = Way("sync", _run), Way("async", _run_async)
both = pytest.mark.parametrize("way", [SYNC, ASYNC], ids=lambda way: way.name)


def get(path: str = "/x", **more: Any) -> Request:
    return Request(method="GET", path=path, **more)


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
