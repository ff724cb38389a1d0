"""Lets generated code send over our connections, with our keys."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar, cast

import httpx

from ..errors import ConfigurationError
from .clients import AsyncHttpClient, HttpClient
from .connection import Wire
from .lent import dress

G = TypeVar("G")
G_co = TypeVar("G_co", covariant=True)


def _with_keys(request: httpx.Request, wire: Wire[Any]) -> httpx.Request:
    """A request of generated code with our keys; unchanged, if it is not for the service.

    It is a copy, so that a followed redirect does not carry the keys on.
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
    wire.front.dress(keyed)
    if wire.lent is not None:
        dress(keyed, wire.lent)
    return keyed


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port


class Bridge(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Lets a generated client send over our connections with our keys, blocking or with asyncio like its owner."""

    def __init__(self, wire: Wire[Any]) -> None:
        self.wire = wire

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request of `sync` and `sync_detailed`."""
        self.wire.check()
        client = self.wire.client
        if not isinstance(client, HttpClient):
            raise ConfigurationError(
                "this generated client belongs to an asynchronous client: await asyncio() or asyncio_detailed(), "
                "or take `generated` of a blocking client"
            )
        return client.send(_with_keys(request, self.wire), stream=True, follow_redirects=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request of `asyncio` and `asyncio_detailed`."""
        self.wire.check()
        client = self.wire.client
        if not isinstance(client, AsyncHttpClient):
            raise ConfigurationError(
                "this generated client belongs to a blocking client: call sync() or sync_detailed(), "
                "or take `generated` of an asynchronous client"
            )
        return await client.send(_with_keys(request, self.wire), stream=True, follow_redirects=False)


class _Maker(Protocol[G_co]):
    def __call__(
        self, base_url: str, *, raise_on_unexpected_status: bool, timeout: httpx.Timeout, httpx_args: dict[str, Any]
    ) -> G_co: ...


def linked(wire: Wire[Any], make: _Maker[G]) -> G:
    """The generated client of a wire, made once. Copies with other headers or timeouts use the wire, too."""
    kept: G | None = wire.kept.get("generated")
    if kept is None:
        timeout = httpx.Timeout(**wire.timeouts(None))
        new = make(
            wire.base_url, raise_on_unexpected_status=True, timeout=timeout, httpx_args={"transport": Bridge(wire)}
        )
        kept = cast("G", wire.kept.setdefault("generated", new))
    return kept
