"""A caller's client of httpx2, which has the classes of httpx under new names.

Requests, responses and errors outside this module are httpx's, so that no other code depends on the library.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import httpx

from .core_transport import of_httpx

if TYPE_CHECKING:
    import httpx2

LentClient: TypeAlias = "httpx.Client | httpx2.Client"
AsyncLentClient: TypeAlias = "httpx.AsyncClient | httpx2.AsyncClient"


def adopted(http: Any) -> Any:
    """Wrap an httpx2 client in an httpx client; other clients are unchanged."""
    module = sys.modules.get("httpx2")  # a caller with such a client has imported it
    if module is not None and isinstance(http, module.Client):
        return _Adopted(http)
    if module is not None and isinstance(http, module.AsyncClient):
        return _AsyncAdopted(http)
    return http


class _Adopted(httpx.Client):
    def __init__(self, other: httpx2.Client) -> None:
        super().__init__(transport=Sender(_sending(other)), trust_env=False)
        self.other = other

    @property
    def is_closed(self) -> bool:
        """Whether its owner has closed it."""
        return self.other.is_closed


class _AsyncAdopted(httpx.AsyncClient):
    def __init__(self, other: httpx2.AsyncClient) -> None:
        super().__init__(transport=AsyncSender(_sending(other)), trust_env=False)
        self.other = other

    @property
    def is_closed(self) -> bool:
        """Whether its owner has closed it."""
        return self.other.is_closed


def _sending(client: Any) -> Any:
    return partial(client.send, stream=True, follow_redirects=False)


class Sender(httpx.BaseTransport):
    """Sends requests with `send` of a client of httpx2, which its owner closes."""

    def __init__(self, send: Callable[[Any], Any]) -> None:
        self._send = send

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        with _failures(request):
            response = self._send(_theirs(request))
        return _ours(response, _Body(response, request))


class AsyncSender(httpx.AsyncBaseTransport):
    """The same for coroutines."""

    def __init__(self, send: Callable[[Any], Awaitable[Any]]) -> None:
        self._send = send

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        with _failures(request):
            response = await self._send(_theirs(request))
        return _ours(response, _AsyncBody(response, request))


class _Body(httpx.SyncByteStream):
    def __init__(self, response: Any, request: httpx.Request) -> None:
        self._response, self._request = response, request

    def __iter__(self) -> Iterator[bytes]:
        with _failures(self._request):
            yield from self._response.stream

    def close(self) -> None:
        self._response.close()


class _AsyncBody(httpx.AsyncByteStream):
    """A body for asyncio; no generator, as Python closes an abandoned one only in a later turn of the loop."""

    def __init__(self, response: Any, request: httpx.Request) -> None:
        self._response, self._request = response, request
        self._blocks: Any = aiter(response.stream)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        with _failures(self._request):
            return cast("bytes", await anext(self._blocks))

    async def aclose(self) -> None:
        await self._response.aclose()


def _parsed(url: str) -> Any:
    """A URL of httpx2; URLs without a query, which are few and contain no key, are cached."""
    return sys.modules["httpx2"].URL(url) if "?" in url else _kept(url)


@lru_cache(maxsize=64)
def _kept(url: str) -> Any:
    return sys.modules["httpx2"].URL(url)


def _theirs(request: httpx.Request) -> Any:
    whole = isinstance(request.stream, httpx.ByteStream)  # a body that is not streamed needs no chunks
    return sys.modules["httpx2"].Request(
        request.method,
        _parsed(str(request.url)),
        headers=request.headers.raw,
        content=request.read() if whole else request.stream,
        extensions=request.extensions,
    )


def _ours(response: Any, body: _Body | _AsyncBody) -> httpx.Response:
    return httpx.Response(
        response.status_code, headers=response.headers.raw, stream=body, extensions=response.extensions
    )


@contextmanager
def _failures(request: httpx.Request) -> Generator[None]:
    """Translate an error of httpx2 into httpx's of the same name, or of its nearest base class."""
    try:
        yield
    except sys.modules["httpx2"].RequestError as error:
        raise of_httpx(error, request) from error
