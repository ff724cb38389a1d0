"""Our own httpx clients."""

from __future__ import annotations

from typing import Any

import httpx

from .backends import Backend
from .front_proxy import Front
from .transports import AsyncTransport, Transport


class OwnClient(httpx.Client):
    """Our own client, without httpx's redirects, cookies and log."""

    def __init__(self, front: Front, backend: Backend) -> None:
        self._sending = Transport(front, backend)
        super().__init__(transport=self._sending, trust_env=False)

    def send(self, request: httpx.Request, *, stream: bool = False, **_: Any) -> httpx.Response:
        """Send a request unchanged."""
        hooks = self.event_hooks
        for hook in hooks["request"]:
            hook(request)
        response = self._sending.handle_request(request)
        response.request = request
        for hook in hooks["response"]:
            hook(response)
        if not stream:
            response.read()
        return response


class AsyncOwnClient(httpx.AsyncClient):
    """The same for coroutines."""

    def __init__(self, front: Front, backend: Backend) -> None:
        self._sending = AsyncTransport(front, backend)
        super().__init__(transport=self._sending, trust_env=False)

    async def send(self, request: httpx.Request, *, stream: bool = False, **_: Any) -> httpx.Response:
        """Send a request unchanged."""
        hooks = self.event_hooks
        for hook in hooks["request"]:
            await hook(request)
        response = await self._sending.handle_async_request(request)
        response.request = request
        for hook in hooks["response"]:
            await hook(response)
        if not stream:
            await response.aread()
        return response


def new_client(front: Front | None = None, backend: Backend = "httpx") -> OwnClient:
    """Make our own client, with the present proxies and certificates of the environment."""
    return OwnClient(front or Front(""), backend)


def new_async_client(front: Front | None = None, backend: Backend = "httpx") -> AsyncOwnClient:
    """The same for coroutines."""
    return AsyncOwnClient(front or Front(""), backend)
