"""A base URL whose path was forgotten: many servers are below one, such as ``/jellyfin``."""

from __future__ import annotations

from typing import TypeVar

from ..._engine import Call, Plan
from ..._http import Answer, Request, joined, same_origin
from ...errors import StatusError, TonearmError, UnexpectedAnswer

T = TypeVar("T")

_USUAL = "/jellyfin"
_WEB = "/web"
"""Where a server's pages are, below its base path; it redirects there what is not below it."""

_UNKNOWN = frozenset({404, 405})
"""What servers answer to a path that they do not know."""

_INFORMATION = "/System/Info/Public"
_ASIDE = f"check the address: many servers are below a path, as in http://nas{_USUAL}"


def mention(error: StatusError | UnexpectedAnswer) -> None:
    """Give an answer that no Jellyfin server sends a hint at the path."""
    if (found := _redirected(error)) is not None:
        error.hint = _given(found)
    elif _is_page(error):
        error.hint = _ASIDE


def looked_for(plan: Plan[T], request: Request) -> Plan[T]:
    """Perform a call that needs no item; where the server does not know its path, look for it below the usual one."""
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
    """The base URL that a redirect to the server's pages gives away."""
    location = error.headers.get("location")
    if location is None or not 300 <= error.status < 400:
        return None
    target = joined(error.url, location) or ""
    base, web, _ = target.partition("?")[0].partition("#")[0].partition(f"{_WEB}/")
    is_found = bool(web) and same_origin(base, error.url) and not error.url.startswith(f"{base}/")
    return base if is_found else None


def _is_page(error: StatusError | UnexpectedAnswer) -> bool:
    """Whether it is a page of another program; one with status 503 is that of a server that starts."""
    is_odd = isinstance(error, UnexpectedAnswer) or error.status in _UNKNOWN
    return is_odd and "html" in error.headers.get("content-type", "")


def _given(address: str) -> str:
    return f"the server is below a path: give {address} as the address"
