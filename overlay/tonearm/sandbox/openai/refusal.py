"""Refusals of OpenAI, and the envelopes of errors of compatible servers."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from starlette.responses import JSONResponse, Response

Envelope = Literal["openai", "fastapi", "litellm"]


class Refusal(Exception):
    """An answer with an error: `{"error": {"message", "type", "param", "code"}}`."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        param: str | None = None,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
        fields: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers
        self.fields = fields
        self.error = {"message": message, "type": kind, "param": param, "code": code}

    def body(self, envelope: Envelope) -> dict[str, Any]:
        """Return the error in the form of OpenAI, a FastAPI server or litellm."""
        message = self.error["message"]
        match envelope:
            case "openai":
                return {"error": self.error}
            case "litellm":
                return {"error": message}
            case "fastapi":
                wrong = [{name: field[name] for name in ("type", "loc", "msg")} for field in self.fields]
                return {"detail": wrong or message}

    def response(self, envelope: Envelope = "openai") -> Response:
        """Return the response; FastAPI has the status 422 for fields that its validator refuses."""
        status = 422 if self.fields and envelope == "fastapi" else self.status
        return JSONResponse(self.body(envelope), status, self.headers)


def invalid_fields(errors: Sequence[dict[str, Any]]) -> Refusal:
    """Refuse fields as OpenAI does: the validator's list of errors is the text of the message.

    (metadist/synaplan, issue 1665)
    """
    return Refusal(str(list(errors)), fields=errors)


def field_error(kind: str, name: str, message: str, value: Any, **limits: Any) -> dict[str, Any]:
    """Describe one wrong field of a body."""
    error = {"type": kind, "loc": ("body", name), "msg": message, "input": value}
    return {**error, "ctx": limits} if limits else error


def unsupported(name: str, model: str) -> Refusal:
    """Refuse a field that a model does not know."""
    message = f"Unsupported parameter: '{name}' is not supported with the model '{model}'."
    return Refusal(message, param=name, code="unsupported_parameter")


def server_failed(error: Exception) -> Refusal:
    """Return the error for a failure of this server."""
    message = f"The server had an error while processing your request. ({error})"
    return Refusal(message, status=500, kind="server_error")


def one_of(words: Sequence[str]) -> str:
    """Return the validator's message about a choice."""
    return f"Input should be {choice(words)}"


def choice(words: Sequence[str]) -> str:
    """Write `'a', 'b' or 'c'`."""
    *most, last = (f"'{word}'" for word in words)
    return f"{', '.join(most)} or {last}" if most else last
