"""Answers that a server gives before it has read a request's body, for coroutines.

A server that refuses a body (401, 413, 429) may answer at once and close the connection. Blocking sockets still have
such an answer when sending has failed; asyncio throws it away together with the connection. So the streams of our
connections read while a body is sent, and stop sending it for an answer that refuses it: httpcore takes a WriteError as
the sign to look for an answer.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any

import anyio
import httpcore
from attrs import define, field

_BLOCK = 64 * 1024
_REFUSED = re.compile(rb"HTTP/1\.[01] [3-5]")


def watch_async(event: str, info: dict[str, Any]) -> None:
    """Follow a request through httpcore (its `trace` extension), and have each new connection listen while it sends."""
    if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
        stream = info["return_value"]
        listening = _Listening(stream.read, stream.write, stream.aclose, _core(stream))
        stream.read, stream.write, stream.aclose = listening.read, listening.write, listening.aclose


def _core(stream: object) -> Any:
    """The library that a stream belongs to, which takes only failures of its own: httpcore, or httpx2's httpcore2."""
    return sys.modules.get("httpcore2", httpcore) if type(stream).__module__.startswith("httpcore2") else httpcore


@define
class _Listening:
    """A stream that reads while it writes; `writes` counts those since the last read: the first has the headers."""

    _read: Any
    _write: Any
    _close: Any
    _core: Any
    writes: int = 0
    _reading: asyncio.Task[bytes] | None = field(default=None, init=False)
    _rest: bytes = field(default=b"", init=False)
    _busy: bool = field(default=False, init=False)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, unless the server has refused what is being sent."""
        self.writes += 1
        if self.writes == 1 or self._busy:
            with _taken(self._core.WriteError):
                await self._write(buffer, timeout)
            return
        reading = self._reading
        if reading is None:
            reading = self._reading = asyncio.ensure_future(self._read(_BLOCK, None))
        sending = asyncio.ensure_future(self._write(buffer, timeout))
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
        """Receive; first what has come while something was sent."""
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
                return bytes(await self._read(max_bytes, timeout))
        finally:
            self._busy = False

    async def aclose(self) -> None:
        """Close the connection."""
        reading, self._reading = self._reading, None
        try:
            if reading is not None:
                await _ended(reading)
        finally:  # whoever is cancelled while the reading ends closes the connection all the same
            await self._close()


@contextmanager
def _taken(kind: type[Exception]) -> Generator[None]:
    """Say in httpcore's words what anyio says of a connection that another task closes at this moment."""
    try:
        yield
    except anyio.BusyResourceError as error:
        raise kind("the connection is closed by another task") from error


async def _ended(task: asyncio.Task[Any]) -> None:
    """Stop a task that is no longer needed; its failure is nobody's."""
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
    with suppress(asyncio.CancelledError):
        task.exception()
