"""Sends one request and reads its response, blocking or with asyncio: whole, into a sink, or as a stream."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import Any, TypeVar, cast

import httpx
from attrs import evolve, frozen

from .._base.cancellation import check_stop
from .._http import (
    Answer,
    Body,
    Clock,
    Closing,
    Head,
    Live,
    Request,
    Running,
    Sending,
    Translating,
    Wire,
    arriving,
    arriving_async,
    build,
    head,
    log,
)
from ..errors import ConnectionFailed, TimedOut
from .batch import Batch
from .plan import Call, Fetch, Open

T = TypeVar("T")


class _Exchanging(Translating):
    """A block in which a request is sent or its response received: keeps to the deadline, and translates errors.

    The socket's timeout was limited to the deadline, so a timeout after it means that the deadline has passed.
    """

    __slots__ = ("_clock", "_running")

    def __init__(self, clock: Clock, request: httpx.Request) -> None:
        super().__init__(request)
        self._clock, self._running = clock, Running(clock)

    def __enter__(self) -> None:
        self._running.__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._running.__exit__(kind, error, tb)
        try:
            super().__exit__(kind, error, tb)
        except TimedOut as failed:
            self._clock.left(sent=failed.sent)
            raise


@frozen
class Exchange:
    """Exchanges with blocking calls."""

    wire: Wire[httpx.Client]
    clock: Clock

    def _send(self, request: Request) -> tuple[httpx.Response, Head]:
        self.wire.check()
        left = self.clock.before(request)
        if request.form is not None:
            request = evolve(request, sent=partial(self._sent, request.sent))
        built = build(self.wire, request, left=left)
        started = time.monotonic()
        outcome: object = "no answer"
        try:
            with _Exchanging(self.clock, built):
                response = self.wire.client.send(built, stream=True, follow_redirects=False)
            if self.wire.client.is_closed:  # while it was connecting: the pool does not know this connection any more
                response.extensions["network_stream"].close()
                self.wire.check()
            outcome = response.status_code
        except RuntimeError:  # httpx raises it for a client that is closed at this moment
            self.wire.check()
            raise
        finally:
            log(built, outcome, started)
        return response, head(self.wire, response)

    def _sent(self, sent: Callable[[int], None], done: int) -> None:
        """Check the deadline between two blocks of a form, as many fast writes may still take too long together."""
        self.clock.left()
        sent(done)

    def call(self, effect: Call[T]) -> T:
        """Read the whole response and parse it."""
        response, head = self._send(effect.request)
        try:
            answer = self._read(response, head).answer()
        finally:
            response.close()
        self.wire.budget.earn()  # before `parse`: it may refuse the content, but the server works
        return effect.parse(answer)

    def _read(self, response: httpx.Response, head: Head) -> Body:
        body = Body(self.wire, head)
        with _Exchanging(self.clock, response.request):
            for block in arriving(response):
                self.clock.left()
                if not body.take(block):
                    break
        return body

    def fetch(self, effect: Fetch) -> Head:
        """Stream the body into the sink that the head opens."""
        response, head = self._send(effect.request)
        try:
            if not response.is_success:
                self._read(response, head).answer()
            check_stop()  # a fork that was abandoned must not truncate its file: another call may write it now
            sink = effect.start(head)
            with _Exchanging(self.clock, response.request):
                for block in arriving(response):
                    self.clock.left()
                    check_stop()
                    sink.write(block)
        finally:
            response.close()
        self.wire.budget.earn()
        return head

    def open(self, effect: Open) -> Live:
        """Return the response when its first bytes have arrived."""
        response, head = self._send(effect.request)
        try:
            if not response.is_success:
                self._read(response, head).answer()
            response.request.extensions["timeout"]["read"] = self.wire.options.timeout  # the rest has no deadline
            rest = arriving(response)
            with _Exchanging(self.clock, response.request):
                first = next(rest, b"")
            if not first:
                raise Answer(head, b"").unexpected("the body is empty")
            if effect.check is not None:
                effect.check(Answer(head, first))
        except BaseException:
            response.close()
            raise
        self.wire.budget.earn()
        return Live(head, first, response, rest)


@frozen
class AsyncExchange:
    """Exchanges with coroutines; `work` runs blocking code in a thread."""

    wire: Wire[httpx.AsyncClient]
    clock: Clock
    work: Callable[[Callable[[], Any]], Awaitable[Any]]

    async def _send(self, request: Request) -> tuple[httpx.Response, Head]:
        self.wire.check()
        built = build(self.wire, request, left=None, asynchronous=True)
        started = time.monotonic()
        outcome: object = "no answer"
        sending = Sending(self.wire.client, built)
        try:
            with Translating(built):
                response = await sending.response()
            if self.wire.client.is_closed:  # as above
                await response.extensions["network_stream"].aclose()
                self.wire.check()
            response.stream = Closing(cast("httpx.AsyncByteStream", response.stream))
            outcome = response.status_code
        except asyncio.CancelledError:
            if sending.state.connecting:
                self.clock.unsent = request
            raise
        except RuntimeError:  # as above
            self.wire.check()
            raise
        finally:
            log(built, outcome, started)
        return response, head(self.wire, response)

    async def call(self, effect: Call[T]) -> T:
        """Read the whole response and parse it."""
        response, head = await self._send(effect.request)
        try:
            answer = (await self._read(response, head)).answer()
        finally:
            await response.aclose()
        self.wire.budget.earn()
        return effect.parse(answer)

    async def _read(self, response: httpx.Response, head: Head) -> Body:
        body = Body(self.wire, head)
        with Translating(response.request):
            async for block in arriving_async(response):
                if not body.take(block):
                    break
        return body

    async def fetch(self, effect: Fetch) -> Head:
        """Stream the body into the sink that the head opens."""
        response, head = await self._send(effect.request)
        try:
            if not response.is_success:
                (await self._read(response, head)).answer()
            batch = Batch(await self.work(partial(effect.start, head)))
            try:
                with Translating(response.request):
                    async for block in arriving_async(response):
                        if batch.take(block):
                            await self.work(batch.write)
            except ConnectionFailed:  # what was received before it is kept, so that a later request resumes behind it
                await self.work(batch.write)
                raise
            await self.work(batch.write)
        finally:
            await response.aclose()
        self.wire.budget.earn()
        return head

    async def open(self, effect: Open) -> Live:
        """Return the response when its first bytes have arrived."""
        response, head = await self._send(effect.request)
        try:
            if not response.is_success:
                (await self._read(response, head)).answer()
            rest = arriving_async(response)
            with Translating(response.request):
                first = await anext(rest, b"")
            if not first:
                raise Answer(head, b"").unexpected("the body is empty")
            if effect.check is not None:
                effect.check(Answer(head, first))
        except BaseException:
            await response.aclose()
            raise
        self.wire.budget.earn()
        return Live(head, first, response, rest)
