"""Turns requests into httpx's, and httpx's responses and errors into ours."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from email.utils import parsedate_to_datetime
from functools import lru_cache
from types import TracebackType
from typing import Any, cast

import httpx
from attrs import field, frozen

from .._base.cancellation import check_stop
from .._base.version import __version__
from ..errors import ConnectionFailed, InvalidInput, TimedOut
from .connection import HEADERS, Wire, logger
from .failure_reason import reason
from .lent import SECRET_NAME, dress
from .multipart import Multipart
from .origin import same_origin
from .proxies import PROXY
from .request import Request
from .response import ERROR_BODY_LIMIT, Head, bare

ANSWER_LIMIT = 128 * 1024 * 1024
"""Most decoded bytes of a JSON or text response."""

_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
_SECRET_QUERY = re.compile(rf"([?&][^=&#\s]*(?:{SECRET_NAME.pattern}|sign)[^=&#\s]*=)[^&#\s]+", re.IGNORECASE)
_USER_AGENT = f"tonearm/{__version__}"


def build(wire: Wire[Any], request: Request, *, left: float | None, asynchronous: bool = False) -> httpx.Request:
    """Make the httpx request, with headers and timeouts; `left` seconds remain until the deadline.

    A path that is a full URL is used unchanged, and gets no key. The headers of a proxy in front of the service, and
    those of a lent client, are sent only to the service.
    """
    built = _usable(wire, request, left, asynchronous)
    wire.front.dress(built)
    if wire.lent is not None and same_origin(wire.base_url, str(built.url)):
        dress(built, wire.lent)
    return built


def _usable(wire: Wire[Any], request: Request, left: float | None, asynchronous: bool) -> httpx.Request:
    try:
        return _build(wire, request, left, asynchronous)
    except httpx.InvalidURL as error:
        raise InvalidInput(
            f"the URL that these arguments make cannot be used: {error}", expected="arguments that make a URL"
        ) from None


def _build(wire: Wire[Any], request: Request, left: float | None, asynchronous: bool) -> httpx.Request:
    own = request.path.startswith("/")
    keys: Mapping[str, str] = wire.keys if own else {}
    headers = {"User-Agent": _USER_AGENT, "Accept-Encoding": "gzip, deflate", **keys, **request.headers}
    content: Any = request.content
    if request.form is not None:
        body = Multipart(request.form)
        headers |= {"Content-Type": body.content_type, "Content-Length": str(body.length)}
        content = _aread(body, request) if asynchronous else _read(body, request)
    url = wire.base_url + request.path if own else request.path
    params = {**(wire.query if own else {}), **request.query} or None
    return httpx.Request(
        request.method,
        _parsed(url) if own and params is None else url,  # with parameters, httpx parses all of it anyway
        params=params,
        headers=headers,
        json=request.json,
        content=content,
        extensions={"timeout": wire.timeouts(left, request.patience), "tonearm": request, "scrub": wire.scrub},
    )


@lru_cache(maxsize=64)
def _parsed(url: str) -> httpx.URL:
    """A URL of the service that has no query."""
    return httpx.URL(url)


def url_of(wire: Wire[Any], request: Request) -> str:
    """The URL of a request with its query, for other players, without parameters of a lent client."""
    return str(_usable(wire, request, None, asynchronous=False).url)


def head(wire: Wire[Any], response: httpx.Response) -> Head:
    """The head of a response, with the function that removes keys from texts that are shown."""
    _log_headers(wire, response)
    headers = _lowered(response.headers)
    status, url = response.status_code, plain_url(response.request)
    return Head(response.request.method, url, status, headers, retry_after(headers, status), wire.scrub)


def _lowered(headers: httpx.Headers) -> dict[str, str]:
    """The headers by their names in lower case; httpx is slower, because it supports other encodings."""
    lowered: dict[str, str] = {}
    try:
        for raw_name, raw_value in headers.raw:
            name, value = raw_name.decode("ascii").lower(), raw_value.decode("ascii")
            lowered[name] = f"{lowered[name]}, {value}" if name in lowered else value
    except UnicodeDecodeError:
        return {name.lower(): value for name, value in headers.items()}
    return lowered


@frozen
class Live:
    """A response whose body still arrives. The caller that opened it must close it."""

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
    """The body while it arrives, also if a transport, such as httpx's MockTransport, has read it already."""
    if response.is_stream_consumed:
        return iter(cast("httpx.SyncByteStream", response.stream))
    return response.iter_raw()


def arriving_async(response: httpx.Response) -> AsyncIterator[bytes]:
    """The body while it arrives, for asyncio."""
    if response.is_stream_consumed:
        return aiter(cast("httpx.AsyncByteStream", response.stream))
    return response.aiter_raw()


def limit_for(status: int) -> int:
    """The most bytes of a body that are read."""
    return ANSWER_LIMIT if 200 <= status < 300 else ERROR_BODY_LIMIT


def plain_url(request: httpx.Request) -> str:
    """The URL of a request without its query, which may contain a key."""
    return str(request.url).partition("?")[0].partition("#")[0]


class Translating:
    """A block in which httpx's errors are translated into ours, without keys that a server has echoed.

    Each request enters two of them, and a generator of `contextlib` would take several times as long.
    """

    __slots__ = ("_request",)

    def __init__(self, request: httpx.Request) -> None:
        self._request = request

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if isinstance(error, httpx.RequestError):
            raise _failure(self._request, error) from bare(error)


def _failure(request: httpx.Request, error: httpx.RequestError) -> ConnectionFailed:
    kind = TimedOut if isinstance(error, httpx.TimeoutException) else ConnectionFailed
    why, sent = request.extensions.get("scrub", str)(reason(error)), not isinstance(error, _UNSENT)
    error.args = (why,)
    failed = kind(why, method=request.method, url=plain_url(request), sent=sent)
    if PROXY in request.extensions:
        failed.add_note(f"it was asked through the proxy {request.extensions[PROXY]}")
    return failed


def log(request: httpx.Request, outcome: object, started: float) -> None:
    """Log a line for each request."""
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("%s %s -> %s in %.3f s", request.method, plain_url(request), outcome, time.monotonic() - started)


def _log_headers(wire: Wire[Any], response: httpx.Response) -> None:
    """Log the headers of request and response, without secrets."""
    if not logger.isEnabledFor(HEADERS):
        return
    request = response.request
    own = {name.lower() for name in (*wire.keys, *wire.front.headers)}

    def shown(mark: str, headers: httpx.Headers) -> list[str]:
        secret = {name for name in headers if name.lower() in own or SECRET_NAME.search(name)}
        return [f"{mark} {name}: {'***' if name in secret else value}" for name, value in headers.items()]

    lines = [f"> {request.method} {request.url}", *shown(">", request.headers)]
    lines += [f"< {response.status_code}", *shown("<", response.headers)]
    logger.log(HEADERS, "%s", _SECRET_QUERY.sub(r"\1***", wire.scrub("\n".join(lines))))


def retry_after(headers: Mapping[str, str], status: int) -> float | None:
    """The seconds of the server's Retry-After.

    Read from `retry-after-ms`, from `Retry-After` (seconds, also as Jellyfin's ``005``, or a date) and, on a 429, from
    AIOZ's `X-RateLimit-Retry-After`, which is the end of the window on other statuses.
    """
    names = [("retry-after-ms", 0.001), ("retry-after", 1.0)]
    if status == 429:
        names.append(("x-ratelimit-retry-after", 1.0))
    for name, unit in names:
        value = headers.get(name, "").strip()
        if not value:
            continue
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
