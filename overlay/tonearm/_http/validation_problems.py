"""What servers built with pydantic find wrong in a request, in words: OpenAI sends it as Python, FastAPI as JSON."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import cast


def in_words(found: object) -> str | None:
    """The problems with the fields that they are about, without what was sent; None when this is no list of them."""
    if isinstance(found, str):
        found = _python(found)
    if not isinstance(found, list) or not found:
        return None
    said = [_one(one) for one in cast("list[object]", found)]
    return None if None in said else "; ".join(cast("list[str]", said))


def _python(text: str) -> object:
    if not text.startswith("[{"):
        return None
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _one(problem: object) -> str | None:
    if not isinstance(problem, Mapping):
        return None
    fields = cast("Mapping[str, object]", problem)
    message, place = fields.get("msg"), fields.get("loc")
    if not isinstance(message, str):
        return None
    if not isinstance(place, (list, tuple)):
        return message
    names = [str(name) for name in cast("list[object]", place) if name != "body"]
    return f"{'.'.join(names)}: {message}" if names else message
