"""Generated code sends over our connections, with our keys."""

from __future__ import annotations

from typing import Any

import httpx

from ._http import AsyncHttpClient, HttpClient
from ._wire import Wire


def _own(request: httpx.Request, wire: Wire[Any]) -> None:
    """Give a request of generated code what every request has."""
    request.headers.update(wire.keys)
    if wire.query:
        request.url = request.url.copy_merge_params(wire.query)


class _Bridge(httpx.BaseTransport):
    """Lets another httpx client send over our connections and with our keys."""

    def __init__(self, wire: Wire[HttpClient]) -> None:
        self.wire = wire

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.wire.check()
        _own(request, self.wire)
        return self.wire.client.send(request, stream=True, follow_redirects=False)


class _AsyncBridge(httpx.AsyncBaseTransport):
    """The same for coroutines."""

    def __init__(self, wire: Wire[AsyncHttpClient]) -> None:
        self.wire = wire

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.wire.check()
        _own(request, self.wire)
        return await self.wire.client.send(request, stream=True, follow_redirects=False)


def bridge(wire: Wire[HttpClient]) -> HttpClient:
    """An httpx client of the wire's own base URL, keys and connections, for generated code to send with."""
    return httpx.Client(base_url=wire.base_url, timeout=wire.options.timeout, transport=_Bridge(wire))


def async_bridge(wire: Wire[AsyncHttpClient]) -> AsyncHttpClient:
    """The same for coroutines."""
    return httpx.AsyncClient(base_url=wire.base_url, timeout=wire.options.timeout, transport=_AsyncBridge(wire))
