"""Responses whose body is made while it is sent."""

import threading
from collections.abc import Generator, Mapping
from contextlib import closing
from typing import Generic, Self, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

_BLOCK = 16_384

T = TypeVar("T", bytes, str)


class Made(Generic[T]):
    """The pieces of a generator, each made in a thread.

    This is no asynchronous generator: when a client leaves, the event loop would close that later, or the garbage
    collector after the end of the loop, and its files would stay open until then.
    """

    def __init__(self, pieces: Generator[T]) -> None:
        self._pieces: Generator[T] = pieces
        self._lock = threading.Lock()
        self._closed = False
        self._first: T | None = None

    async def begin(self) -> None:
        """Make the first piece now, so that an error until then can still become a status."""
        self._first = await run_in_threadpool(self._make)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        piece, self._first = self._first, None
        if piece is None:
            piece = await run_in_threadpool(self._make)
        if piece is None:
            raise StopAsyncIteration
        return piece

    def _make(self) -> T | None:
        with self._lock:
            piece = next(self._pieces, None)
        if self._closed:
            self.close()
        return piece

    def close(self) -> None:
        """Close the generator; if a thread makes a piece at this moment, it closes the generator after that piece."""
        self._closed = True
        if self._lock.acquire(blocking=False):
            try:
                self._pieces.close()
            finally:
                self._lock.release()


class Streamed(StreamingResponse):
    """A response that frees its resources as soon as it ends, however it ends."""

    def __init__(
        self,
        body: Made[bytes] | Made[str],
        *,
        media_type: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(body, status, headers, media_type)
        self._close = body.close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._close()


async def stream(
    blocks: Generator[bytes], *, media_type: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Streamed:
    """Answer with blocks that a generator makes; the body is chunked unless `headers` gives its length.

    The first bytes are made before the response begins, so that an error until then can still become a status. The
    generator is closed when the client leaves.
    """
    made = Made(gathered(blocks))
    await made.begin()
    return Streamed(made, media_type=media_type, status=status, headers=headers)


def gathered(blocks: Generator[bytes]) -> Generator[bytes]:
    """Join blocks to at least 16 KiB: each one costs a change of threads."""
    pending = bytearray()
    with closing(blocks):
        for block in blocks:
            pending += block
            if len(pending) >= _BLOCK:
                yield bytes(pending)
                pending.clear()
    if pending:
        yield bytes(pending)
