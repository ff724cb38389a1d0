"""Server-sent events whose data are JSON objects, read from the blocks of a body while it arrives.

(HTML Living Standard, "Interpreting an event stream"; only `data` and `event` are used here)
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from attrs import define, field

LONGEST = 32 * 1024 * 1024
"""Most bytes of an event."""

EVENT_STREAM = "text/event-stream"


@define
class Events:
    """Reads the objects of a stream; `ended` is set when the server sends its last event (`[DONE]`).

    With `texts` the data of an event may be text, which is read as an object with the member `text`.
    """

    texts: bool = False
    ended: bool = field(default=False, init=False)
    _text: codecs.IncrementalDecoder = field(factory=codecs.getincrementaldecoder("utf-8-sig"), init=False)
    _data: list[str] = field(factory=list[str], init=False)
    _kind: str = field(default="", init=False)
    _line: list[str] = field(factory=list[str], init=False)
    _held: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self._text.errors = "replace"

    def feed(self, block: bytes) -> Iterator[dict[str, Any]]:
        """The events that the next block completes.

        Raises:
            ValueError: an event is too long, or its data are no JSON object.
        """
        self._held += len(block)
        if self._held > LONGEST:
            raise ValueError(f"an event has more than {LONGEST} bytes")
        text = self._text.decode(block)
        if self._line and self._line[-1] == "\r":
            text = self._line.pop() + text
        cut = text.removesuffix("\r")  # it may be the first half of a line end
        first, *lines = cut.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for line in lines:
            yield from self._take("".join([*self._line, first]))
            self._line, first = [], line
        self._line += [first, text[len(cut) :]] if len(cut) < len(text) else [first]

    def finish(self) -> Iterator[dict[str, Any]]:
        """The last event, if only its final blank line is missing; an incomplete event is dropped."""
        try:
            for line in ("".join(self._line).removesuffix("\r"), ""):
                yield from self._take(line)
        except ValueError:
            return

    def _take(self, line: str) -> Iterator[dict[str, Any]]:
        """Read one line: a field of an event, or the blank line that ends the event."""
        if line:
            name, _, value = line.partition(":")  # a comment has no name
            if name == "data":
                self._data.append(value.removeprefix(" "))
            elif name == "event":
                self._kind = value.strip()
            return
        data, kind = "\n".join(self._data), self._kind
        self._data.clear()
        self._kind = ""
        self._held = 0
        if self.ended:
            return
        if data.strip() == "[DONE]":
            self.ended = True
        elif data:
            event = _object(data, texts=self.texts)
            if kind == "error" and event_error(event) is None:  # which only its name says
                event = {"error": {"message": event.get("text"), **event}}
            yield event


def event_error(event: Mapping[str, Any]) -> str | None:
    """The error message in an event; None for other events.

    OpenAI sends an object `error`, as in its other responses; vLLM-Omni an event whose type ends with `error`
    (vllm-omni, pull request 4490).
    """
    error = event.get("error")
    if not error and not str(event.get("type")).endswith("error"):
        return None
    inner: object = error or event
    if isinstance(inner, Mapping):
        inner = cast("Mapping[str, object]", inner).get("message") or json.dumps(inner)
    return " ".join(str(inner).split())[:500]


def _object(data: str, *, texts: bool) -> dict[str, Any]:
    try:
        parsed: object = json.loads(data)
    except RecursionError:
        raise ValueError("an event is nested too deep") from None
    except ValueError:
        if texts and data.lstrip()[:1] not in ("{", "["):
            return {"text": data}
        raise ValueError("an event is not JSON") from None
    if texts and isinstance(parsed, str):
        return {"text": parsed}
    if not isinstance(parsed, dict):
        raise ValueError(f"an event is a JSON {type(parsed).__name__}, not an object")
    return cast("dict[str, Any]", parsed)
