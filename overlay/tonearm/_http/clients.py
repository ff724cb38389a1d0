"""httpx clients: those that we make, and the types of those that a caller lends."""

from __future__ import annotations

from typing import TypeAlias

import httpx

from .front import Front
from .transports import AsyncTransport, Backend, Transport

HttpClient: TypeAlias = httpx.Client
AsyncHttpClient: TypeAlias = httpx.AsyncClient


def new_client(front: Front | None = None, backend: Backend = "httpx") -> HttpClient:
    """A client of our own, which asks servers as the environment says now."""
    return httpx.Client(transport=Transport(front or Front(""), backend), trust_env=False)


def new_async_client(front: Front | None = None, backend: Backend = "httpx") -> AsyncHttpClient:
    """The same for coroutines."""
    return httpx.AsyncClient(transport=AsyncTransport(front or Front(""), backend), trust_env=False)
