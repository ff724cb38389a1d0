"""The types of httpx clients: our own, and those that a caller lends."""

from typing import TypeAlias

import httpx

HttpClient: TypeAlias = httpx.Client
AsyncHttpClient: TypeAlias = httpx.AsyncClient
