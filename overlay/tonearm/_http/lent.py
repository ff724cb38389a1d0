"""A caller's own httpx client (``http=``): what is refused, and what each request takes over from it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import httpx

from ..errors import ConfigurationError
from .clients import AsyncHttpClient, HttpClient

SECRET_NAME = re.compile("auth|token|secret|key|cookie|session|pass", re.IGNORECASE)
_FRAMING = ("content-length", "transfer-encoding")
"""Headers that belong to one body."""


def check_lent(http: object, keys: Mapping[str, str], *, asynchronous: bool) -> None:
    """Refuse an ``http=`` that is not of its kind, or that would replace the key by other credentials."""
    kind = AsyncHttpClient if asynchronous else HttpClient
    if not isinstance(http, kind):
        raise ConfigurationError.of("http", http, f"an httpx.{kind.__name__}, or one of httpx2")
    http = _given(http)
    if http.auth is not None and "Authorization" in keys:
        raise _beside("the auth of the http client would replace the key")
    if twice := sorted(name for name in keys if name in http.headers):
        raise _beside(f"the http client has a header {', '.join(twice)} beside the key")


def _beside(message: str) -> ConfigurationError:
    return ConfigurationError(
        message, argument="http", expected="a client without keys of its own", hint="leave one out"
    )


def lent_secrets(http: HttpClient | AsyncHttpClient) -> tuple[str, ...]:
    """What of a lent client is never shown: its cookies, and the headers and parameters that are named as secrets."""
    http = _given(http)
    named = [*_own_headers(http).items(), *http.params.multi_items()]
    cookies = [cookie.value or "" for cookie in http.cookies.jar]
    return tuple(filter(None, [*(value for name, value in named if SECRET_NAME.search(name)), *cookies]))


def dress(request: httpx.Request, http: HttpClient | AsyncHttpClient) -> None:
    """Give a request the headers, cookies and parameters of a lent client, where it has none of that name itself."""
    http = _given(http)
    for name, value in _own_headers(http).items():
        if name not in request.headers or name == "user-agent":
            request.headers[name] = value
    if http.cookies and "cookie" not in request.headers:
        http.cookies.set_cookie_header(request)
    if added := [(name, value) for name, value in http.params.multi_items() if name not in request.url.params]:
        request.url = request.url.copy_with(params=[*request.url.params.multi_items(), *added])


def _own_headers(http: HttpClient | AsyncHttpClient) -> dict[str, str]:
    """The headers that the caller gave; those that httpx and httpx2 add say nothing, as we send our own."""
    usual = _usual(type(http).__module__.partition(".")[0])
    return {n: value for n, value in http.headers.items() if n not in _FRAMING and usual.get(n) != value}


def _given(http: HttpClient | AsyncHttpClient) -> HttpClient | AsyncHttpClient:
    """The client that the caller has, which may be one of httpx2 behind one of ours; both have the same attributes."""
    return cast("HttpClient | AsyncHttpClient", getattr(http, "other", http))


@cache
def _usual(library: str) -> Mapping[str, str]:
    """The headers of each client of httpx or httpx2."""
    module: Any = sys.modules[library] if library in ("httpx", "httpx2") else httpx
    nowhere = module.MockTransport(module.Response)  # so that no certificates are loaded; nothing is sent
    with module.Client(transport=nowhere, trust_env=False) as plain:
        return dict(plain.headers)
