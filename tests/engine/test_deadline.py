"""A deadline holds also against a server that is never silent for long: it drips, or takes what is sent in sips."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import pytest
from attrs import field, frozen

from tests.engine.ways import LONGER, SYNC, Sink, Way, both, get, head_of, wire
from tests.inside.engine import Call, Fetch, Open, Plan, attempt, call, run
from tests.inside.files import Source
from tests.inside.http import Answer, Clock, Field, Network, Request, Running, new_client
from tests.wire.recorder import CUT, Recorder, answer
from tonearm.errors import TimedOut

MANY = 600
"""Sips and drops of a server that would take half a minute, if it were let."""


Serve: TypeAlias = "Callable[[socket.socket, threading.Event], None]"
"""Serves a connection, until the event."""


@frozen
class SlowServer:
    """A server for one connection.

    Attributes:
        host: its address, with two slashes in front.
        asked: set when something of a request has come.
        left: set when the client hung up before the server had come to its end.
    """

    host: str
    asked: threading.Event = field(factory=threading.Event)
    left: threading.Event = field(factory=threading.Event)

    def accept(self, listener: socket.socket, serve: Serve, stop: threading.Event) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:  # nobody came
            return
        with connection:
            if connection.recv(1, socket.MSG_PEEK):
                self.asked.set()
            try:
                serve(connection, stop)
            except OSError:
                self.left.set()


@contextmanager
def slow_server(serve: Serve) -> Iterator[SlowServer]:
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = SlowServer(f"//127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=server.accept, args=(listener, serve, stop))
        thread.start()
        try:
            yield server
        finally:
            stop.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(30)


def dripping(before: bytes, drop: bytes) -> Callable[[socket.socket, threading.Event], None]:
    def serve(connection: socket.socket, stop: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(before)
        for _ in range(MANY):
            connection.sendall(drop)
            stop.wait(0.05)

    return serve


def sipping(connection: socket.socket, stop: threading.Event) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    while connection.recv(4096) and not stop.wait(0.05):
        pass


def text(answer: Answer) -> str:
    return answer.text()


DRIPS = {
    "head": dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "body": dripping(head_of(length=MANY), b"x"),
    "chunk": dripping(head_of(headers={"Transfer-Encoding": "chunked"}), b"0"),
    "error": dripping(head_of(500, length=MANY), b"x"),
}


@both
@pytest.mark.parametrize("where", DRIPS)
@pytest.mark.parametrize("name", ["call", "fetch"])
def test_an_answer_that_drips_ends_with_the_deadline(way: Way, where: str, name: str) -> None:
    effect: Any = {"call": Call(get(), text), "fetch": Fetch(get(), Sink().start)}[name]
    for deadline in LONGER:
        with slow_server(DRIPS[where]) as server, pytest.raises(TimedOut, match="the deadline") as caught:
            way.run(attempt(effect, "always"), f"http:{server.host}", deadline=deadline)
        if server.asked.is_set():
            break
    assert caught.value.deadline
    assert server.left.is_set()


@both
def test_a_request_that_is_taken_in_sips_ends_with_the_deadline(way: Way) -> None:
    with Source.open(bytes(30_000_000)) as source, slow_server(sipping) as server:
        form = [Field("file", source.window(), "f.bin", "audio/flac")]
        with pytest.raises(TimedOut, match="the deadline"):
            way.run(call(Request(method="POST", path="/", form=form), text), f"http:{server.host}", deadline=0.2)


@both
def test_a_handshake_that_drips_ends_with_the_deadline(way: Way) -> None:
    record = b"\x16\x03\x03\x40\x00" + b"\x02\x00\x3f\xf0"  # a hello of 16 KiB, which does not come to its end
    for deadline in LONGER:
        with slow_server(dripping(record, b"\x03")) as server, pytest.raises(TimedOut, match="the deadline"):
            way.run(call(get(), text), f"https:{server.host}", deadline=deadline)
        if server.asked.is_set():
            break
    assert server.left.is_set()


def test_what_is_left_of_an_opened_answer_has_no_deadline() -> None:
    def plan() -> Plan[Any]:
        return (yield from Open(get()))

    with Recorder([(head_of(length=4) + b"ab", CUT)]) as server, new_client() as client:
        live = run(plan(), wire(client, server.url, deadline=3600, timeout=7))
        assert live.response.request.extensions["timeout"]["read"] == 7
        live.response.close()


def test_a_connection_made_without_a_deadline_keeps_to_that_of_a_later_call() -> None:
    head, drops = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", DRIPS["head"]

    def serve(connection: socket.socket, stop: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(head)
        drops(connection, stop)

    with slow_server(serve) as server, new_client() as client:
        assert run(call(get(), text), wire(client, f"http:{server.host}")) == "ok"
        with pytest.raises(TimedOut, match="the deadline"):
            run(call(get(), text), wire(client, f"http:{server.host}", deadline=0.2))
    assert server.left.is_set()


def test_every_step_of_a_connection_is_shortened_to_the_deadline() -> None:
    class Socket:
        """What httpcore would open; each step notes its timeout."""

        def read(self, size: int, timeout: float | None = None) -> bytes:
            timeouts.append(timeout)
            return b""

        def write(self, data: bytes, timeout: float | None = None) -> None:
            timeouts.append(timeout)

        def start_tls(self, context: object, host: str | None, timeout: float | None = None) -> "Socket":
            timeouts.append(timeout)
            return self

        def connect_tcp(self, host: str, port: int, timeout: float | None, *_: object) -> "Socket":
            timeouts.append(timeout)
            return self

    def steps() -> list[float | None]:
        timeouts.clear()
        plain: Any = Network(fake).connect_tcp("host", 1, 60)
        for stream in (plain, plain.start_tls(None, "host", 60)):
            stream.read(1, timeout=60)
            stream.read(1)
            stream.write(bytes(100_000), timeout=60)
        return timeouts

    timeouts = list[float | None]()
    fake: Any = Socket()
    assert steps() == [60] * 8  # connect, TLS, and twice read, read without a timeout of its own, write
    with new_client() as client, Running(Clock.of(wire(client, "http://unused", deadline=0.5))):
        found = steps()
    assert len(found) == 2 + 2 * (2 + 7)
    assert [timeout for timeout in found if timeout is None or timeout > 0.5] == []


@both
def test_a_deadline_that_passes_at_a_whole_url_names_it_without_its_query(way: Way) -> None:
    with slow_server(DRIPS["head"]) as server, pytest.raises(TimedOut) as caught:
        way.run(call(get(f"http:{server.host}/file?signature=secret"), text), "http://unused", deadline=0.1)
    assert caught.value.url == f"http:{server.host}/file"


def test_the_deadline_of_one_thread_is_not_that_of_another() -> None:
    results = list[str]()

    def other() -> None:
        with Recorder([answer(b"fine")]) as server:
            results.append(SYNC.run(call(get(), text), server.url))

    with new_client() as client, Running(Clock.of(wire(client, "http://unused", deadline=0.001))):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(30)
    assert results == ["fine"]
