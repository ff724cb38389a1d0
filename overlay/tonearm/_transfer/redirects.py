"""Follows redirects, to which no key is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from .._engine import Plan
from .._http import Request, joined
from ..errors import StatusError

T = TypeVar("T")

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 10


def follow(request: Request, fetching: Callable[[Request], Plan[T]]) -> Plan[T]:
    """Fetch something, and follow redirects; no key is sent to their targets."""
    for _ in range(_MOST_REDIRECTS):
        try:
            return (yield from fetching(request))
        except StatusError as error:
            where = _location(error)
            if where is None:
                raise
            request = Request(method=request.method, path=where, headers=request.headers)
    return (yield from fetching(request))


def _location(error: StatusError) -> str | None:
    """The target of a redirect; None if the error is none, or if its target is not allowed."""
    if error.status not in _REDIRECTS or not error.headers.get("location"):
        return None
    url = joined(error.url, error.headers["location"])
    if url is None:
        return None
    if not url.startswith("https://") and (error.url.startswith("https://") or not url.startswith("http://")):
        return None
    return url
