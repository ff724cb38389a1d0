"""A caller's httpx client (``http=``): its checks, and what requests get from it: headers, cookies, parameters."""

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
"""Headers that belong to a body."""


def check_lent(http: object, keys: Mapping[str, str], *, asynchronous: bool) -> None:
    """Refuse an ``http=`` of another type, or one that would replace the key by other credentials."""
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
    """The secrets of a lent client: its cookies, and headers and parameters with names of secrets."""
    http = _given(http)
    named = [*_own_headers(http).items(), *http.params.multi_items()]
    cookies = [cookie.value or "" for cookie in http.cookies.jar]
    return tuple(filter(None, [*(value for name, value in named if SECRET_NAME.search(name)), *cookies]))


def dress(request: httpx.Request, http: HttpClient | AsyncHttpClient) -> None:
    """Add the headers, cookies and parameters of a lent client to a request that does not have them."""
    http = _given(http)
    for name, value in _own_headers(http).items():
        if name not in request.headers or name == "user-agent":
            request.headers[name] = value
    if http.cookies and "cookie" not in request.headers:
        http.cookies.set_cookie_header(request)
    if added := [(name, value) for name, value in http.params.multi_items() if name not in request.url.params]:
        request.url = request.url.copy_with(params=[*request.url.params.multi_items(), *added])


def _own_headers(http: HttpClient | AsyncHttpClient) -> dict[str, str]:
    """The caller's headers, without the default headers of httpx and httpx2."""
    usual = _usual(type(http).__module__.partition(".")[0])
    return {n: value for n, value in http.headers.items() if n not in _FRAMING and usual.get(n) != value}


def _given(http: HttpClient | AsyncHttpClient) -> HttpClient | AsyncHttpClient:
    """The caller's client, which may be a wrapped one of httpx2; both have the same attributes."""
    return cast("HttpClient | AsyncHttpClient", getattr(http, "other", http))


@cache
def _usual(library: str) -> Mapping[str, str]:
    """The default headers of clients of httpx or httpx2."""
    module: Any = sys.modules[library] if library in ("httpx", "httpx2") else httpx
    nowhere = module.MockTransport(module.Response)  # so that no certificates are loaded; nothing is sent
    with module.Client(transport=nowhere, trust_env=False) as plain:
        return dict(plain.headers)
