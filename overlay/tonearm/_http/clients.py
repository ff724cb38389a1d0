"""httpx clients: those that we make, and those that a caller lends."""

from __future__ import annotations

import os
from functools import cache
from ssl import SSLContext
from typing import TypeAlias

import httpx

HttpClient: TypeAlias = httpx.Client
AsyncHttpClient: TypeAlias = httpx.AsyncClient


def new_client() -> HttpClient:
    """A client of our own; all of them share the certificates, as loading them takes longest."""
    return httpx.Client(verify=_certificates(*_elsewhere()))


def new_async_client() -> AsyncHttpClient:
    """The same for coroutines."""
    return httpx.AsyncClient(verify=_certificates(*_elsewhere()))


def _elsewhere() -> tuple[str | None, str | None]:
    """Where the environment says that the certificates are."""
    return os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")


@cache
def _certificates(_file: str | None, _folder: str | None) -> SSLContext:
    """What httpx makes of the environment; the arguments are what it looks at there."""
    return httpx.create_ssl_context()
