"""Server-sent events, each made in a thread when the one before was sent."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any, Self

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

Event = dict[str, Any]


class EventStream(StreamingResponse):
    """An answer of events: only `data:` lines, each with a JSON object."""

    def __init__(self, first: Event, rest: Iterator[Event], owned: AsyncExitStack) -> None:
        super().__init__(_lines(first, rest), media_type="text/event-stream")
        self._owned = owned

    @classmethod
    async def begin(cls, events: Iterator[Event], owned: AsyncExitStack) -> Self:
        """Make the first event, so what is raised until then can still become a status.

        Args:
            events: at least one event.
            owned: what is closed when the answer ends, however it ends; also when the first event fails.
        """
        async with AsyncExitStack() as stack:
            stack.push_async_exit(owned)
            first = await run_in_threadpool(next, events)
            return cls(first, events, stack.pop_all())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._owned:
            await super().__call__(scope, receive, send)


async def _lines(first: Event, rest: Iterator[Event]) -> AsyncIterator[str]:
    yield _line(first)
    async for event in iterate_in_threadpool(rest):
        yield _line(event)


def _line(event: Event) -> str:
    return f"data: {json.dumps(event, ensure_ascii=False, separators=(',', ':'))}\n\n"
