import asyncio
from typing import Any

from attrs import define, field
from starlette.types import Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from tonearm.sandbox.exchanges import Exchange
from tonearm.sandbox.faults import Fault, Faults, Restart

_TRANSPORT = "tonearm.transport"


class FaultyProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, with the connection's transport for the middleware."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        super().connection_made(transport)
        app = self.app

        async def with_transport(scope: Any, receive: Any, send: Any) -> None:
            scope.setdefault("extensions", {})[_TRANSPORT] = transport
            await app(scope, receive, send)

        self.app = with_transport


@define
class Wire:
    """One exchange: counts its bytes, and applies the fault to its response."""

    _scope: Scope
    _receive: Receive
    _send: Send
    _exchange: Exchange
    _faults: Faults
    _fault: Fault | None
    _restart: Restart
    _dropped: bool = field(default=False, init=False)
    _struck: bool = field(default=False, init=False)

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

    async def drop(self, fault: Fault) -> None:
        """Close the connection: written bytes are still sent, then the peer sees an incomplete message."""
        self._strike(fault)
        self._dropped = True
        self._transport.close()
        if fault.restart is not None:
            self._restart(fault.restart)
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def send(self, message: Message) -> None:
        if self._dropped:
            return
        fault = self._fault
        if message["type"] != "http.response.start":
            if fault is None:
                self._exchange.sent += len(message.get("body", b""))
                await self._send(message)
            else:
                await self._send_body(fault, message)
            return
        if fault is not None:
            if fault.delay:
                await self._pause(fault, fault.delay)
            if fault.drop_headers:
                await self.drop(fault)
                return
            message = self._changed(fault, message)
        self._exchange.status = message["status"]
        await self._send(message)

    def _changed(self, fault: Fault, message: Message) -> Message:
        """Return the head of the response, changed by the fault."""
        if fault.status is not None:
            self._strike(fault)
        headers = {b"content-length": fault.content_length, b"content-type": fault.content_type}
        wrong = {name: str(value).encode("latin-1") for name, value in headers.items() if value is not None}
        gone = {*wrong, b"transfer-encoding"} if b"content-length" in wrong else set(wrong)
        kept = [(name, value) for name, value in message["headers"] if name not in gone]
        if wrong:
            self._strike(fault)
        return {**message, "headers": [*kept, *wrong.items()]}

    async def _send_body(self, fault: Fault, message: Message) -> None:
        body, start = message.get("body", b""), self._exchange.sent
        bodiless = self._scope["method"] == "HEAD" or self._exchange.status in (204, 304)
        length = None if bodiless else fault.content_length
        points = {point for point in (fault.stall_after, fault.drop_response, length) if point is not None}
        for point in sorted(points):
            # A position between two blocks belongs to the later one; the first block begins at 0.
            if start <= point < start + len(body):
                await self._write(fault, body[self._exchange.sent - start : point - start])
                if point == fault.stall_after:
                    await self._pause(fault, fault.stall)
                if point == length:
                    self._overrun(body[point - start :])
                if point in (fault.drop_response, length):
                    await self.drop(fault)
                    return
        await self._write(fault, body[self._exchange.sent - start :])
        if not message.get("more_body", False):
            if fault.drop_response is not None or (length is not None and length > self._exchange.sent):
                await self.drop(fault)
                return
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _write(self, fault: Fault, block: bytes) -> None:
        step = fault.drip or max(1, len(block))
        for at in range(0, len(block), step):
            if fault.drip is not None and self._exchange.sent:
                if self._transport.is_closing():
                    return
                await self._pause(fault, fault.drip_every)
            piece = block[at : at + step]
            self._exchange.sent += len(piece)
            await self._send({"type": "http.response.body", "body": piece, "more_body": True})

    def _overrun(self, rest: bytes) -> None:
        """Write the bytes beyond the declared length, not through the protocol, which would refuse them."""
        self._exchange.sent += len(rest)
        self._transport.write(rest)

    async def _pause(self, fault: Fault, seconds: float) -> None:
        self._strike(fault)
        await self._faults.pause(fault, seconds)

    def _strike(self, fault: Fault) -> None:
        if not self._struck:
            self._struck = True
            fault.strike()

    @property
    def _transport(self) -> asyncio.Transport:
        transport: asyncio.Transport = self._scope["extensions"][_TRANSPORT]
        return transport
