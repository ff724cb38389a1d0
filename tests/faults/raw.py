"""A server on bare sockets that does what no proper server does: it hangs up, stalls, drips and floods at any byte.

One of them serves many tests: `behave` says what happens to the next requests, `settle` waits until every client has
hung up.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from threading import Event, Lock, Thread
from typing import TypeAlias

from attrs import define, field, frozen


@define(eq=False)
class Heard:
    """A request of which the head has come; `body` waits for the rest."""

    method: str
    target: str
    headers: dict[str, str]
    connection: socket.socket
    first: bytes
    _body: bytes | None = field(default=None, init=False)

    def take(self, count: int) -> bytes:
        """Read so many bytes of the body."""
        while len(self.first) < count:
            more = self.connection.recv(65536)
            if not more:
                raise ConnectionError
            self.first += more
        return self.first[:count]

    @property
    def length(self) -> int:
        return int(self.headers.get("content-length", 0))

    @property
    def body(self) -> bytes:
        return self.take(self.length)


@frozen
class Drip:
    """Send a byte at a time, with pauses of so many seconds."""

    data: bytes
    pause: float


@frozen
class Flood:
    """Send this again and again, until the client hangs up or it is too much for any bound."""

    data: bytes


class _Word:
    pass


HOLD = _Word()
"""Stay silent until the client hangs up."""
CUT = _Word()
"""Close the connection."""
RESET = _Word()
"""Close the connection so that the client sees a reset."""

Step: TypeAlias = "bytes | Drip | Flood | _Word | Callable[[], object]"
Behaviour: TypeAlias = Callable[[Heard], Iterable[Step]]

_TOO_MUCH = 400_000_000
"""Bytes that no client should take."""


@define(eq=False)
class RawServer:
    """Listens on a loopback port until it is closed."""

    behave: Behaviour = field(default=lambda _: (CUT,))
    certificate: ssl.SSLContext | None = None
    requests: list[Heard] = field(factory=list[Heard], init=False)
    connections: int = field(default=0, init=False)
    port: int = field(default=0, init=False)
    _listener: socket.socket | None = field(default=None, init=False)
    _acceptor: Thread | None = field(default=None, init=False)
    _lock: Lock = field(factory=Lock, init=False)
    _open: dict[Thread, socket.socket] = field(factory=dict[Thread, socket.socket], init=False)
    _knocks: dict[object, Event] = field(factory=dict[object, Event], init=False)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def up(self) -> bool:
        return self._listener is not None

    @property
    def handle(self) -> int | None:
        """The file descriptor that it listens on."""
        return None if self._listener is None else self._listener.fileno()

    def start(self) -> None:
        """Listen; after a `stop`, on the same port."""
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=200)
        self.port = self._listener.getsockname()[1]
        self._acceptor = Thread(target=self._accept, args=(self._listener,), name="raw-accept", daemon=True)
        self._acceptor.start()

    def stop(self) -> None:
        """Listen no more. Connections stay."""
        assert self._listener is not None
        assert self._acceptor is not None
        self._listener.shutdown(socket.SHUT_RDWR)
        self._acceptor.join(10)
        self._listener.close()
        self._listener = None

    def hang_up(self) -> None:
        """Close every connection."""
        with self._lock:
            for connection in self._open.values():
                _shut(connection)

    def begin_anew(self) -> None:
        """Listen, with nobody connected and nothing heard."""
        self.hang_up()
        self.settle()
        self.requests.clear()
        if not self.up:
            self.start()

    def settle(self) -> None:
        """Wait until the clients have closed every connection, those that were given up unaccepted, too."""
        if self.up:
            self._catch_up()
        with self._lock:
            threads = list(self._open)
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads), "a client left a connection open"

    def _catch_up(self) -> None:
        """Wait until every connection is accepted that was made until now: they are accepted in their order."""
        accepted = Event()
        with socket.socket() as knocking:
            knocking.bind(("127.0.0.1", 0))
            self._knocks[knocking.getsockname()] = accepted
            knocking.connect(("127.0.0.1", self.port))
            assert accepted.wait(60), "the server accepts nobody"

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, address = listener.accept()
            except OSError:
                return
            if (accepted := self._knocks.pop(address, None)) is not None:
                connection.close()
                accepted.set()
                continue
            thread = Thread(target=self._serve, args=(connection,), name="raw-serve", daemon=True)
            with self._lock:
                self.connections += 1
                self._open[thread] = connection
                thread.start()  # before anybody may wait for its end

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ssl.SSLError), connection:
            if self.certificate is not None:
                with self.certificate.wrap_socket(connection, server_side=True) as wrapped:
                    self._converse(wrapped)
            else:
                self._converse(connection)
        with self._lock:
            self._open = {thread: one for thread, one in self._open.items() if one is not connection}

    def _converse(self, connection: socket.socket) -> None:
        rest = b""
        while True:
            head = rest
            while b"\r\n\r\n" not in head:
                more = connection.recv(65536)
                if not more:
                    return
                head += more
                if head.startswith(b"\x16"):  # TLS, which was not agreed upon
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    return
            head, _, first = head.partition(b"\r\n\r\n")
            heard = _heard(head, first, connection)
            self.requests.append(heard)
            for step in self.behave(heard):
                if not _perform(step, connection):
                    return
            heard.take(heard.length)
            rest = heard.first[heard.length :]


def _perform(step: Step, connection: socket.socket) -> bool:
    """Do one step; whether the connection stays open."""
    match step:
        case bytes():
            connection.sendall(step)
        case Drip():
            for index in range(len(step.data)):
                connection.sendall(step.data[index : index + 1])
                time.sleep(step.pause)
        case Flood():
            for _ in range(0, _TOO_MUCH, len(step.data)):
                connection.sendall(step.data)
            raise AssertionError("the client takes whatever comes, without a bound")
        case _Word():
            if step is HOLD:
                while connection.recv(65536):
                    pass
            elif step is RESET:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                connection.close()
            else:
                _shut(connection)
            return False
        case _:
            step()
    return True


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _heard(head: bytes, first: bytes, connection: socket.socket) -> Heard:
    line, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = line.split(" ", 2)
    headers = {name.lower(): value for name, _, value in (one.partition(": ") for one in lines)}
    return Heard(method, target, headers, connection, first)
