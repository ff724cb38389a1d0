"""The transports of our own clients, over connections of httpcore, or of httpcore2, that keep to deadlines.

Requests go through a proxy if the environment names one for the server.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

import httpcore
import httpx
from attrs import frozen

from .backends import Backend, core
from .core_transport import AsyncCoreTransport, CoreTransport
from .early import AsyncLed, AsyncNetwork
from .front_proxy import Front
from .network import Led, Network
from .passing import pass_blocks
from .proxies import PROXY, Proxy, certificates, check_proxy, surroundings

T = TypeVar("T")

_LIMITS = {"max_connections": 100, "max_keepalive_connections": 20, "keepalive_expiry": 5.0}
"""The limits of httpx."""


@frozen
class _Library:
    """The library of connections; see `core`."""

    core: Any

    def transport(self, proxy: Proxy | None, verify: ssl.SSLContext) -> httpx.BaseTransport:
        """Make a transport for blocking calls."""
        network = Network(self.core.SyncBackend())
        pool = _led(self.core.ConnectionPool(**self._settings(proxy, verify), network_backend=network), Led, proxy)
        if self.core is not httpcore:
            return CoreTransport(pool, self.core)
        # The transport of httpx itself, as vcrpy, respx and pytest-httpx take the place of its methods.
        made = httpx.HTTPTransport(verify=verify, trust_env=False)
        made._pool = pool  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # no argument for it
        return made

    def async_transport(self, proxy: Proxy | None, verify: ssl.SSLContext) -> httpx.AsyncBaseTransport:
        """Make a transport for asyncio."""
        network = AsyncNetwork(self.core.AnyIOBackend(), self.core)
        made_pool = self.core.AsyncConnectionPool(**self._settings(proxy, verify), network_backend=network)
        pool = _led(made_pool, AsyncLed, proxy)
        if self.core is not httpcore:
            return AsyncCoreTransport(pool, self.core)
        made = httpx.AsyncHTTPTransport(verify=verify, trust_env=False)
        made._pool = pool  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # as above
        return made

    def _settings(self, proxy: Proxy | None, verify: ssl.SSLContext) -> dict[str, Any]:
        return {"ssl_context": verify, "proxy": self._proxy(proxy), **_LIMITS}

    def _proxy(self, proxy: Proxy | None) -> Any:
        if proxy is None:
            return None
        parsed = httpx.Proxy(proxy.url)
        url = self.core.URL(
            scheme=parsed.url.raw_scheme, host=parsed.url.raw_host, port=parsed.url.port, target=parsed.url.raw_path
        )
        return self.core.Proxy(url, auth=parsed.raw_auth)


def _led(pool: Any, kind: type[Led], proxy: Proxy | None) -> Any:
    """A pool of httpcore whose connections through a proxy are closed if they fail before they reach the server."""
    if proxy is not None:
        create = pool.create_connection

        def led(origin: object) -> Led:
            return kind(create(origin))

        pool.create_connection = led
    return pool


class _Routes(Generic[T]):
    """The transports of a client, by proxy and client certificate, each made when it is first needed."""

    def __init__(self, front: Front, make: Callable[[Proxy | None, ssl.SSLContext], T]) -> None:
        self._front, self._make = front, make
        self._usual = certificates()
        self._surroundings = surroundings()
        self._made: dict[tuple[Proxy | None, bool], T] = {}
        self._only: T | None = None  # the one for every URL
        if not self._surroundings.proxies and front.certificate is None:
            self._only = self._made[None, False] = make(None, self._usual)

    def to(self, asked: httpx.Request) -> T:
        """The transport for a request, whose proxy is stored with it for errors."""
        if self._only is not None:
            return self._only
        url = str(asked.url)
        proxy = self._surroundings.proxy(url) if self._surroundings.proxies else None
        if proxy is not None:
            asked.extensions[PROXY] = proxy
        way = (proxy, self._front.identifies(url))
        if way not in self._made:
            verify = self._front.certificates() if way[1] else self._usual
            return self._made.setdefault(way, self._make(proxy, verify))  # another thread may have been faster
        return self._made[way]

    def all(self) -> Iterable[T]:
        """All transports that were made."""
        return self._made.values()


class Transport(httpx.BaseTransport):
    """Sends each request to its server, or through the proxy of the environment."""

    def __init__(self, front: Front, backend: Backend) -> None:
        self._routes = _Routes(front, _Library(core(backend)).transport)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        transport = self._routes.to(request)
        try:
            response = transport.handle_request(request)
        except Exception as error:
            check_proxy(error)
            raise
        pass_blocks(response)
        return response

    def close(self) -> None:
        """Close all connections."""
        for transport in tuple(self._routes.all()):
            transport.close()


class AsyncTransport(httpx.AsyncBaseTransport):
    """The same for coroutines."""

    def __init__(self, front: Front, backend: Backend) -> None:
        self._routes = _Routes(front, _Library(core(backend)).async_transport)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        transport = self._routes.to(request)
        try:
            response = await transport.handle_async_request(request)
        except Exception as error:
            check_proxy(error)
            raise
        pass_blocks(response)
        return response

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in tuple(self._routes.all()):
            await transport.aclose()
