"""Reads the responses of transcriptions and translations.

A response that was paid for is never discarded: errors carry its whole body.
"""

from __future__ import annotations

import json
import re
from typing import cast

from ..._http import Answer
from ...errors import InvalidInput, UnexpectedAnswer
from .._answers import is_page, read_body
from ..types import Transcript

_FIRST_CUE = re.compile(r"\s*\d+\s*\n\s*\d+:\d\d:\d\d[,.]\d+\s*-->\s")
_EVENTS = re.compile(r"\s*(data|event):")


def transcript(answer: Answer) -> Transcript:
    """Read a transcript from a response of any shape."""
    if answer.head.content_type == "text/html" and _json(answer.text()) is None:
        raise _unexpected(answer, "the body is a web page")
    try:
        return Transcript.of(read_body(answer.text()), answer.request_id)
    except ValueError as error:
        raise _unexpected(answer, str(error)) from None


def text(answer: Answer, format: str) -> str:
    """Read a response in a text format; if the server sent another format, it is converted."""
    body = answer.text().removeprefix("\ufeff")
    data = _json(body)
    if format == "text" and (data is not None or _EVENTS.match(body)):
        return transcript(answer).text
    for candidate in [body] if data is None else _texts(data):
        if _is(candidate, format, answer.head.content_type):
            return candidate
    parsed = transcript(answer)
    try:
        return {"text": lambda: parsed.text, "srt": parsed.to_srt, "vtt": parsed.to_vtt}[format]()
    except InvalidInput:
        raise _unexpected(answer, f"the body is not {format}, and has no times to make it of") from None


def _json(body: str) -> object | None:
    try:
        return cast("object", json.loads(body)) if body.lstrip()[:1] in ("{", "[", '"') else None
    except (ValueError, RecursionError):
        return None


def _texts(data: object) -> list[str]:
    """The texts in a response in JSON; one of them may be the requested format."""
    if isinstance(data, str):
        return [data]
    members = cast("dict[str, object]", data).values() if isinstance(data, dict) else ()
    return [member for member in members if isinstance(member, str) and member.strip()]


def _is(body: str, format: str, content_type: str) -> bool:
    """Whether a text is in a format; an empty plain text means that nothing was said."""
    if content_type == "text/html" or is_page(body):
        return False
    if format == "vtt":
        return body.startswith("WEBVTT")
    if not body.strip():
        return content_type.startswith("text/")
    return (_FIRST_CUE.match(body) is not None) == (format == "srt") and not body.startswith("WEBVTT")


def _unexpected(answer: Answer, reason: str) -> UnexpectedAnswer:
    """The error for a response that cannot be read: it shows the beginning of the body, and has all of it."""
    start = " ".join(answer.text()[:300].split())[:80]
    error = answer.unexpected(f"{reason}: {start!r}" if start else reason)
    error.body = answer.scrub(answer.text())
    return error
