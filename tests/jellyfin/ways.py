"""The blocking client and its twin, so that one test holds for both."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

import pytest
from attrs import frozen

from tests.inside.engine import run, run_async
from tonearm import AsyncJellyfin, Jellyfin, Retry

AT_ONCE = Retry(first_delay=0)
"""Retries that do not wait."""
ONCE = Retry(attempts=1)


@frozen
class Heard:
    """What came from a stream: its media type, the size that it announced, and its bytes, anew after each restart."""

    content_type: str
    size: int | None
    bodies: list[bytes]


class Way(Protocol):
    """One of the two clients."""

    def call(self, url: str, do: Callable[[Any], Any], **settings: Any) -> Any:
        """Make a client, call it, and return what it returned."""

    def gather(self, url: str, do: Callable[[Any], Any], **settings: Any) -> list[Any]:
        """Make a client, go through what it gives, and return all of it."""

    def enter(self, come_in: Callable[[Any], Any], do: Callable[[Any], Any]) -> Any:
        """Get in through a method of the client's class, call the client, and return what it returned."""

    def hear(self, url: str, do: Callable[[Any], Any], **settings: Any) -> Heard:
        """Make a client, read the stream that it gives to its end, and return what was heard."""

    def listen(self, url: str, item: str, *, restarts: tuple[float, ...] = (), retry: Retry, **asked: Any) -> Heard:
        """Read a stream to its end, and again from each of `restarts`."""


class Blocking:
    def call(self, url: str, do: Callable[[Any], Any], **settings: Any) -> Any:
        with Jellyfin(url, **{"retry": AT_ONCE, **settings}) as client:
            return do(client)

    def gather(self, url: str, do: Callable[[Any], Any], **settings: Any) -> list[Any]:
        with Jellyfin(url, **{"retry": AT_ONCE, **settings}) as client:
            return list(do(client))

    def enter(self, come_in: Callable[[Any], Any], do: Callable[[Any], Any]) -> Any:
        with come_in(Jellyfin) as client:
            return do(client)

    def hear(self, url: str, do: Callable[[Any], Any], **settings: Any) -> Heard:
        with Jellyfin(url, **{"retry": AT_ONCE, **settings}) as client, do(client) as audio:
            return Heard(audio.content_type, audio.size, [audio.read()])

    def listen(
        self, url: str, item: str, *, restarts: tuple[float, ...] = (), retry: Retry = AT_ONCE, **asked: Any
    ) -> Heard:
        with Jellyfin(url, retry=retry) as client, client.stream(item, **asked) as audio:
            bodies = [b"".join(audio)]
            for at in restarts:
                audio.restart(at)
                bodies.append(audio.read())
            return Heard(audio.content_type, audio.size, bodies)


class Asynchronous:
    def call(self, url: str, do: Callable[[Any], Any], **settings: Any) -> Any:
        async def perform() -> Any:
            async with AsyncJellyfin(url, **{"retry": AT_ONCE, **settings}) as client:
                result = do(client)
                return await result if asyncio.iscoroutine(result) else result

        return asyncio.run(perform())

    def gather(self, url: str, do: Callable[[Any], Any], **settings: Any) -> list[Any]:
        async def perform() -> list[Any]:
            async with AsyncJellyfin(url, **{"retry": AT_ONCE, **settings}) as client:
                return [one async for one in do(client)]

        return asyncio.run(perform())

    def enter(self, come_in: Callable[[Any], Any], do: Callable[[Any], Any]) -> Any:
        async def perform() -> Any:
            async with await come_in(AsyncJellyfin) as client:
                result = do(client)
                return await result if asyncio.iscoroutine(result) else result

        return asyncio.run(perform())

    def hear(self, url: str, do: Callable[[Any], Any], **settings: Any) -> Heard:
        async def perform() -> Heard:
            async with AsyncJellyfin(url, **{"retry": AT_ONCE, **settings}) as client, do(client) as audio:
                return Heard(audio.content_type, audio.size, [await audio.read()])

        return asyncio.run(perform())

    def listen(
        self, url: str, item: str, *, restarts: tuple[float, ...] = (), retry: Retry = AT_ONCE, **asked: Any
    ) -> Heard:
        async def perform() -> Heard:
            async with AsyncJellyfin(url, retry=retry) as client, client.stream(item, **asked) as audio:
                bodies = [b"".join([block async for block in audio])]
                for at in restarts:
                    await audio.restart(at)
                    bodies.append(await audio.read())
                return Heard(audio.content_type, audio.size, bodies)

        return asyncio.run(perform())


BOTH = [
    pytest.param(Blocking, id="sync", marks=pytest.mark.turn("way")),
    pytest.param(Asynchronous, id="async", marks=pytest.mark.turn("way")),
]
"""For the `way` of what holds for both clients, which take turns."""


def planned(make: Callable[[], Any]) -> Callable[[Any], Any]:
    """A call of a part of what a public method does, with either client."""
    return lambda jf: (run_async if jf._asynchronous else run)(make(), jf._wire)


def gathered(listing: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A call that goes through a list, with either client."""

    async def gather(found: Any) -> list[Any]:
        return [item async for item in found]

    return lambda jf: gather(listing(jf)) if jf._asynchronous else list(listing(jf))
