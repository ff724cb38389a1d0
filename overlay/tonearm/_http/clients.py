"""httpx clients: those that we make, and those that a caller lends."""

from __future__ import annotations

from typing import TypeAlias

import httpx

from .proxies import Proxy, certificates, proxy_errors, surroundings

HttpClient: TypeAlias = httpx.Client
AsyncHttpClient: TypeAlias = httpx.AsyncClient


def new_client() -> HttpClient:
    """A client of our own, which asks servers as the environment says now."""
    return httpx.Client(transport=_Transport(), trust_env=False)


def new_async_client() -> AsyncHttpClient:
    """The same for coroutines."""
    return httpx.AsyncClient(transport=_AsyncTransport(), trust_env=False)


def _to_httpx(proxy: Proxy | None) -> httpx.Proxy | None:
    return None if proxy is None else httpx.Proxy(proxy.url)


class _Transport(httpx.BaseTransport):
    """Sends each request to its server, or through the proxy that the environment names for it."""

    def __init__(self) -> None:
        self._certificates = certificates()
        self._surroundings = surroundings()
        self._transports: dict[Proxy | None, httpx.HTTPTransport] = {None: self._made(None)}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self._surroundings.proxies:
            return self._transports[None].handle_request(request)
        proxy = self._surroundings.proxy(str(request.url))
        transport = self._transports.get(proxy) or self._transports.setdefault(proxy, self._made(proxy))
        with proxy_errors():
            return transport.handle_request(request)

    def _made(self, proxy: Proxy | None) -> httpx.HTTPTransport:
        return httpx.HTTPTransport(verify=self._certificates, proxy=_to_httpx(proxy), trust_env=False)

    def close(self) -> None:
        for transport in self._transports.values():
            transport.close()


class _AsyncTransport(httpx.AsyncBaseTransport):
    """The same for coroutines."""

    def __init__(self) -> None:
        self._certificates = certificates()
        self._surroundings = surroundings()
        self._transports: dict[Proxy | None, httpx.AsyncHTTPTransport] = {None: self._made(None)}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self._surroundings.proxies:
            return await self._transports[None].handle_async_request(request)
        proxy = self._surroundings.proxy(str(request.url))
        transport = self._transports.get(proxy) or self._transports.setdefault(proxy, self._made(proxy))
        with proxy_errors():
            return await transport.handle_async_request(request)

    def _made(self, proxy: Proxy | None) -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(verify=self._certificates, proxy=_to_httpx(proxy), trust_env=False)

    async def aclose(self) -> None:
        for transport in self._transports.values():
            await transport.aclose()
