import re
from typing import Any

from attrs import asdict
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from tonearm.sandbox import aioz, jellyfin, openai
from tonearm.sandbox.context import Context
from tonearm.sandbox.exchanges import Exchanges
from tonearm.sandbox.faults import Fault, Faults, Restart
from tonearm.sandbox.guide import AIOZ, JELLYFIN, OPENAI
from tonearm.sandbox.middleware import CONTROL, FaultMiddleware
from tonearm.sandbox.page import Page

_AZURE = "/openai"


def build(context: Context, faults: Faults, exchanges: Exchanges, restart: Restart) -> Starlette:
    """Return the application: the three services and the control routes, behind the fault middleware."""
    return Starlette(
        routes=[
            Mount(AIOZ, routes=aioz.routes(context)),
            Mount(JELLYFIN, routes=jellyfin.routes(context)),
            Mount(OPENAI, routes=openai.routes(context)),
            Mount(_AZURE, routes=openai.azure_routes(context)),
            *Page(context, exchanges).routes(),
            Mount(f"{CONTROL}/jellyfin", routes=jellyfin.controls(context)),
            Mount(CONTROL, routes=_control(faults, exchanges)),
        ],
        middleware=[Middleware(FaultMiddleware, faults=faults, exchanges=exchanges, restart=restart)],
    )


def shutdown(context: Context) -> None:
    """Stop what the services run in the background; called once, after the server stopped."""
    aioz.shutdown(context)
    jellyfin.shutdown(context)
    openai.shutdown(context)


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
