"""Answers that are made while they are sent: what makes them is closed at once, and not by the garbage collector."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import AsyncExitStack

import pytest
from starlette.types import Message

from tonearm.sandbox.openai.events import EventStream
from tonearm.sandbox.streaming import Made, Streamed, stream

SCOPE = {"type": "http", "asgi": {"spec_version": "2.3"}}
"""As uvicorn speaks of a request."""


class Source:
    """Makes blocks for ever, and notes that it was closed."""

    def __init__(self) -> None:
        self.closed = False

    def blocks(self) -> Generator[bytes]:
        try:
            while True:
                yield bytes(20_000)
        finally:
            self.closed = True


async def left(answer: Streamed, after: int) -> list[Message]:
    """Send an answer to a client that takes so many messages, then no more, and leaves."""
    sent, leaving = list[Message](), asyncio.Event()

    async def receive() -> Message:
        await leaving.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)
        if len(sent) == after:
            leaving.set()
            await asyncio.Event().wait()

    await answer(SCOPE, receive, send)
    return sent


@pytest.mark.parametrize("after", [1, 2, 5])
def test_a_client_that_leaves_ends_what_makes_its_answer(after: int) -> None:
    async def check() -> None:
        source = Source()
        blocks = source.blocks()  # kept here, so that it does not end as nothing refers to it
        sent = await left(await stream(blocks, media_type="audio/flac"), after)
        assert [len(message.get("body", b"")) for message in sent] == [0, *[20_000] * (after - 1)]
        assert source.closed

    asyncio.run(check())


def test_so_it_does_with_events() -> None:
    async def check() -> None:
        closed = list[str]()

        def events() -> Generator[dict[str, str]]:
            try:
                while True:
                    yield {"type": "one"}
            finally:
                closed.append("events")

        kept = events()
        owned = AsyncExitStack()
        owned.callback(closed.append, "owned")
        await left(await EventStream.begin(kept, owned), 3)
        assert closed == ["events", "owned"]

    asyncio.run(check())


def test_what_is_being_made_when_the_answer_ends_is_made_to_its_end() -> None:
    making, go_on, done = threading.Event(), threading.Event(), list[str]()

    def pieces() -> Generator[bytes]:
        try:
            making.set()
            assert go_on.wait(30)
            done.append("made")
            yield b"x"
        finally:
            done.append("closed")

    made = Made(pieces())
    thread = threading.Thread(target=lambda: asyncio.run(made.begin()))
    thread.start()
    assert making.wait(30)
    made.close()
    assert done == []
    go_on.set()
    thread.join(30)
    assert done == ["made", "closed"]
