from starlette.responses import JSONResponse, Response

from tonearm.sandbox.aioz.objects import Json


def success(data: Json, status: int = 200) -> Response:
    return JSONResponse({"status": "success", "data": data}, status)


def message(text: str) -> Response:
    return JSONResponse({"status": "success", "message": text})
