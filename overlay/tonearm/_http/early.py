"""The sockets of our own clients for asyncio, behind httpcore's `AsyncNetworkBackend`.

A server that refuses a body (401, 413, 429) may respond at once and close the connection. Blocking sockets still have
this response after sending has failed; asyncio discards it together with the connection. These connections therefore
read while a body is sent, and stop sending when a response refuses it: a WriteError makes httpcore look for a response.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import anyio
import httpcore
from attrs import define, field

from .network import Led, block_size, opened

_BLOCK = 64 * 1024

_REFUSED = re.compile(rb"HTTP/1\.[01] [3-5]")


@define(eq=False)
class Connecting:
    """The state of a request's connection: while it is `connecting`, nothing was sent; `fresh` is a new one."""

    connecting: bool = False
    fresh: bool = False


connecting: ContextVar[Connecting | None] = ContextVar("connecting", default=None)
"""Set while a request is sent, for code that cancels it."""


def _now(*, connecting_now: bool, fresh: bool) -> None:
    if state := connecting.get():
        state.connecting, state.fresh = connecting_now, fresh


class AsyncLed(Led):
    """A connection of httpcore through a proxy, for asyncio."""

    async def handle_async_request(self, request: Any) -> Any:
        """Send a request; the first one opens the connection."""
        if self._leads:
            return await self._made.handle_async_request(request)
        streams: list[Any] = []
        token = opened.set(streams)
        try:
            response = await self._made.handle_async_request(request)
        except BaseException:
            self._failed = True
            for stream in streams:
                await stream.aclose()
            raise
        finally:
            opened.reset(token)
        self._leads = True
        return response


class AsyncNetwork(httpcore.AsyncNetworkBackend):
    """Opens connections with the backend of httpcore, or with that of httpcore2; `core` is that library."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend, core: Any) -> None:
        self._backend, self._core = backend, core

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect."""
        _now(connecting_now=True, fresh=False)
        stream = await self._backend.connect_tcp(host, port, timeout, local_address, socket_options)
        _now(connecting_now=True, fresh=True)
        made = AsyncStream(stream, self._core, timeout)
        if (streams := opened.get()) is not None:
            streams.append(made)
        return made


@define(eq=False)
class AsyncStream(httpcore.AsyncNetworkStream):
    """A connection that is read while it is written to.

    `writes` counts the writes since the last read: the first has the headers. `patience` is the timeout if httpcore
    gives none, during the handshake with a SOCKS proxy, when nothing is sent to the server yet.
    """

    _stream: httpcore.AsyncNetworkStream
    _core: Any
    _patience: float | None = None
    writes: int = 0
    _reading: asyncio.Task[bytes] | None = field(default=None, init=False)
    _rest: bytes = field(default=b"", init=False)
    _busy: bool = field(default=False, init=False)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, unless the server has refused the body."""
        if not buffer:  # h11's word for the end of a message
            return
        _now(connecting_now=timeout is None, fresh=False)
        timeout = timeout or self._patience
        self.writes += 1
        if self.writes == 1 or self._busy:
            with _taken(self._core.WriteError):
                await self._stream.write(buffer, timeout)
            return
        reading = self._reading
        if reading is None:
            reading = self._reading = asyncio.ensure_future(self._stream.read(_BLOCK, None))
        sending = asyncio.ensure_future(self._stream.write(buffer, timeout))
        try:
            await asyncio.wait((sending, reading), return_when=asyncio.FIRST_COMPLETED)
            if self._refused():
                raise self._core.WriteError("the server has answered before it had the whole body")
            with _taken(self._core.WriteError):
                await sending
        finally:
            await _ended(sending)

    def _refused(self) -> bool:
        reading = self._reading
        come = reading is not None and reading.done() and not reading.cancelled() and reading.exception() is None
        return come and reading is not None and _REFUSED.match(reading.result()) is not None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Receive, first the bytes that arrived during sending."""
        timeout = timeout or self._patience
        self.writes = 0
        reading, self._reading = self._reading, None
        if reading is not None:
            try:
                done, _ = await asyncio.wait({reading}, timeout=timeout)
                if not done:
                    raise self._core.ReadTimeout
                with _taken(self._core.ReadError):
                    self._rest += reading.result()
            finally:
                await _ended(reading)
        if self._rest:
            block, self._rest = self._rest[:max_bytes], self._rest[max_bytes:]
            return block
        if reading is not None:
            return b""
        self._busy = True  # with HTTP/2, others send meanwhile
        try:
            with _taken(self._core.ReadError):
                return await self._stream.read(block_size(max_bytes), timeout)
        finally:
            self._busy = False

    async def aclose(self) -> None:
        """Close the connection."""
        reading, self._reading = self._reading, None
        try:
            if reading is not None:
                await _ended(reading)
        finally:  # a task that is cancelled here closes the connection, too
            await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Shake hands; after a cancelled handshake the connection is closed, which httpcore would leave open."""
        _now(connecting_now=True, fresh=False)
        try:
            stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self.aclose()
            raise
        _now(connecting_now=True, fresh=True)
        return AsyncStream(stream, self._core, self._patience)

    def get_extra_info(self, info: str) -> Any:
        """Information on the socket, for httpcore."""
        return self._stream.get_extra_info(info)


@contextmanager
def _taken(kind: type[Exception]) -> Generator[None]:
    """Translate anyio's error for a connection that another task is closing into httpcore's."""
    try:
        yield
    except anyio.BusyResourceError as error:
        raise kind("the connection is closed by another task") from error


async def _ended(task: asyncio.Task[Any]) -> None:
    """Stop a task that is no longer needed, and ignore its error."""
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
    with suppress(asyncio.CancelledError):
        task.exception()
