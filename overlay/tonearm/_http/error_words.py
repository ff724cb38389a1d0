"""The words of a server in the body of an error, in whatever shape it has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from .validation_problems import in_words

_WORDS = ("message", "msg", "detail", "error", "reason", "description", "error_description", "errormessage", "errors")
_DEEP = 6  # objects in one another in which the words of an error are looked for


def words_of(body: dict[str, object]) -> tuple[str, str | None] | None:
    """Find the message and the code in the shapes that are in use; None when there is no message.

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
    found = _inner(data)
    return None if found is None else (line(found), None)


def _in_lower_case(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields by their names in lower case, as some servers write `Message`; of two names the first counts."""
    found: dict[str, object] = {}
    for name, value in fields.items():
        found.setdefault(name.lower(), value)
    return found


def _inner(data: object) -> str | None:
    """The words of an error in objects and lists within one another."""
    for _ in range(_DEEP):
        if isinstance(data, list) and data:
            data = cast("list[object]", data)[0]
        elif isinstance(data, dict):
            found = _in_lower_case(cast("dict[str, object]", data))
            data = next((found[name] for name in _WORDS if found.get(name)), None)
    return data if isinstance(data, str) and data.strip() else None


def line(text: str) -> str:
    """One line of at most 500 characters, without what would steer a terminal or cannot be printed."""
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in " ".join(text.split())[:500])
