"""Performs an operation with the blocking client or with its twin."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tonearm import AsyncOpenAI, OpenAI, Retry

FLAC = b"fLaC, and no more"
QUICK = Retry(first_delay=0.0)
SETTINGS: dict[str, Any] = {"api_key": "KEY", "retry": QUICK}

Operation = Callable[[Any], Any]
"""Called with either client; the asynchronous one's result is awaited."""
Way = Callable[..., Any]
"""Performs an operation with a client of the given base URL and settings."""


def blocking(operation: Operation, url: str, **settings: Any) -> Any:
    with OpenAI(base_url=url, **(SETTINGS | settings)) as ai:
        return operation(ai)


def asynchronous(operation: Operation, url: str, **settings: Any) -> Any:
    async def perform() -> Any:
        async with AsyncOpenAI(base_url=url, **(SETTINGS | settings)) as ai:
            return await operation(ai)

    return asyncio.run(perform())


def live(ai: Any, *args: Any, **kwargs: Any) -> Any:
    """Read live speech to its end: the content type and the bytes."""
    stream = ai.speech(*args, **kwargs)

    async def read() -> tuple[str, bytes]:
        async with stream as audio:
            return audio.content_type, b"".join([block async for block in audio])

    if isinstance(ai, AsyncOpenAI):
        return read()
    with stream as audio:
        return audio.content_type, b"".join(audio)


both = pytest.mark.parametrize(
    "way", [pytest.param(way, marks=pytest.mark.turn("way")) for way in (blocking, asynchronous)]
)
"""Holds for both clients, which take turns."""
