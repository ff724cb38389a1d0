import asyncio
from typing import Any

from attrs import define, field
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from tonearm.sandbox.exchanges import Exchange, Exchanges
from tonearm.sandbox.faults import Fault, Faults

CONTROL = "/_sandbox"
_TRANSPORT = "tonearm.transport"


class FaultyProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with the connection's transport within reach of the middleware."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        super().connection_made(transport)
        app = self.app

        async def with_transport(scope: Any, receive: Any, send: Any) -> None:
            scope.setdefault("extensions", {})[_TRANSPORT] = transport
            await app(scope, receive, send)

        self.app = with_transport


@define
class FaultMiddleware:
    """Enters each request in the log and applies the fault, if any, that takes it."""

    app: ASGIApp
    faults: Faults
    exchanges: Exchanges

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(CONTROL):
            await self.app(scope, receive, send)
            return
        method, path = scope["method"], scope["path"]
        exchange = self.exchanges.begin(method, path, scope["query_string"].decode("latin-1"), scope["headers"])
        fault = self.faults.take(method, path)
        wire = _Wire(scope, receive, send, exchange, self.faults, fault)
        try:
            if fault is None or not await _instead(fault, wire):
                await self.app(scope, wire.receive, wire.send)
        except ClientDisconnect:
            pass


async def _instead(fault: Fault, wire: "_Wire") -> bool:
    """Do what a fault does in the place of the service; return False when the service is to answer."""
    if fault.drop_request is not None:
        await wire.read(fault.drop_request)
        await wire.drop()
        return True
    if fault.status is None:
        return False
    pairs = list(fault.headers)
    names = {name.lower() for name, _ in pairs}
    if not names & {"content-length", "transfer-encoding"} and fault.status not in (204, 304):
        pairs.append(("content-length", str(len(fault.body))))
    if fault.read_request:
        await wire.read(None)
    else:
        pairs.append(("connection", "close"))
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
    await wire.send({"type": "http.response.start", "status": fault.status, "headers": headers})
    await wire.send({"type": "http.response.body", "body": fault.body, "more_body": False})
    return True


@define
class _Wire:
    """One exchange: counts what passes, delays and cuts the answer where the fault says so."""

    _scope: Scope
    _receive: Receive
    _send: Send
    _exchange: Exchange
    _faults: Faults
    _fault: Fault | None
    _dropped: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        self._exchange.fault = self._fault is not None

    async def receive(self) -> Message:
        message = await self._receive()
        self._exchange.received += len(message.get("body", b""))
        return message

    async def read(self, limit: int | None) -> None:
        """Read the request's body, up to `limit` bytes (None: all of it)."""
        while limit is None or self._exchange.received < limit:
            message = await self.receive()
            if not message.get("more_body", False):
                return

    async def drop(self) -> None:
        """Close the connection: what was written still goes out, then the peer sees the end in mid-message."""
        self._dropped = True
        self._scope["extensions"][_TRANSPORT].close()
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def send(self, message: Message) -> None:
        if self._dropped:
            return
        fault = self._fault
        if message["type"] == "http.response.start":
            if fault is not None and fault.delay:
                await self._faults.pause(fault, fault.delay)
            if fault is not None and fault.drop_headers:
                await self.drop()
                return
            self._exchange.status = message["status"]
            await self._send(message)
        elif fault is None or (fault.drop_response is None and fault.stall_after is None):
            self._exchange.sent += len(message.get("body", b""))
            await self._send(message)
        else:
            await self._send_body(fault, message)

    async def _send_body(self, fault: Fault, message: Message) -> None:
        body, start = message.get("body", b""), self._exchange.sent
        for point in sorted({point for point in (fault.stall_after, fault.drop_response) if point is not None}):
            # A point on the border of two blocks belongs to the later one; the first block begins at 0.
            if start <= point < start + len(body):
                await self._write(body[self._exchange.sent - start : point - start])
                if point == fault.stall_after:
                    await self._faults.pause(fault, fault.stall)
                if point == fault.drop_response:
                    await self.drop()
                    return
        await self._write(body[self._exchange.sent - start :])
        if not message.get("more_body", False):
            if fault.drop_response is not None:
                await self.drop()
                return
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _write(self, block: bytes) -> None:
        if block:
            self._exchange.sent += len(block)
            await self._send({"type": "http.response.body", "body": block, "more_body": True})
