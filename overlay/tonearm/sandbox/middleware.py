from attrs import define
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from tonearm.sandbox.exchanges import Exchanges
from tonearm.sandbox.faults import Fault, Faults, Restart
from tonearm.sandbox.wire import Wire

CONTROL = "/_sandbox"


@define
class FaultMiddleware:
    """Adds each request to the log, and applies the fault, if any, that hits it.

    The page and the control routes are neither logged nor hit.
    """

    app: ASGIApp
    faults: Faults
    exchanges: Exchanges
    restart: Restart

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/" or scope["path"].startswith(CONTROL):
            await self.app(scope, receive, send)
            return
        method, path = scope["method"], scope["path"]
        exchange = self.exchanges.begin(method, path, scope["query_string"].decode("latin-1"), scope["headers"])
        fault = self.faults.take(method, path)
        wire = Wire(scope, receive, send, exchange, self.faults, fault, self.restart)
        try:
            if fault is None or not await _instead(fault, wire):
                await self.app(scope, wire.receive, wire.send)
        except ClientDisconnect:
            pass
        finally:
            self.exchanges.end(exchange)


async def _instead(fault: Fault, wire: Wire) -> bool:
    """Apply a fault that replaces the service; return False when the service must answer."""
    if fault.drop_request is not None:
        await wire.read(fault.drop_request)
        await wire.drop(fault)
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
