"""Server-sent events, each made in a thread when the one before was sent."""

import json
from collections.abc import Generator
from contextlib import AsyncExitStack, closing
from typing import Any, Self

from starlette.types import Receive, Scope, Send

from tonearm.sandbox.streaming import Made, Streamed

Event = dict[str, Any]


class EventStream(Streamed):
    """A response of events: only `data:` lines, each with a JSON object."""

    def __init__(self, lines: Made[str], owned: AsyncExitStack) -> None:
        super().__init__(lines, media_type="text/event-stream")
        self._owned = owned

    @classmethod
    async def begin(cls, events: Generator[Event], owned: AsyncExitStack) -> Self:
        """Make the first event, so that an error until then can still become a status.

        Args:
            events: at least one event.
            owned: closed when the response ends, however it ends; also when the first event fails.
        """
        async with AsyncExitStack() as stack:
            stack.push_async_exit(owned)
            lines = Made(_lines(events))
            await lines.begin()
            return cls(lines, stack.pop_all())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._owned:
            await super().__call__(scope, receive, send)


def _lines(events: Generator[Event]) -> Generator[str]:
    with closing(events):
        yield from map(_line, events)


def _line(event: Event) -> str:
    return f"data: {json.dumps(event, ensure_ascii=False, separators=(',', ':'))}\n\n"
