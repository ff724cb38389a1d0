"""The sockets of our own blocking clients, behind httpcore's `NetworkBackend`: they keep to the deadline of a call."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

import httpcore

_SLICE = 16 * 1024
"""Bytes of a write to a socket with a deadline."""

_HTTP_BLOCK = 64 * 1024
"""Bytes that httpcore requests when it reads HTTP; handshakes with proxies request fewer."""

_LARGE_BLOCK = 256 * 1024
"""Bytes that are then read. Of larger blocks, glibc returns the memory to the system after each one in all threads but
the main one, which costs more than they save."""


def block_size(max_bytes: int) -> int:
    """The most bytes to read if httpcore requests so many."""
    return max(max_bytes, _LARGE_BLOCK) if max_bytes >= _HTTP_BLOCK else max_bytes


remaining: ContextVar[Callable[[], float] | None] = ContextVar("remaining", default=None)
"""Set while a call with a deadline sends and receives in this thread: the seconds that remain, perhaps less than 0."""


opened: ContextVar[list[Any] | None] = ContextVar("opened", default=None)
"""Set while a connection through a proxy is opened: its streams."""


def _clipped(timeout: float | None) -> float | None:
    left = remaining.get()
    return timeout if left is None or timeout is None else min(timeout, max(0.001, left()))


class Led:
    """A connection of httpcore through a proxy, blocking.

    A connection that fails before it reaches the server is closed and removed from the pool: httpcore would leave its
    socket open, or keep it in the pool as busy.
    """

    def __init__(self, made: Any) -> None:
        self._made = made
        self._leads = self._failed = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)

    def handle_request(self, request: Any) -> Any:
        """Send a request; the first one opens the connection."""
        if self._leads:
            return self._made.handle_request(request)
        streams: list[Any] = []
        token = opened.set(streams)
        try:
            response = self._made.handle_request(request)
        except BaseException:
            self._failed = True
            for stream in streams:
                stream.close()
            raise
        finally:
            opened.reset(token)
        self._leads = True
        return response

    def is_closed(self) -> bool:
        """Whether the pool must remove it."""
        return self._failed or bool(self._made.is_closed())


class Network(httpcore.NetworkBackend):
    """Opens connections with the backend of httpcore, or with that of httpcore2, which is the same."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect; each address of the host is tried for as long."""
        made = self._backend.connect_tcp(host, port, _clipped(timeout), local_address, socket_options)
        stream = Stream(made, timeout)
        if (streams := opened.get()) is not None:
            streams.append(stream)
        return stream


class Stream(httpcore.NetworkStream):
    """A connection.

    A blocking socket has only a timeout for each read and write, which starts again with every byte, so each is limited
    to the seconds until the deadline. When another thread closes the client, a thread that waits for this connection is
    woken. `patience` is the timeout if httpcore gives none, during the handshake with a SOCKS proxy.
    """

    def __init__(self, stream: httpcore.NetworkStream, patience: float | None = None) -> None:
        self._stream, self._patience = stream, patience

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Receive."""
        return self._stream.read(block_size(max_bytes), _clipped(timeout or self._patience))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send; with a deadline in slices, as a server may accept only a few bytes at a time."""
        step = _SLICE if remaining.get() else max(1, len(buffer))
        for start in range(0, len(buffer), step):
            self._stream.write(buffer[start : start + step], _clipped(timeout or self._patience))

    def close(self) -> None:
        """Close the connection."""
        with suppress(OSError):  # the other end may have closed it
            self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Shake hands."""
        return Stream(self._stream.start_tls(ssl_context, server_hostname, _clipped(timeout)), self._patience)

    def get_extra_info(self, info: str) -> Any:
        """Information on the socket, for httpcore."""
        return self._stream.get_extra_info(info)
