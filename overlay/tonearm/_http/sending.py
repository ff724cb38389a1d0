"""Cleans up connections that httpcore leaves behind when the task of a request is cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx

from .early import Connecting, connecting


class Closing(httpx.AsyncByteStream):
    """A body whose connection is returned to the pool even if the task is cancelled meanwhile.

    The pool is protected only against cancellation by anyio; without this class a cancelled task would leave the
    connection busy for good.
    """

    def __init__(self, body: httpx.AsyncByteStream) -> None:
        self.body = body

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.body.__aiter__()

    async def aclose(self) -> None:
        """Return the connection to the pool."""
        closing = asyncio.ensure_future(self.body.aclose())
        try:
            await asyncio.shield(closing)
        except asyncio.CancelledError:
            await asyncio.wait({closing})
            raise


class Sending:
    """A request that is sent by a separate task, which cleans up after a cancellation.

    httpcore would treat a connection that was opened and not yet used as busy for good, so cancellation waits until it
    is used. One gap remains: the moment at which a request that waited for a place in the pool gets one.
    """

    def __init__(self, client: httpx.AsyncClient, request: httpx.Request) -> None:
        self.state = Connecting()
        token = connecting.set(self.state)  # the task has a copy of this context
        self._task = asyncio.ensure_future(client.send(request, stream=True, follow_redirects=False))
        connecting.reset(token)

    async def response(self) -> httpx.Response:
        """The response, when its head has arrived."""
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
