"""A caller's httpx2 client in the place of an httpx one: httpx2 continues httpx, with classes of its own.

Requests, responses and failures are httpx's up to here, so that nothing else has to know which library sends.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx

from .clients import AsyncHttpClient, HttpClient

if TYPE_CHECKING:
    import httpx2

LentClient: TypeAlias = "httpx.Client | httpx2.Client"
AsyncLentClient: TypeAlias = "httpx.AsyncClient | httpx2.AsyncClient"


def adopted(http: Any) -> Any:
    """An httpx client that sends with an httpx2 one; anything else as it is."""
    module = sys.modules.get("httpx2")  # whoever has a client of it has imported it
    if module is not None and isinstance(http, module.Client):
        return _Adopted(http)
    if module is not None and isinstance(http, module.AsyncClient):
        return _AsyncAdopted(http)
    return http


class _Adopted(HttpClient):
    def __init__(self, other: httpx2.Client) -> None:
        super().__init__(transport=_Sender(other), trust_env=False)
        self.other = other

    @property
    def is_closed(self) -> bool:
        """Whether its owner has closed it."""
        return self.other.is_closed


class _AsyncAdopted(AsyncHttpClient):
    def __init__(self, other: httpx2.AsyncClient) -> None:
        super().__init__(transport=_AsyncSender(other), trust_env=False)
        self.other = other

    @property
    def is_closed(self) -> bool:
        """Whether its owner has closed it."""
        return self.other.is_closed


class _Sender(httpx.BaseTransport):
    def __init__(self, client: httpx2.Client) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with _failures(request):
            response = self._client.send(_theirs(request), stream=True, follow_redirects=False)
        return _ours(response, _Body(response, request))


class _AsyncSender(httpx.AsyncBaseTransport):
    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        with _failures(request):
            response = await self._client.send(_theirs(request), stream=True, follow_redirects=False)
        return _ours(response, _AsyncBody(response, request))


class _Body(httpx.SyncByteStream):
    def __init__(self, response: Any, request: httpx.Request) -> None:
        self._response, self._request = response, request

    def __iter__(self) -> Iterator[bytes]:
        read = self._response.stream if self._response.is_stream_consumed else self._response.iter_raw()
        with _failures(self._request):
            yield from read

    def close(self) -> None:
        self._response.close()


class _AsyncBody(httpx.AsyncByteStream):
    def __init__(self, response: Any, request: httpx.Request) -> None:
        self._response, self._request = response, request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = self._response.stream if self._response.is_stream_consumed else self._response.aiter_raw()
        with _failures(self._request):
            async for block in read:
                yield block

    async def aclose(self) -> None:
        await self._response.aclose()


def _theirs(request: httpx.Request) -> Any:
    whole = isinstance(request.stream, httpx.ByteStream)  # a body that is not streamed has no need of chunks
    return sys.modules["httpx2"].Request(
        request.method,
        str(request.url),
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
    """Turn a failure of httpx2 into that of httpx of the same name, or of the nearest above it."""
    try:
        yield
    except sys.modules["httpx2"].RequestError as error:
        names = [kind.__name__ for kind in type(error).__mro__ if hasattr(httpx, kind.__name__)]
        raise getattr(httpx, names[0])(str(error), request=request) from error
