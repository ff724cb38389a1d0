"""Reads the body of an answer by its contents, whatever its Content-Type is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

from ..._http import Events
from .events import EventTranscript
from .flowing import looks_like_subtitles
from .shapes import canonical, error_of

_HTML = re.compile(r"\s*<(!doctype|html|head|body|\?xml|title|meta|center|div|h[1-6]|p)\b", re.IGNORECASE)
_EVENTS = re.compile(r"\s*(:|(data|event|id|retry):)")


class Failure(ValueError):
    """The body is no transcript; the message has the server's reason, if it sent one."""


def read_body(body: str) -> dict[str, Any]:
    """Read a body of JSON, lines of JSON, events, subtitles or plain text; its fields keep the server's names.

    Raises:
        Failure: the body is empty, or an error with the status of a success.
        ValueError: the body has no text.
    """
    body = body.removeprefix("\ufeff")
    try:
        data: object = json.loads(body)
    except (ValueError, RecursionError):
        data = _without_json(body)
    message = error_of(data)
    if message is not None:
        raise Failure(f"the server gave up: {message}")
    if isinstance(data, (str, list)):
        data = canonical(cast("object", data))
    if not isinstance(data, dict):
        raise Failure(f"the body is a JSON {type(data).__name__}")
    return cast("dict[str, Any]", data)


def is_page(body: str) -> bool:
    """Whether a body is a page for a browser."""
    return _HTML.match(body) is not None


def _without_json(body: str) -> object:
    if not body.strip():
        raise Failure("the body is empty")
    if is_page(body):
        raise Failure("the body is a web page")
    parsed = _events(body) if _EVENTS.match(body) else _lines(body)
    if parsed is not None:
        return parsed
    if body.lstrip()[:1] in "{[" and not looks_like_subtitles(body):
        raise Failure("the body is not JSON")
    return {"text": body}


def _events(body: str) -> object:
    return _merged(_of_events(body))


def _of_events(body: str) -> Iterator[dict[str, Any]]:
    events = Events(texts=True)
    try:
        yield from events.feed(body.encode("utf-8", "replace"))
        yield from events.finish()
    except ValueError as error:
        raise Failure(str(error)) from None


def _lines(body: str) -> object:
    """Read lines of JSON, each a part of the transcript; None if they are no JSON."""
    try:
        lines = [cast("object", json.loads(line)) for line in body.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None
    return _merged(cast("dict[str, Any]", line) for line in lines if isinstance(line, dict))


def _merged(events: Iterator[dict[str, Any]]) -> object:
    transcript = EventTranscript()
    for event in events:
        message = error_of(event)
        if message is not None:
            raise Failure(f"the server gave up: {message}")
        transcript.take(event)
    if not transcript.has_text:
        raise Failure("no event has a text")
    return transcript.transcript()
