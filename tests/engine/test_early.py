"""Answers that come before a request's body was read are seen by both runners, whatever the server does next."""

import asyncio
import gc
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpcore
import httpx
import pytest

from tests.engine.ways import ONCE, Way, both, wire
from tests.inside.engine import call, run_async
from tests.inside.files import Source
from tests.inside.http import Answer, AsyncNetwork, Field, Request, opened
from tonearm.errors import ConnectionFailed, StatusError

SIZE = 20_000_000


@contextmanager
def server(answer: bytes, then: str) -> Iterator[tuple[str, list[int]]]:
    """Answers once it has a head, and then hangs up, waits, or reads the rest; tells how many bytes it has read."""
    got: list[int] = []
    left = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                if not (block := connection.recv(65536)):
                    raise ConnectionError
                head += block
            count = len(head)
            connection.sendall(answer)
            if then == "waits":
                left.wait()
            while then == "drains" and (block := connection.recv(1 << 20)):
                count += len(block)
            got.append(count)

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            try:
                serve(listener.accept()[0])
            except OSError:
                got.append(-1)

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", got
        finally:
            left.set()
            thread.join()


def send(way: Way, url: str, **options: Any) -> int:
    source = Source.open(b"x" * SIZE)
    form = [Field("file", source.window(), "a.bin", "application/octet-stream")]
    request = Request(method="POST", path="/part", form=form)

    def parse(answer: Answer) -> int:
        return answer.head.status

    return way.run(call(request, parse), url, retry=ONCE, **options)  # type: ignore[no-any-return]  # a plan of an int


def answered(status: int, *, close: bool = True) -> bytes:
    return b"HTTP/1.1 %d X\r\nContent-Length: 2\r\n%s\r\nno" % (status, b"Connection: close\r\n" if close else b"")


@both
@pytest.mark.parametrize("status", [302, 401, 413, 429, 503])
@pytest.mark.parametrize("then", ["waits", "drains"])
def test_a_refusal_is_seen_before_the_body_is_sent(way: Way, status: int, then: str) -> None:
    if then == "waits" and not way.asynchronous:
        pytest.skip("blocking sockets look for an answer once sending has failed")
    with server(answered(status), then) as (url, _), pytest.raises(StatusError) as caught:
        send(way, url)
    assert caught.value.status == status


@both
def test_an_answer_that_refuses_nothing_stops_nothing(way: Way) -> None:
    with server(b"HTTP/1.1 100 Continue\r\n\r\n" + answered(200), "drains") as (url, got):
        assert send(way, url) == 200
    assert got[0] > SIZE


@both
def test_a_connection_that_breaks_while_a_body_is_sent_is_told(way: Way) -> None:
    with server(b"", "hangs up") as (url, _), pytest.raises(ConnectionFailed):
        send(way, url)


@both
def test_a_silent_server_is_noticed_after_the_body(way: Way) -> None:
    with server(b"", "drains") as (url, _), pytest.raises(ConnectionFailed, match=r"timed out|silent"):
        send(way, url, timeout=0.5)


def test_a_call_that_is_cancelled_twice_closes_its_connection() -> None:
    source = Source.open(b"x" * SIZE)

    async def leave(url: str, turns: int) -> None:
        sent = asyncio.Event()
        form = [Field("file", source.window(), "a.bin", "application/octet-stream")]
        request = Request(method="POST", path="/part", form=form, sent=lambda _: sent.set())
        async with httpx.AsyncClient(verify=False) as client:
            task = asyncio.create_task(run_async(call(request, Answer.json), wire(client, url, retry=ONCE)))
            await sent.wait()
            task.cancel()
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    before = sockets()
    gc.disable()  # it would close what was left open
    try:
        for turns in range(12):
            with server(b"", "waits") as (url, _):
                asyncio.run(leave(url, turns))
        assert sockets() - before == set()
    finally:
        gc.enable()


class Busy(httpcore.AsyncNetworkStream):
    """A connection that another task closes at this moment; what is opened with it."""

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        raise anyio.BusyResourceError("writing to")

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        raise anyio.BusyResourceError("reading from")


class Opens(httpcore.AsyncNetworkBackend):
    async def connect_tcp(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        return Busy()


def test_a_connection_that_is_closed_meanwhile_is_a_failure_in_the_words_of_httpcore() -> None:
    """CPython 3.11 traces nothing of a coroutine once a real connection is made, so this one has none."""
    network = AsyncNetwork(Opens(), httpcore)
    made: list[Any] = []

    async def use() -> None:
        token = opened.set(made)
        stream = await network.connect_tcp("nas", 80)
        opened.reset(token)
        with pytest.raises(httpcore.WriteError, match="closed by another task"):
            await stream.write(b"GET")
        with pytest.raises(httpcore.ReadError, match="closed by another task"):
            await stream.read(1)

    asyncio.run(use())
    assert len(made) == 1


def sockets() -> set[tuple[int, str]]:
    """The sockets that this process has open."""
    found = ((int(link.name), str(link.readlink())) for link in Path("/proc/self/fd").iterdir() if link.is_symlink())
    return {handle for handle in found if handle[1].startswith("socket:")}
