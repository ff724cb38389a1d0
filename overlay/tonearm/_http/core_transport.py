"""Our own transport for the backend httpx2: the connections of httpcore2, with requests and responses of httpx.

Requests and responses of httpx2 would be made in between only to be read once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import Any, cast

import httpx
from attrs import frozen


def of_httpx(error: BaseException, request: httpx.Request) -> httpx.RequestError:
    """The error of httpx with the name of another library's error, or of its nearest base class."""
    name = next(kind.__name__ for kind in type(error).__mro__ if hasattr(httpx, kind.__name__))
    return cast("httpx.RequestError", getattr(httpx, name)(str(error), request=request))


@frozen
class _Translated:
    """A block in which an error of httpcore2 becomes httpx's."""

    core: Any
    request: httpx.Request

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        core = self.core
        ours = (core.TimeoutException, core.NetworkError, core.ProtocolError, core.ProxyError, core.UnsupportedProtocol)
        if error is not None and isinstance(error, ours):
            raise of_httpx(error, self.request) from error


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any, translated: _Translated) -> None:
        self._stream, self._translated = stream, translated

    def __iter__(self) -> Iterator[bytes]:
        with self._translated:
            yield from self._stream

    def close(self) -> None:
        self._stream.close()


class _AsyncBody(httpx.AsyncByteStream):
    """A body for asyncio; no generator, as Python closes an abandoned one only in a later turn of the loop."""

    def __init__(self, stream: Any, translated: _Translated) -> None:
        self._stream, self._translated = stream, translated
        self._blocks: Any = aiter(stream)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        with self._translated:
            return cast("bytes", await anext(self._blocks))

    async def aclose(self) -> None:
        await self._stream.aclose()


def _lowered(core: Any, request: httpx.Request) -> Any:
    """The request as httpcore2 takes it."""
    url = request.url
    return core.Request(
        request.method,
        core.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


class CoreTransport(httpx.BaseTransport):
    """Sends requests over a pool of httpcore2; `core` is that library."""

    def __init__(self, pool: Any, core: Any) -> None:
        self.pool, self._core = pool, core

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        translated = _Translated(self._core, request)
        with translated:
            response = self.pool.handle_request(_lowered(self._core, request))
        body = _Body(response.stream, translated)
        return httpx.Response(response.status, headers=response.headers, stream=body, extensions=response.extensions)

    def close(self) -> None:
        """Close all connections."""
        self.pool.close()


class AsyncCoreTransport(httpx.AsyncBaseTransport):
    """The same for coroutines."""

    def __init__(self, pool: Any, core: Any) -> None:
        self.pool, self._core = pool, core

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        translated = _Translated(self._core, request)
        with translated:
            response = await self.pool.handle_async_request(_lowered(self._core, request))
        body = _AsyncBody(response.stream, translated)
        return httpx.Response(response.status, headers=response.headers, stream=body, extensions=response.extensions)

    async def aclose(self) -> None:
        """Close all connections."""
        await self.pool.aclose()
