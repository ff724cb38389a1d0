"""A server whose ids are no UUIDs, as some servers with Jellyfin's protocol."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS = 22
"""Letters and digits of 128 bits."""

_ANSWERED = re.compile(rb'(?<=")[0-9a-f]{32}(?=")')
_ASKED = re.compile(r"(?<![0-9a-f])[0-9a-f]{44}(?![0-9a-f])")
_UUID = re.compile(r"/[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}(/|$)", re.IGNORECASE)


def encoded(id: UUID) -> str:
    """An id in the form of Navidrome 0.64: 22 letters and digits, each as two hexadecimal digits."""
    number, text = id.int, ""
    for _ in range(_LETTERS):
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text.encode().hex()


def _decoded(match: re.Match[str]) -> str:
    """The UUID of an id in the other form; any other text stays."""
    number = 0
    for letter in bytes.fromhex(match[0]).decode("latin-1"):
        if letter not in _DIGITS:
            return match[0]
        number = number * len(_DIGITS) + _DIGITS.index(letter)
    return UUID(int=number).hex if number < 2**128 else match[0]


class OtherIds:
    """Wraps a service: every id in its JSON has the other form, and only that form is accepted."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _UUID.search(scope["path"]):
            await PlainTextResponse("data not found", 404)(scope, receive, send)
            return
        scope = {
            **scope,
            "path": _plain(scope["path"]),
            "query_string": _plain(scope["query_string"].decode("latin-1")).encode("latin-1"),
            "headers": [(name, _plain(value.decode("latin-1")).encode("latin-1")) for name, value in scope["headers"]],
        }
        is_json = Headers(scope=scope).get("content-type", "").startswith("application/json")
        await self._app(scope, _Receiver(receive) if is_json else receive, _Sender(send))


class _Receiver:
    """Reads the whole body of a request, and converts its ids."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] != "http.request":
            return message
        body: bytes = message.get("body", b"")
        while message.get("more_body"):
            message = await self._receive()
            body += message.get("body", b"")
        return {"type": "http.request", "body": _plain(body.decode("latin-1")).encode("latin-1"), "more_body": False}


class _Sender:
    """Sends a response, and converts its ids; JSON waits until it is complete."""

    def __init__(self, send: Send) -> None:
        self._send: Callable[[Message], Any] = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and "json" in Headers(raw=message["headers"]).get(
            "content-type", ""
        ):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._end(self._start)

    async def _end(self, start: Message) -> None:
        body = _ANSWERED.sub(lambda match: encoded(UUID(match[0].decode())).encode(), self._body)
        kept = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
        await self._send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await self._send({"type": "http.response.body", "body": body})


def _plain(text: str) -> str:
    return _ASKED.sub(_decoded, text)
