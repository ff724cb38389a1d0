"""What OpenAI refuses, and the envelope that it says so in."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import JSONResponse, Response


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
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"message": message, "type": kind, "param": param, "code": code}

    def response(self) -> Response:
        return JSONResponse({"error": self.error}, self.status)


def invalid_fields(errors: Sequence[dict[str, Any]]) -> Refusal:
    """Refuse fields as OpenAI does: the validator's list of errors is the text of the message."""
    return Refusal(str(list(errors)))


def field_error(kind: str, name: str, message: str, value: Any, **limits: Any) -> dict[str, Any]:
    """Describe one wrong field of a body."""
    error = {"type": kind, "loc": ("body", name), "msg": message, "input": value}
    return {**error, "ctx": limits} if limits else error


def check_model(model: str) -> None:
    """Refuse the one model that is missing here; every other name is taken."""
    if model == "missing-model":
        message = f"The model `{model}` does not exist or you do not have access to it."
        raise Refusal(message, status=404, code="model_not_found")


def one_of(words: Sequence[str]) -> str:
    """Word a choice as the validator does: `'a', 'b' or 'c'`."""
    quoted = [f"'{word}'" for word in words]
    return f"Input should be {', '.join(quoted[:-1])} or {quoted[-1]}"
