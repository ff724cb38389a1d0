"""Hints for a base URL that lacks its path: many servers are below a path such as ``/jellyfin``."""

from __future__ import annotations

from typing import TypeVar

from ..._engine import Call, Plan
from ..._http import Answer, Request, joined, same_origin
from ...errors import StatusError, TonearmError, UnexpectedAnswer

T = TypeVar("T")

_USUAL = "/jellyfin"
_WEB = "/web"
"""The path of a server's pages, below its base path; other paths are redirected to it."""

_UNKNOWN = frozenset({404, 405})
"""The statuses of servers for an unknown path."""

_INFORMATION = "/System/Info/Public"
_ASIDE = f"check the address: many servers are below a path, as in http://nas{_USUAL}"


def mention(error: StatusError | UnexpectedAnswer) -> None:
    """Add a hint about the path to an error that no Jellyfin server causes."""
    if (base := _redirected(error)) is not None:
        error.hint = _given(base)
    elif _is_page(error):
        error.hint = _ASIDE


def looked_for(plan: Plan[T], request: Request) -> Plan[T]:
    """Run a call without an item; if its path is unknown, look for a server below the usual base path."""
    try:
        return (yield from plan)
    except (StatusError, UnexpectedAnswer) as error:
        if error.status in _UNKNOWN or 300 <= error.status < 400 or _is_page(error):
            base = error.url.removesuffix(request.path)
            is_asked_already = request.path == _INFORMATION
            if is_asked_already or not (yield from _is_there(base)):
                yield from _look(error, base)
        raise


def _look(error: StatusError | UnexpectedAnswer, base: str) -> Plan[None]:
    for address in filter(None, (_redirected(error), base + _USUAL)):
        if (yield from _is_there(address)):
            error.hint = _given(address)
            return
    if error.status in _UNKNOWN:
        error.hint = _ASIDE


def _is_there(address: str) -> Plan[bool]:
    try:
        return (yield from Call(Request(method="GET", path=f"{address}{_INFORMATION}"), _answers))
    except TonearmError:
        return False


def _answers(answer: Answer) -> bool:
    return "Version" in answer.object()


def _redirected(error: StatusError | UnexpectedAnswer) -> str | None:
    """The base URL in a redirect to the server's pages."""
    location = error.headers.get("location")
    if location is None or not 300 <= error.status < 400:
        return None
    target = joined(error.url, location) or ""
    base, web, _ = target.partition("?")[0].partition("#")[0].partition(f"{_WEB}/")
    is_found = bool(web) and same_origin(base, error.url) and not error.url.startswith(f"{base}/")
    return base if is_found else None


def _is_page(error: StatusError | UnexpectedAnswer) -> bool:
    """Whether a response is a page of another program; a starting server sends a page with status 503."""
    is_odd = isinstance(error, UnexpectedAnswer) or error.status in _UNKNOWN
    return is_odd and "html" in error.headers.get("content-type", "")


def _given(address: str) -> str:
    return f"the server is below a path: give {address} as the address"
