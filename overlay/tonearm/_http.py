"""One service's connection: base URL, keys, timeouts; from a request to httpx, and from its answer back."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any, Generic, TypeAlias, TypeVar, cast
from urllib.parse import urlsplit

import httpx
from attrs import evolve, field, frozen

from ._answer import ERROR_BODY_LIMIT, Head, bare
from ._multipart import Multipart
from ._plan import Request
from ._reason import reason
from ._stop import check_stop
from ._version import __version__
from .errors import ConfigurationError, ConnectionFailed, InvalidInput, TimedOut
from .retry import Budget, Retry

logger = logging.getLogger("tonearm")

ANSWER_LIMIT = 128 * 1024 * 1024
"""Decoded bytes of a JSON or text answer at most."""

CONNECT_TIMEOUT = 10.0
POOL_TIMEOUT = 60.0
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
_USER_AGENT = f"tonearm/{__version__}"

HttpClient: TypeAlias = httpx.Client
AsyncHttpClient: TypeAlias = httpx.AsyncClient
C = TypeVar("C", HttpClient, AsyncHttpClient)


@frozen
class Options:
    """How a client treats its requests: `timeout` seconds of silence, `deadline` seconds a call, `retry`."""

    timeout: float
    deadline: float | None
    retry: Retry


@frozen(repr=False)
class Wire(Generic[C]):
    """How one service is reached, from the process `pid`. `keys` are the headers that carry `secrets`.

    `query` is part of every request's.
    """

    client: C
    base_url: str
    keys: Mapping[str, str] = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    options: Options
    owned: bool
    query: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    budget: Budget = field(factory=Budget)
    pid: int = field(factory=os.getpid)

    def __repr__(self) -> str:
        """Name the server, never a key."""
        return f"<Wire to {self.base_url}>"

    def within(self, seconds: float | None) -> Wire[C]:
        """The same wire for a call that may take so long, or as long as the options say."""
        return self if seconds is None else evolve(self, options=evolve(self.options, deadline=seconds), owned=False)

    def check(self) -> None:
        """Refuse to send over connections that are closed, or that another process uses too."""
        if self.pid != os.getpid():
            raise ConfigurationError("the client was made in another process: make one in each process, after the fork")
        if self.client.is_closed:
            raise ConfigurationError("the client is closed")

    def build(self, request: Request, *, left: float | None, asynchronous: bool = False) -> httpx.Request:
        """The httpx request, with its own headers and timeouts; `left` seconds remain until the deadline.

        A path that is a whole URL is taken as it is, and gets no key.
        """
        try:
            return self._build(request, left, asynchronous)
        except httpx.InvalidURL as error:
            raise InvalidInput(f"the URL that these arguments make cannot be used: {error}") from None

    def _build(self, request: Request, left: float | None, asynchronous: bool) -> httpx.Request:
        own = request.path.startswith("/")
        keys: Mapping[str, str] = self.keys if own else {}
        headers = {"User-Agent": _USER_AGENT, "Accept-Encoding": "gzip, deflate", **keys, **request.headers}
        content: Any = request.content
        if request.form is not None:
            body = Multipart(request.form)
            headers |= {"Content-Type": body.content_type, "Content-Length": str(body.length)}
            content = _aread(body, request) if asynchronous else _read(body, request)
        return httpx.Request(
            request.method,
            self.base_url + request.path if own else request.path,
            params={**(self.query if own else {}), **request.query} or None,
            headers=headers,
            json=request.json,
            content=content,
            extensions={"timeout": self._timeouts(left), "tonearm": request},
        )

    def url(self, request: Request) -> str:
        """The URL that the request would go to, query and all."""
        return str(self.build(request, left=None).url)

    def _timeouts(self, left: float | None) -> dict[str, float]:
        silence = self.options.timeout
        limits = {"connect": min(CONNECT_TIMEOUT, silence), "read": silence, "write": silence, "pool": POOL_TIMEOUT}
        return limits if left is None else {name: max(0.001, min(limit, left)) for name, limit in limits.items()}

    def scrub(self, text: str) -> str:
        """The text without any key in it, should a server have echoed one."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text

    def head(self, response: httpx.Response) -> Head:
        """The head of an answer, clean of keys."""
        headers = {name.lower(): self.scrub(value) for name, value in response.headers.items()}
        request = response.request
        return Head(
            request.method,
            plain_url(request),
            response.status_code,
            headers,
            retry_after(headers, response.status_code),
        )


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


@frozen
class Live:
    """An answer whose body is still coming. Its opener closes it."""

    head: Head
    first: bytes = field(repr=False)
    response: httpx.Response = field(repr=False)
    rest: Iterator[bytes] | AsyncIterator[bytes] = field(repr=False)


def _read(body: Multipart, request: Request) -> Iterator[bytes]:
    for block in body.blocks():
        yield block
        check_stop()
        request.sent(body.streamed)


async def _aread(body: Multipart, request: Request) -> AsyncIterator[bytes]:
    blocks = body.blocks()
    while (block := await asyncio.to_thread(next, blocks, None)) is not None:
        yield block
        request.sent(body.streamed)


def arriving(response: httpx.Response) -> Iterator[bytes]:
    """The body as it comes; also where a transport, such as httpx's MockTransport, had it whole and read it already."""
    if response.is_stream_consumed:
        return iter(cast("httpx.SyncByteStream", response.stream))
    return response.iter_raw()


def arriving_async(response: httpx.Response) -> AsyncIterator[bytes]:
    """The same for coroutines."""
    if response.is_stream_consumed:
        return aiter(cast("httpx.AsyncByteStream", response.stream))
    return response.aiter_raw()


def limit_for(status: int) -> int:
    """How many bytes of a body are read."""
    return ANSWER_LIMIT if 200 <= status < 300 else ERROR_BODY_LIMIT


def plain_url(request: httpx.Request) -> str:
    """The URL of a request without its query, which may hold a key."""
    return str(request.url.copy_with(query=None, fragment=None))


@contextmanager
def translated(request: httpx.Request) -> Generator[None]:
    """Turn httpx's failures into ours."""
    try:
        yield
    except httpx.TimeoutException as error:
        sent = not isinstance(error, _UNSENT)
        raise TimedOut(reason(error), method=request.method, url=plain_url(request), sent=sent) from bare(error)
    except httpx.RequestError as error:
        sent = not isinstance(error, _UNSENT)
        raise ConnectionFailed(reason(error), method=request.method, url=plain_url(request), sent=sent) from bare(error)


def log(request: httpx.Request, outcome: object, started: float) -> None:
    """Write the one line that each request gets."""
    logger.debug("%s %s -> %s in %.3f s", request.method, plain_url(request), outcome, time.monotonic() - started)


def retry_after(headers: Mapping[str, str], status: int) -> float | None:
    """Seconds that the server asks to wait.

    Read from `retry-after-ms`, from `Retry-After` (seconds, also as Jellyfin's ``005``, or a date) and, on a 429, from
    AIOZ's `X-RateLimit-Retry-After`, which otherwise tells when the window ends.
    """
    names = [("retry-after-ms", 0.001), ("retry-after", 1.0)]
    if status == 429:
        names.append(("x-ratelimit-retry-after", 1.0))
    for name, unit in names:
        value = headers.get(name, "").strip()
        try:
            seconds = float(value) * unit
        except ValueError:
            seconds = _until(value)
        if 0 <= seconds < float("inf"):
            return seconds
    return None


def _until(date: str) -> float:
    try:
        return max(0.0, parsedate_to_datetime(date).timestamp() - time.time())
    except (ValueError, OverflowError):
        return -1.0


def check_base_url(url: str) -> str:
    """The base URL without a final slash, or ConfigurationError."""
    if not isinstance(url, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise ConfigurationError(f"the base URL must be text, not {type(url).__name__}")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as error:
        raise ConfigurationError(f"the base URL {url!r} cannot be read: {error}") from error
    if parts.scheme not in ("http", "https") or not host or " " in url:
        raise ConfigurationError(f"the base URL must start with http:// or https:// and name a host, not {url!r}")
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError("the base URL must not hold a user name or password; give an http= client with auth=")
    if parts.query or parts.fragment:
        raise ConfigurationError(f"the base URL must not have a query or a fragment: {url!r}")
    return url.rstrip("/")


def check_key(name: str, value: str) -> str:
    """A key that can stand in a header, or ConfigurationError (which does not show it)."""
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise ConfigurationError(f"{name} must be text, not {type(value).__name__}")
    if not value or not value.isascii() or not value.isprintable() or " " in value:
        raise ConfigurationError(f"{name} is empty or has characters that cannot stand in a key")
    return value
