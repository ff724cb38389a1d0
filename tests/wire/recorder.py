"""A server on a raw loopback socket: it keeps the exact bytes of each request and answers with canned bytes.

    with Recorder([answer(json={"id": "x"})]) as server:
        ...  # send to server.url
    check_golden("aioz/create_audio", server.requests[0].raw)

Goldens are written, and then reported as failures to be looked at, when TONEARM_WRITE_GOLDENS is set.
"""

from __future__ import annotations

import json as _json
import os
import re
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self, TypeAlias

import pytest
from attrs import define, field, frozen

from tonearm import __version__

GOLDENS = Path(__file__).parent / "goldens"


class _Hold:
    """Stay silent, with the connection open, until the client hangs up."""


class _Cut:
    """Close the connection."""


class _Reset:
    """Close the connection so that the client sees a reset."""


HOLD, CUT, RESET = _Hold(), _Cut(), _Reset()
Step: TypeAlias = "bytes | Event | _Hold | _Cut | _Reset"
"""Send these bytes; or wait for this event; or one of HOLD, CUT and RESET."""
Script: TypeAlias = "tuple[Step, ...]"


def answer(
    body: bytes = b"",
    *,
    status: int = 200,
    json: Any = None,
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
    length: int | None = None,
) -> bytes:
    """The bytes of an answer; `length` is what it announces when that is not its true length, -1 for nothing."""
    if json is not None:
        body = _json.dumps(json).encode()
    lines = {"Content-Type": content_type, **(headers or {})}
    if length != -1:
        lines["Content-Length"] = str(len(body) if length is None else length)
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} Canned\r\n{head}\r\n".encode() + body


@frozen
class Received:
    """One request: its bytes as they came, and as read."""

    raw: bytes
    body: bytes

    @property
    def method(self) -> str:
        return self.raw.split(b" ", 1)[0].decode()

    @property
    def target(self) -> str:
        return self.raw.split(b" ", 2)[1].decode()

    @property
    def headers(self) -> dict[str, str]:
        """Names in lower case; a name that came twice has its values joined by a comma."""
        found: dict[str, str] = {}
        for line in self.raw.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")[1:]:
            name, _, value = line.partition(": ")
            found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
        return found

    def json(self) -> Any:
        return _json.loads(self.body)


Answers: TypeAlias = "Iterable[bytes | Script] | Callable[[Received], bytes | Script]"


@define(eq=False)
class Recorder:
    """Answers the requests in the order in which they come, each with the next of `answers` (or with what they return
    for it). A request that finds no answer left gets the connection closed.

    Attributes:
        requests: what came, in order.
        hung_up: set once a client has closed a connection on which the server was silent (HOLD).
        connections: how many connections were made.
    """

    answers: Answers
    requests: list[Received] = field(factory=list[Received], init=False)
    hung_up: Event = field(factory=Event, init=False)
    arrived: Event = field(factory=Event, init=False)
    connections: int = field(default=0, init=False)
    _listener: socket.socket = field(init=False)
    _port: int = field(init=False)
    _lock: Lock = field(factory=Lock, init=False)
    _open: list[socket.socket] = field(factory=list[socket.socket], init=False)
    _threads: list[Thread] = field(factory=list[Thread], init=False)
    _stopping: Event = field(factory=Event, init=False)
    _next: Callable[[Received], bytes | Script] = field(init=False)

    def __attrs_post_init__(self) -> None:
        if callable(self.answers):
            self._next = self.answers
        else:
            left: Iterator[bytes | Script] = iter(self.answers)
            self._next = lambda _: next(left, (CUT,))

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._stopping.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                _hang_up(connection)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive(), "a thread of the recorder did not end"

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = Thread(target=target, args=args, name="recorder", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.append(connection)
                if self._stopping.is_set():
                    _hang_up(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as stream:
            try:
                while request := _read_request(stream):
                    with self._lock:
                        self.requests.append(request)
                        script = self._next(request)
                    self.arrived.set()
                    if not self._play(connection, (script,) if isinstance(script, bytes) else script):
                        return
            except OSError:
                self.hung_up.set()
            finally:
                with self._lock:
                    self._open.remove(connection)

    def _play(self, connection: socket.socket, script: Script) -> bool:
        """Do what an answer says; whether the connection stays open."""
        for step in script:
            if isinstance(step, bytes):
                connection.sendall(step)
            elif isinstance(step, Event):
                while not step.wait(0.05):
                    if self._stopping.is_set():
                        return False
            elif step is HOLD:
                connection.recv(1)
                self.hung_up.set()
                return False
            else:
                if step is RESET:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    connection.close()
                else:
                    _hang_up(connection)
                return False
        return True


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # the client was faster
        connection.shutdown(socket.SHUT_RDWR)


def _read_request(stream: Any) -> Received | None:
    """The next request of a connection; None when the client has closed it between two of them."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = stream.readline()
        if not line:
            return None
        head += line
    length = re.search(rb"\r\ncontent-length: (\d+)\r\n", head, re.IGNORECASE)
    if length:
        body = stream.read(int(length[1]))
        return Received(head + body, body)
    if re.search(rb"\r\ntransfer-encoding: chunked\r\n", head, re.IGNORECASE):
        framed, body = _read_chunks(stream)
        return Received(head + framed, body)
    return Received(head, b"")


def _read_chunks(stream: Any) -> tuple[bytes, bytes]:
    framed, body = b"", b""
    while True:
        line = stream.readline()
        size = int(line.partition(b";")[0], 16)
        chunk = stream.read(size + 2)
        framed += line + chunk
        body += chunk[:-2]
        if size == 0:
            return framed, body


def normalised(raw: bytes) -> bytes:
    """A request without what differs from run to run: the address, the boundary and our own version."""
    head, gap, body = raw.partition(b"\r\n\r\n")
    head = re.sub(rb"(?m)^(Host: )127\.0\.0\.1:\d+(?=\r?$)", rb"\1HOST", head)
    head = head.replace(f"User-Agent: tonearm/{__version__}\r\n".encode(), b"User-Agent: tonearm/VERSION\r\n")
    boundary = re.search(rb"(?m)^Content-Type: multipart/form-data; boundary=([0-9a-f]{32})\r?$", head)
    if boundary is None:
        return head + gap + body
    return (head + gap + body).replace(boundary[1], b"BOUNDARY")


def check_golden(name: str, raw: bytes) -> None:
    """Compare the bytes of a request with `goldens/<name>.http`, but for what differs from run to run."""
    path, found = GOLDENS / f"{name}.http", normalised(raw)
    if os.environ.get("TONEARM_WRITE_GOLDENS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found)
        pytest.fail(f"wrote {path.name}: read it, then run again without TONEARM_WRITE_GOLDENS", pytrace=False)
    assert path.exists(), f"there is no golden {path}; TONEARM_WRITE_GOLDENS=1 writes it"
    assert found.decode("latin-1") == path.read_bytes().decode("latin-1")
