"""Responses as ASP.NET Core and Jellyfin make them: JSON in two spellings, problems, and plain errors."""

import json
import uuid
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

_TITLES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 415: "Unsupported Media Type"}
_SECTIONS = {400: "15.5.1", 401: "15.5.2", 403: "15.5.4", 404: "15.5.5", 415: "15.5.16"}


class Refusal(Exception):
    """A response that ends the handling of a request."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def answer(request: Request, content: Any, status: int = 200) -> Response:
    """Answer with JSON: names in PascalCase, or in camelCase for `Accept: application/json; profile="CamelCase"`."""
    if _wants_camel_case(request.headers):
        return JSONResponse(_camel(content), status, media_type='application/json; profile="CamelCase"')
    return JSONResponse(content, status, media_type="application/json; charset=utf-8")


def no_content() -> Response:
    return Response(status_code=204)


def failed(status: int) -> Response:
    """Answer as the server's exception middleware does: details are for its developers only."""
    return PlainTextResponse("Error processing request.", status)


def unauthorized() -> Response:
    return Response(status_code=401)


def problem(status: int, errors: dict[str, list[str]] | None = None) -> Response:
    """Answer with RFC 7807 JSON, as ASP.NET Core does for a status without a body, and for invalid parameters."""
    content: dict[str, Any] = {
        "type": f"https://tools.ietf.org/html/rfc9110#section-{_SECTIONS[status]}",
        "title": _TITLES[status] if errors is None else "One or more validation errors occurred.",
        "status": status,
    }
    if errors is not None:
        content["errors"] = errors
    content["traceId"] = f"00-{uuid.uuid4().hex}-{uuid.uuid4().hex[:16]}-00"
    return JSONResponse(content, status, media_type="application/problem+json; charset=utf-8")


async def json_body(request: Request) -> dict[str, Any]:
    """Read a JSON object, with its names in lower case, as they are case-insensitive.

    Raises Refusal: 415 for another media type, 400 for what is no object.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if body and not media_type.endswith("json"):
        raise Refusal(problem(415))
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise Refusal(problem(400, {"": ["A non-empty request body is required."]}))
    pairs: dict[str, Any] = content  # pyright: ignore[reportUnknownVariableType]  # JSON of any shape
    return {name.lower(): value for name, value in pairs.items()}


def _wants_camel_case(headers: Headers) -> bool:
    return any('profile="camelcase"' in part.lower().replace(" ", "") for part in headers.getlist("accept"))


def _camel(content: Any) -> Any:
    if isinstance(content, dict):
        pairs: dict[str, Any] = content  # pyright: ignore[reportUnknownVariableType]  # JSON that is made here
        return {name[:1].lower() + name[1:]: _camel(value) for name, value in pairs.items()}
    if isinstance(content, list):
        values: list[Any] = content  # pyright: ignore[reportUnknownVariableType]  # JSON that is made here
        return [_camel(value) for value in values]
    return content
