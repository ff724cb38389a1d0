"""Finds the message of a server in the body of an error, in all known shapes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from .validation_problems import in_words

_WORDS = ("message", "msg", "detail", "error", "reason", "description", "error_description", "errormessage", "errors")
_DEEP = 6  # most nested objects in which a message is looked for


def words_of(body: dict[str, object]) -> tuple[str, str | None] | None:
    """Find the message and the code; None if there is no message.

    Known shapes, with names in any case: AIOZ ``{status, message}``; OpenAI ``{error: {message, code}}``; litellm
    ``{error: text}``; FastAPI ``{detail}``; RFC 7807 ``{title, detail, errors}``.
    """
    data = _in_lower_case(body)
    inner = data.get("error")
    if isinstance(inner, dict):
        fields = _in_lower_case(cast("dict[str, object]", inner))
        code = fields.get("code") or fields.get("type")
        message = _inner(fields)
        words = in_words(message) or message if message else json.dumps(fields)
        return line(words), None if code is None else str(code)
    problems = data.get("errors")
    if isinstance(problems, dict) and problems:
        return line(json.dumps(problems, ensure_ascii=False)), None
    for key in ("message", "detail", "error", "title"):
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            code = data.get("code")
            return line(in_words(value) or value), str(code) if isinstance(code, (str, int)) else None
        if isinstance(value, list) and value:
            return line(in_words(cast("object", value)) or json.dumps(value, ensure_ascii=False)), None
    message = _inner(data)
    return None if message is None else (line(message), None)


def _in_lower_case(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields by their names in lower case, as some servers write `Message`; of two equal names the first counts."""
    lowered: dict[str, object] = {}
    for name, value in fields.items():
        lowered.setdefault(name.lower(), value)
    return lowered


def _inner(data: object) -> str | None:
    """The message of an error in nested objects and lists."""
    for _ in range(_DEEP):
        if isinstance(data, list) and data:
            data = cast("list[object]", data)[0]
        elif isinstance(data, dict):
            fields = _in_lower_case(cast("dict[str, object]", data))
            data = next((fields[name] for name in _WORDS if fields.get(name)), None)
    return data if isinstance(data, str) and data.strip() else None


def line(text: str) -> str:
    """One line of at most 500 characters, without control characters."""
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in " ".join(text.split())[:500])
