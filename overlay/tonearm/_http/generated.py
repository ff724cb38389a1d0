"""Generated code sends over our connections, with our keys."""

from __future__ import annotations

from typing import Any

import httpx

from .clients import AsyncHttpClient, HttpClient
from .connection import Wire
from .lent import dress


def _with_keys(request: httpx.Request, wire: Wire[Any]) -> httpx.Request:
    """A request of generated code with what every request has; as it is, if it goes elsewhere than to the service.

    It is a copy, so that a redirect that is followed does not carry the keys on.
    """
    if _origin(request.url) != _origin(httpx.URL(wire.base_url)):
        return request
    headers = request.headers.copy()
    headers.update(wire.keys)
    keyed = httpx.Request(
        request.method,
        request.url.copy_merge_params(wire.query) if wire.query else request.url,
        headers=headers,
        stream=request.stream,
        extensions=request.extensions,
    )
    if wire.lent is not None:
        dress(keyed, wire.lent)
    return keyed


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port


class _Bridge(httpx.BaseTransport):
    """Lets another httpx client send over our connections and with our keys."""

    def __init__(self, wire: Wire[HttpClient]) -> None:
        self.wire = wire

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.wire.check()
        return self.wire.client.send(_with_keys(request, self.wire), stream=True, follow_redirects=False)


class _AsyncBridge(httpx.AsyncBaseTransport):
    """The same for coroutines."""

    def __init__(self, wire: Wire[AsyncHttpClient]) -> None:
        self.wire = wire

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.wire.check()
        return await self.wire.client.send(_with_keys(request, self.wire), stream=True, follow_redirects=False)


def bridge(wire: Wire[HttpClient]) -> HttpClient:
    """An httpx client of the wire's own base URL, keys and connections, for generated code to send with."""
    return httpx.Client(base_url=wire.base_url, timeout=wire.options.timeout, transport=_Bridge(wire))


def async_bridge(wire: Wire[AsyncHttpClient]) -> AsyncHttpClient:
    """The same for coroutines."""
    return httpx.AsyncClient(base_url=wire.base_url, timeout=wire.options.timeout, transport=_AsyncBridge(wire))
