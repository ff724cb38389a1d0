"""A connection for dry runs: each request is shown without its keys, and not sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import httpx  # a transport of httpx's is the one place where every request of every client passes
from attrs import frozen

from .clients import HttpClient
from .request import Request

_PLAIN = ("accept", "content-range", "content-type", "content-length", "if-range", "range")
_SILENT = ("accept-encoding", "host", "user-agent")


class Rehearsed(BaseException):
    """Ends a dry run at a request whose response is unknown; it is no error, and is not retried."""


@frozen(kw_only=True)
class Sketch:
    """A request that would be sent.

    Attributes:
        headers: the headers that never contain a key.
        hidden: the names of the other headers.
        json: the JSON body, if any.
        form: names and values of the form, if any; the value of a file is its name and its size in bytes.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    hidden: tuple[str, ...]
    json: Any = None
    form: tuple[tuple[str, str], ...] = ()


Answer: TypeAlias = Mapping[str, Any]
Show: TypeAlias = Callable[[Sketch], Answer | None]
"""Called with each request; returns the JSON response to continue with, or None to stop there."""


class _Transport(httpx.BaseTransport):
    def __init__(self, show: Show) -> None:
        self._show = show

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._show(_sketch(request, request.extensions["tonearm"]))
        if answer is None:
            raise Rehearsed
        return httpx.Response(200, json=answer)


def rehearsal(show: Show) -> HttpClient:
    """Make an ``http=`` for a client whose requests are shown and not sent."""
    return httpx.Client(transport=_Transport(show))


def _sketch(sent: httpx.Request, request: Request) -> Sketch:
    names = [name for name in sent.headers if name not in _SILENT]
    headers = {name: sent.headers[name].partition("; boundary=")[0] for name in names if name in _PLAIN}
    return Sketch(
        method=sent.method,
        url=str(_plain(sent.url, request)),
        headers=headers,
        hidden=tuple(name for name in names if name not in _PLAIN),
        json=request.json,
        form=tuple((part.name, _value(part.value, part.filename)) for part in request.form or ()),
    )


def _plain(url: httpx.URL, request: Request) -> httpx.URL:
    """The URL without the values of parameters that the connection adds, which may be a key."""
    added = url.params.keys() - request.query.keys() if request.path.startswith("/") else ()
    for name in added:
        url = url.copy_set_param(name, "hidden")
    return url


def _value(value: Any, filename: str | None) -> str:
    if filename is None:
        return bytes(value).decode(errors="replace")
    return f"{filename}, {len(value) if isinstance(value, bytes) else value.length} bytes"
