"""Reads the validation errors of servers built with pydantic, which OpenAI sends as Python, and FastAPI as JSON."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import cast


def in_words(problems: object) -> str | None:
    """The problems with their fields, without the sent values; None if this is no list of problems."""
    if isinstance(problems, str):
        problems = _python(problems)
    if not isinstance(problems, list) or not problems:
        return None
    words = [_one(problem) for problem in cast("list[object]", problems)]
    return None if None in words else "; ".join(cast("list[str]", words))


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
