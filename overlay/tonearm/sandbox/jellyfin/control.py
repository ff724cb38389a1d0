"""Control of a running sandbox's Jellyfin from other processes: plain JSON over HTTP."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tonearm.sandbox.context import Context
from tonearm.sandbox.jellyfin.state import jellyfin_of

_STAGES = ("setup", "core", "message")


def controls(context: Context) -> list[Route]:
    """Return the control routes: start-up, broken transcodes, Quick Connect approval, and playback reports."""
    jellyfin = jellyfin_of(context)

    async def begin(request: Request) -> Response:
        order = await request.json()
        stage, times = order.get("stage", "setup"), order.get("times")
        if stage not in _STAGES or not (times is None or isinstance(times, int)):
            return JSONResponse({"error": f"stage is one of {', '.join(_STAGES)}; times a number"}, 400)
        jellyfin.start_up.begin(stage, times)
        return Response(status_code=204)

    async def finish(_: Request) -> Response:
        jellyfin.start_up.finish()
        return Response(status_code=204)

    async def break_transcodes(request: Request) -> Response:
        order = await request.json()
        after, times = order.get("after"), order.get("times", 1)
        if not isinstance(after, int) or not isinstance(times, int) or min(after, times) < 0:
            return JSONResponse({"error": "after is a number of bytes, times a number"}, 400)
        jellyfin.break_transcodes(after=after, times=times)
        return Response(status_code=204)

    async def approve(request: Request) -> Response:
        return Response(status_code=204 if jellyfin.approve(request.query_params.get("code", "")) else 404)

    async def reports(_: Request) -> Response:
        return JSONResponse([{"kind": report.kind, "body": report.body} for report in jellyfin.reports])

    async def transcodes(_: Request) -> Response:
        return JSONResponse({"running": jellyfin.transcodes.running()})

    return [
        Route("/starting", begin, methods=["POST"]),
        Route("/starting", finish, methods=["DELETE"]),
        Route("/broken-transcodes", break_transcodes, methods=["POST"]),
        Route("/quick-connect", approve, methods=["POST"]),
        Route("/reports", reports, methods=["GET"]),
        Route("/transcodes", transcodes, methods=["GET"]),
    ]
