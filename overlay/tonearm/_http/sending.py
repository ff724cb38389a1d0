"""What httpcore leaves behind when the task of a request is cancelled, mended around httpx's client and body."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx

from .early import Connecting, connecting


class Closing(httpx.AsyncByteStream):
    """A body whose connection goes back to the pool also when the task is cancelled while that is done.

    The pool shields itself from the cancelling of anyio alone; a task's own would leave the connection taken for good.
    """

    def __init__(self, body: httpx.AsyncByteStream) -> None:
        self.body = body

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.body.__aiter__()

    async def aclose(self) -> None:
        """Give the connection back."""
        closing = asyncio.ensure_future(self.body.aclose())
        try:
            await asyncio.shield(closing)
        except asyncio.CancelledError:
            await asyncio.wait({closing})
            raise


class Sending:
    """A request that is sent by a task of its own, which mends what httpcore leaves behind when it is cancelled.

    A connection that was made and not yet used would be taken for a busy one, for good: the cancelling waits until it
    is used. What is left is the moment in which a request that had to wait for a place in the pool is given one.
    """

    def __init__(self, client: httpx.AsyncClient, request: httpx.Request) -> None:
        self.state = Connecting()
        token = connecting.set(self.state)  # the task has a copy of this context
        self._task = asyncio.ensure_future(client.send(request, stream=True, follow_redirects=False))
        connecting.reset(token)

    async def response(self) -> httpx.Response:
        """The response, once its head has come."""
        try:
            return await asyncio.shield(self._task)
        except asyncio.CancelledError:
            await asyncio.wait({asyncio.ensure_future(self._end())})  # continues if it is cancelled once more
            raise

    async def _end(self) -> None:
        while self.state.fresh and not self._task.done():  # noqa: ASYNC110  # a tick or two
            await asyncio.sleep(0)
        self._task.cancel()
        await asyncio.wait({self._task})
        if not self._task.cancelled() and self._task.exception() is None:
            await self._task.result().aclose()
