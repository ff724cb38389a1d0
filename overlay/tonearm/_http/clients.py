"""httpx clients: those that we make, and those that a caller lends."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from typing import Generic, TypeAlias, TypeVar

import httpx

from .front import Front
from .proxies import Proxy, certificates, proxy_errors, surroundings

HttpClient: TypeAlias = httpx.Client
AsyncHttpClient: TypeAlias = httpx.AsyncClient

T = TypeVar("T")


def new_client(front: Front | None = None) -> HttpClient:
    """A client of our own, which asks servers as the environment says now."""
    return httpx.Client(transport=_Transport(front or Front("")), trust_env=False)


def new_async_client(front: Front | None = None) -> AsyncHttpClient:
    """The same for coroutines."""
    return httpx.AsyncClient(transport=_AsyncTransport(front or Front("")), trust_env=False)


def _to_httpx(proxy: Proxy | None) -> httpx.Proxy | None:
    return None if proxy is None else httpx.Proxy(proxy.url)


class _Routes(Generic[T]):
    """The transports of a client by the proxy and the certificates that a server wants, each made when it is needed."""

    def __init__(self, front: Front, make: Callable[[Proxy | None, ssl.SSLContext], T]) -> None:
        self._front, self._make = front, make
        self._usual = certificates()
        self._surroundings = surroundings()
        self._made: dict[tuple[Proxy | None, bool], T] = {}

    def to(self, url: str) -> T:
        """The transport for a URL."""
        proxy = self._surroundings.proxy(url) if self._surroundings.proxies else None
        way = (proxy, self._front.identifies(url))
        if way not in self._made:
            verify = self._front.certificates() if way[1] else self._usual
            return self._made.setdefault(way, self._make(proxy, verify))  # another thread may have been faster
        return self._made[way]

    def all(self) -> Iterable[T]:
        """Those that were made."""
        return self._made.values()


class _Transport(httpx.BaseTransport):
    """Sends each request to its server, or through the proxy that the environment names for it."""

    def __init__(self, front: Front) -> None:
        self._routes = _Routes(front, _blocking)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        transport = self._routes.to(str(request.url))
        with proxy_errors():
            return transport.handle_request(request)

    def close(self) -> None:
        for transport in self._routes.all():
            transport.close()


class _AsyncTransport(httpx.AsyncBaseTransport):
    """The same for coroutines."""

    def __init__(self, front: Front) -> None:
        self._routes = _Routes(front, _asynchronous)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        transport = self._routes.to(str(request.url))
        with proxy_errors():
            return await transport.handle_async_request(request)

    async def aclose(self) -> None:
        for transport in self._routes.all():
            await transport.aclose()


def _blocking(proxy: Proxy | None, verify: ssl.SSLContext) -> httpx.HTTPTransport:
    return httpx.HTTPTransport(verify=verify, proxy=_to_httpx(proxy), trust_env=False)


def _asynchronous(proxy: Proxy | None, verify: ssl.SSLContext) -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(verify=verify, proxy=_to_httpx(proxy), trust_env=False)
