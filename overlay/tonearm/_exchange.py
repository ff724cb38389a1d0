"""One request and its answer over a socket, blocking or not: read whole, into a sink, or left open."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar, cast

import httpx
from attrs import define, evolve, field, frozen

from ._answer import Answer, Head
from ._http import Live, Wire, limit_for, log, translated
from ._plan import Call, Fetch, Open, Request
from ._stop import check_stop
from .errors import TimedOut

T = TypeVar("T")


@define
class Clock:
    """The deadline of one public call."""

    wire: Wire[Any]
    end: float | None
    last: Request | None = None

    @classmethod
    def of(cls, wire: Wire[Any]) -> Clock:
        """Start the clock of a call."""
        deadline = wire.options.deadline
        return cls(wire, None if deadline is None else time.monotonic() + deadline)

    def left(self) -> float | None:
        """Seconds that remain, None when there is no deadline; TimedOut when it has passed."""
        if self.end is None:
            return None
        left = self.end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> TimedOut:
        """The error for a deadline that has passed."""
        method, path = (self.last.method, self.last.path) if self.last else ("call to", "")
        url = self.wire.base_url + path
        return TimedOut("the deadline of the call has passed", method=method, url=url, sent=True, deadline=True)


@define
class _Body:
    """A body that is read whole, within a bound."""

    wire: Wire[Any]
    head: Head
    blocks: list[bytes] = field(factory=list[bytes])
    size: int = 0

    @property
    def _limit(self) -> int:
        return limit_for(self.head.status)

    def take(self, block: bytes) -> bool:
        """Keep a block; False when there is enough."""
        self.blocks.append(block)
        self.size += len(block)
        return self.size <= self._limit

    def answer(self) -> Answer:
        """The whole answer, or the error that it stands for."""
        body = b"".join(self.blocks)
        answer = self.wire.answer(self.head, body)
        if self.size > self._limit:
            raise answer.unexpected(f"the body is longer than {self._limit} bytes")
        return answer

    @contextmanager
    def decoding(self) -> Generator[None]:
        """Turn a body that cannot be decompressed into UnexpectedAnswer, or into the error of its status."""
        try:
            yield
        except httpx.DecodingError as error:
            raise self.answer().unexpected("the body cannot be decompressed") from error


@frozen
class Exchange:
    """Exchanges with blocking calls."""

    wire: Wire[httpx.Client]
    clock: Clock

    def _send(self, request: Request) -> tuple[httpx.Response, Head]:
        self.clock.last = request
        built = self.wire.build(evolve(request, sent=partial(self._sent, request)), left=self.clock.left())
        started = time.monotonic()
        outcome: object = "no answer"
        try:
            with self._translated(built):
                response = self.wire.client.send(built, stream=True, follow_redirects=False)
            outcome = response.status_code
        finally:
            log(built, outcome, started)
        return response, self.wire.head(response)

    def _sent(self, request: Request, done: int) -> None:
        self.clock.left()
        request.sent(done)

    @contextmanager
    def _translated(self, request: httpx.Request) -> Generator[None]:
        """Failures as ours; a socket's timeout was clipped to the deadline, and is the deadline's when that passed."""
        try:
            with translated(request):
                yield
        except TimedOut:
            self.clock.left()
            raise

    def call(self, effect: Call[T]) -> T:
        """Read the answer whole and parse it."""
        response, head = self._send(effect.request)
        try:
            answer = self._read(response, head)
        finally:
            response.close()
        return effect.parse(answer)

    def _read(self, response: httpx.Response, head: Head) -> Answer:
        body = _Body(self.wire, head)
        with self._translated(response.request), body.decoding():
            for block in response.iter_bytes():
                self.clock.left()
                if not body.take(block):
                    break
        return body.answer()

    def fetch(self, effect: Fetch) -> Head:
        """Stream the body into the sink that the head opens."""
        response, head = self._send(effect.request)
        try:
            if not response.is_success:
                self._read(response, head)
            check_stop()
            sink = effect.start(head)
            with self._translated(response.request):
                for block in response.iter_raw():
                    self.clock.left()
                    check_stop()
                    sink.write(block)
        finally:
            response.close()
        return head

    def open(self, effect: Open) -> Live:
        """Return the answer once its first bytes are there."""
        response, head = self._send(effect.request)
        try:
            if not response.is_success:
                self._read(response, head)
            rest = response.iter_raw()
            with self._translated(response.request):
                first = next(rest, b"")
            if not first:
                raise Answer(head, b"").unexpected("the body is empty")
            if effect.check is not None:
                effect.check(Answer(head, first, self.wire.scrub))
        except BaseException:
            response.close()
            raise
        return Live(head, first, response, rest)


class _Closing(httpx.AsyncByteStream):
    """A body whose connection goes back to the pool also when the task is cancelled while that is done.

    The pool shields itself from the cancelling of anyio alone; a task's own would leave the connection taken for good.
    """

    def __init__(self, body: httpx.AsyncByteStream) -> None:
        self.body = body

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.body.__aiter__()

    async def aclose(self) -> None:
        closing = asyncio.ensure_future(self.body.aclose())
        try:
            await asyncio.shield(closing)
        except asyncio.CancelledError:
            await asyncio.wait({closing})
            raise


@frozen
class AsyncExchange:
    """Exchanges with coroutines; `work` runs blocking code in a thread."""

    wire: Wire[httpx.AsyncClient]
    clock: Clock
    work: Callable[[Callable[[], Any]], Awaitable[Any]]

    async def _send(self, request: Request) -> tuple[httpx.Response, Head]:
        self.clock.last = request
        built = self.wire.build(request, left=None, asynchronous=True)
        started = time.monotonic()
        outcome: object = "no answer"
        try:
            with translated(built):
                response = await self.wire.client.send(built, stream=True, follow_redirects=False)
            response.stream = _Closing(cast("httpx.AsyncByteStream", response.stream))
            outcome = response.status_code
        finally:
            log(built, outcome, started)
        return response, self.wire.head(response)

    async def call(self, effect: Call[T]) -> T:
        """Read the answer whole and parse it."""
        response, head = await self._send(effect.request)
        try:
            answer = await self._read(response, head)
        finally:
            await response.aclose()
        return effect.parse(answer)

    async def _read(self, response: httpx.Response, head: Head) -> Answer:
        body = _Body(self.wire, head)
        with translated(response.request), body.decoding():
            async for block in response.aiter_bytes():
                if not body.take(block):
                    break
        return body.answer()

    async def fetch(self, effect: Fetch) -> Head:
        """Stream the body into the sink that the head opens."""
        response, head = await self._send(effect.request)
        try:
            if not response.is_success:
                await self._read(response, head)
            sink = await self.work(partial(effect.start, head))
            with translated(response.request):
                async for block in response.aiter_raw():
                    await self.work(partial(sink.write, block))
        finally:
            await response.aclose()
        return head

    async def open(self, effect: Open) -> Live:
        """Return the answer once its first bytes are there."""
        response, head = await self._send(effect.request)
        try:
            if not response.is_success:
                await self._read(response, head)
            rest = response.aiter_raw()
            with translated(response.request):
                first = await anext(rest, b"")
            if not first:
                raise Answer(head, b"").unexpected("the body is empty")
            if effect.check is not None:
                effect.check(Answer(head, first, self.wire.scrub))
        except BaseException:
            await response.aclose()
            raise
        return Live(head, first, response, rest)
