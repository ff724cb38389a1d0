"""The control routes under `/_sandbox` for other processes: faults, the log, and the lives of AIOZ objects."""

import re
from collections.abc import Callable
from typing import Any

from attrs import asdict
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tonearm.sandbox import aioz
from tonearm.sandbox.context import Context
from tonearm.sandbox.exchanges import Exchanges
from tonearm.sandbox.faults import Fault, Faults


def routes(context: Context, faults: Faults, exchanges: Exchanges) -> list[Route]:
    """Return the control routes, relative to their mount."""

    async def list_faults(_: Request) -> Response:
        return JSONResponse([_fault_json(fault) for fault in faults.list()])

    async def order_fault(request: Request) -> Response:
        try:
            fault = Fault.from_json(await request.json())
        except (ValueError, re.error) as error:
            return _refused(error)
        faults.add(fault)
        return JSONResponse(_fault_json(fault), 201)

    async def clear_faults(_: Request) -> Response:
        faults.clear()
        return Response(status_code=204)

    async def list_requests(_: Request) -> Response:
        return JSONResponse([asdict(exchange) for exchange in exchanges.list()])

    async def order_life(request: Request) -> Response:
        """Call `hold`, `release` or `fail_next` of the service with the keywords in the body."""
        service = aioz.running(context)
        orders: dict[str, Callable[..., None]] = {
            "hold": service.hold,
            "release": service.release,
            "fail_next": service.fail_next,
        }
        order = orders.get(request.path_params["order"])
        if order is None:
            return Response(status_code=404)
        try:
            options: Any = await request.json() if await request.body() else {}
            await run_in_threadpool(order, **options)
        except (TypeError, ValueError) as error:
            return _refused(error)
        return Response(status_code=204)

    return [
        Route("/faults", list_faults, methods=["GET"]),
        Route("/faults", order_fault, methods=["POST"]),
        Route("/faults", clear_faults, methods=["DELETE"]),
        Route("/requests", list_requests, methods=["GET"]),
        Route("/aioz/{order}", order_life, methods=["POST"]),
    ]


def _refused(error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, 400)


def _fault_json(fault: Fault) -> dict[str, Any]:
    shown = asdict(fault, filter=lambda attribute, _: attribute.name not in ("body", "_seen", "_struck"))
    path = fault.path if isinstance(fault.path, str) else fault.path.pattern
    return {**shown, "path": path, "body_bytes": len(fault.body)}
