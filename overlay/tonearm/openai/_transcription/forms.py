"""In which forms an answer can be asked for, and when a plainer one may help."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from attrs import frozen

from ...errors import StatusError
from ..presets import RECOGNISERS, UNKNOWN_RECOGNISER

TEXT_FORMATS = ("text", "srt", "vtt")

_REFUSALS = frozenset({400, 404, 415, 422, 501})
_BUSY = frozenset({503, 504, 529})
_FINAL_CODES = frozenset({"insufficient_quota", "invalid_api_key", "model_not_found", "billing_hard_limit_reached"})
_OURS = ("format", "timestamp", "granularit", "stream")


@frozen
class Form:
    """A form of an answer: its format, None for the one that the server has by itself, and whether it has words."""

    format: str | None
    words: bool = False


def forms(model: str, format: str | None, *, words: bool) -> Sequence[Form]:
    """The forms in which an answer will do, the richest first.

    Args:
        model: its name; OpenAI's models are known to have some formats only.
        format: the format that the caller named. One in JSON is not replaced; a text can be made of another one.
        words: whether times of words are wanted.
    """
    richest = RECOGNISERS.get(model, UNKNOWN_RECOGNISER).formats[0] if format is None else format
    found = [Form(richest, words)] if words and richest == "verbose_json" else []
    found.append(Form(richest))
    if format in ("srt", "vtt"):
        found.append(Form("verbose_json"))
    elif format == "text" or (format is None and richest != "json"):
        found.append(Form("json"))
    if format in (None, "text", "json"):
        found.append(Form(None))
    return found


def plainer_may_help(error: StatusError) -> bool:
    """Whether a refusal may be one of the form, by what it means: servers have their own words for it.

    A wrong key, a spent quota and a body that is too large stay what they are, and so does a refusal that names another
    field. A server that fails in its own way, again and again, may do so at the form as well.
    """
    if error.code in _FINAL_CODES or (error.status not in _REFUSALS and not breaks_down(error)):
        return False
    if error.headers.get("x-should-retry") == "false":
        return False
    named = _fields(error.body)
    return not named or any(part in name for name in named for part in _OURS)


def breaks_down(error: StatusError) -> bool:
    """Whether a server fails in its own way, and does not just say that it is busy."""
    return error.status >= 500 and error.status not in (*_REFUSALS, *_BUSY)


def _fields(body: str) -> list[str]:
    """The fields that an error names: `param` at OpenAI, `loc` at servers that are made with FastAPI."""
    try:
        data: object = json.loads(body)
    except (ValueError, RecursionError):
        return []
    found = cast("dict[str, Any]", data) if isinstance(data, dict) else {}
    inner: object = found.get("error")
    param: object = cast("dict[str, Any]", inner).get("param") if isinstance(inner, dict) else None
    problems: object = found.get("detail")
    listed = cast("list[object]", problems) if isinstance(problems, list) else []
    places = [cast("dict[str, object]", one).get("loc") for one in listed if isinstance(one, dict)]
    return [str(one) for one in (param, *places) if one]
