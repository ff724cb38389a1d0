"""Answers whose body is made while it is sent."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.responses import StreamingResponse

_BLOCK = 16_384


async def stream(
    blocks: Iterator[bytes], *, media_type: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> StreamingResponse:
    """Answer with blocks that an iterator makes in a thread; the body is chunked unless `headers` gives its length.

    The first bytes are made before the answer begins, so what the iterator raises until then can still become a status.
    The iterator is dropped where it stands when the client goes away.
    """
    joined = gathered(blocks)
    first = await run_in_threadpool(next, joined, b"")
    return StreamingResponse(_all(first, joined), status, headers, media_type)


async def _all(first: bytes, rest: Iterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for block in iterate_in_threadpool(rest):
        yield block


def gathered(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Join blocks to at least 16 KiB: each one costs a change of threads."""
    pending = bytearray()
    for block in blocks:
        pending += block
        if len(pending) >= _BLOCK:
            yield bytes(pending)
            pending.clear()
    if pending:
        yield bytes(pending)
