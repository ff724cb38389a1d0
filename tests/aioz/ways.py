"""Both clients of AIOZ Stream, behind one way to call them."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from attrs import frozen

from tonearm import Aioz, AsyncAioz, Retry

KEYS = {"public_key": "sandbox-public", "secret_key": "sandbox-secret"}
LISTS = ("list", "playlists")
"""The methods that return an iterator."""
AT_ONCE = Retry(first_delay=0)


@frozen
class Way:
    """Calls one of the clients; what is given names the method and its arguments."""

    name: str
    kind: type[Any]
    call: Callable[..., Any]

    def all(self, url: str, method: str, *args: Any, **kwargs: Any) -> list[Any]:
        """Read what a method lists to its end."""
        found: list[Any] = self.call(url, method, *args, **kwargs)
        return found


def _options(options: dict[str, Any]) -> dict[str, Any]:
    return {"retry": AT_ONCE, **({} if "token" in options else KEYS), **options}


# Nothing here speaks TLS; loading the certificates for each client would take most of the time.
def _call(url: str, method: str, /, *args: Any, client: dict[str, Any] | None = None, **kwargs: Any) -> Any:
    with httpx.Client(verify=False) as http, Aioz(base_url=url, http=http, **_options(client or {})) as aioz:
        result = getattr(aioz, method)(*args, **kwargs)
        return list(result) if method in LISTS else result


def _call_async(url: str, method: str, /, *args: Any, client: dict[str, Any] | None = None, **kwargs: Any) -> Any:
    async def perform() -> Any:
        async with (
            httpx.AsyncClient(verify=False) as http,
            AsyncAioz(base_url=url, http=http, **_options(client or {})) as aioz,
        ):
            result = getattr(aioz, method)(*args, **kwargs)
            return [item async for item in result] if method in LISTS else await result

    return asyncio.run(perform())


SYNC, ASYNC = Way("sync", Aioz, _call), Way("async", AsyncAioz, _call_async)
both = pytest.mark.parametrize(
    "way", [pytest.param(way, id=way.name, marks=pytest.mark.turn("way")) for way in (SYNC, ASYNC)]
)
"""Holds for both clients, which take turns."""
