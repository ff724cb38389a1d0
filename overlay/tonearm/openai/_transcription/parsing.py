"""Reads the answers of transcriptions and translations.

What was paid for is never thrown away: errors carry it whole.
"""

from __future__ import annotations

import json
import re

from ..._http import Answer
from ...errors import InvalidInput, UnexpectedAnswer
from ..types import Transcript

_FIRST_CUE = re.compile(r"\s*\d+\s*\n\s*\d+:\d\d:\d\d[,.]\d+\s*-->\s")
_HTML = re.compile(r"\s*<(!doctype|html)\b", re.IGNORECASE)


def transcript(answer: Answer) -> Transcript:
    """A transcript from one of the JSON formats."""
    try:
        return answer.read(lambda raw: Transcript.of(raw, answer.request_id), answer.object())
    except UnexpectedAnswer as error:
        error.body = answer.scrub(answer.text())
        raise


def text(answer: Answer, format: str) -> str:
    """An answer in a text format; where the server sent JSON instead, what was asked for is made from that."""
    body = answer.text().removeprefix("\ufeff")
    if answer.head.content_type == "application/json" or body.lstrip().startswith("{"):
        try:
            data: object = json.loads(body)
        except (ValueError, RecursionError):
            data = None
        if isinstance(data, dict):
            return _made(transcript(answer), answer, format)
        body = data if isinstance(data, str) else body
    if not _is(body, format, answer.head.content_type):
        raise _unexpected(answer, f"the body is not {format}")
    return body


def _made(found: Transcript, answer: Answer, format: str) -> str:
    if format == "text":
        return found.text
    try:
        return found.to_srt() if format == "srt" else found.to_vtt()
    except InvalidInput:
        raise _unexpected(answer, f"the server sent JSON without times instead of {format}") from None


def _is(body: str, format: str, content_type: str) -> bool:
    """Whether a text is what it should be; a plain and empty one says that nothing was said."""
    if content_type == "text/html" or _HTML.match(body):
        return False
    if format == "vtt":
        return body.startswith("WEBVTT")
    if not body.strip():
        return content_type.startswith("text/")
    return format == "text" or _FIRST_CUE.match(body) is not None


def _unexpected(answer: Answer, reason: str) -> UnexpectedAnswer:
    error = answer.unexpected(reason)
    error.body = answer.scrub(answer.text())
    return error
