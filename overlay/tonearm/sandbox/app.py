import importlib
import importlib.util
import re
from typing import Any

from attrs import asdict
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from tonearm.sandbox import aioz
from tonearm.sandbox.context import Context
from tonearm.sandbox.exchanges import Exchanges
from tonearm.sandbox.faults import Fault, Faults
from tonearm.sandbox.middleware import CONTROL, FaultMiddleware

AIOZ, JELLYFIN, OPENAI = "/aioz/api", "/jellyfin", "/openai/v1"


def build(context: Context, faults: Faults, exchanges: Exchanges) -> Starlette:
    """Return the application: the three services and the control routes, behind the fault middleware."""
    return Starlette(
        routes=[
            Mount(AIOZ, routes=aioz.routes(context)),
            *(Mount(path, routes=service.routes(context)) for path, service in _others()),
            Mount(CONTROL, routes=_control(faults, exchanges)),
        ],
        middleware=[Middleware(FaultMiddleware, faults=faults, exchanges=exchanges)],
    )


def shutdown(context: Context) -> None:
    """Stop what the services run in the background; called once, after the server stopped."""
    for service in (aioz, *(service for _, service in _others())):
        if hasattr(service, "shutdown"):
            service.shutdown(context)


def _others() -> list[tuple[str, Any]]:
    found = ((path, f"tonearm.sandbox.{name}") for path, name in ((JELLYFIN, "jellyfin"), (OPENAI, "openai")))
    return [(path, importlib.import_module(name)) for path, name in found if importlib.util.find_spec(name)]


def _control(faults: Faults, exchanges: Exchanges) -> list[Route]:
    async def list_faults(_: Request) -> Response:
        return JSONResponse([_fault_json(fault) for fault in faults.list()])

    async def order_fault(request: Request) -> Response:
        try:
            fault = Fault.from_json(await request.json())
        except (ValueError, re.error) as error:
            return JSONResponse({"error": str(error)}, 400)
        faults.add(fault)
        return JSONResponse(_fault_json(fault), 201)

    async def clear_faults(_: Request) -> Response:
        faults.clear()
        return Response(status_code=204)

    async def list_requests(_: Request) -> Response:
        return JSONResponse([asdict(exchange) for exchange in exchanges.list()])

    return [
        Route("/faults", list_faults, methods=["GET"]),
        Route("/faults", order_fault, methods=["POST"]),
        Route("/faults", clear_faults, methods=["DELETE"]),
        Route("/requests", list_requests, methods=["GET"]),
    ]


def _fault_json(fault: Fault) -> dict[str, Any]:
    shown = asdict(fault, filter=lambda attribute, _: attribute.name not in ("body", "_seen"))
    path = fault.path if isinstance(fault.path, str) else fault.path.pattern
    return {**shown, "path": path, "body_bytes": len(fault.body)}
