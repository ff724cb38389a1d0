"""The forms of an answer that a request can ask for, and when a plainer form may help."""

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
    """A form of an answer: its format, or None for the server's default, and whether it has the times of words."""

    format: str | None
    words: bool = False


def forms(model: str, format: str | None, *, words: bool) -> Sequence[Form]:
    """The forms of an answer that serve the caller, the richest first.

    Args:
        model: its name; OpenAI's models have only some formats.
        format: the caller's format. A format in JSON is not replaced; text formats can be made from others.
        words: whether times of words are requested.
    """
    richest = RECOGNISERS.get(model, UNKNOWN_RECOGNISER).formats[0] if format is None else format
    accepted = [Form(richest, words)] if words and richest == "verbose_json" else []
    accepted.append(Form(richest))
    if format in ("srt", "vtt"):
        accepted.append(Form("verbose_json"))
    elif format == "text" or (format is None and richest != "json"):
        accepted.append(Form("json"))
    if format in (None, "text", "json"):
        accepted.append(Form(None))
    return accepted


def plainer_may_help(error: StatusError) -> bool:
    """Whether the form may be the reason of an error, by its status and fields: the wording differs between servers.

    A wrong key, a spent quota, a body that is too large, and a refusal of another field have other reasons. Repeated
    internal errors of a server may be caused by the form, too.
    """
    if error.code in _FINAL_CODES or (error.status not in _REFUSALS and not breaks_down(error)):
        return False
    if error.headers.get("x-should-retry") == "false":
        return False
    named = _fields(error.body)
    return not named or any(part in name for name in named for part in _OURS)


def breaks_down(error: StatusError) -> bool:
    """Whether a server has an internal error, and is not only busy."""
    return error.status >= 500 and error.status not in (*_REFUSALS, *_BUSY)


def _fields(body: str) -> list[str]:
    """The fields that an error names: `param` at OpenAI, `loc` at servers made with FastAPI."""
    try:
        data: object = json.loads(body)
    except (ValueError, RecursionError):
        return []
    error = cast("dict[str, Any]", data) if isinstance(data, dict) else {}
    detail: object = error.get("error")
    param: object = cast("dict[str, Any]", detail).get("param") if isinstance(detail, dict) else None
    problems: object = error.get("detail")
    listed = cast("list[object]", problems) if isinstance(problems, list) else []
    places = [cast("dict[str, object]", place).get("loc") for place in listed if isinstance(place, dict)]
    return [str(place) for place in (param, *places) if place]
