"""The response of a server, and the errors of its statuses. No I/O, and no HTTP library."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Self, TypeVar, cast

from attrs import field, frozen

from tonearm_generated.reading import UnreadableAnswer

from .. import errors
from ..errors import StatusError, UnexpectedAnswer
from .error_words import line, words_of

ERROR_BODY_LIMIT = 64 * 1024
"""Bytes of a response that an error keeps."""

_BY_STATUS: Mapping[int, type[StatusError]] = {
    400: errors.BadRequest,
    401: errors.Unauthorized,
    403: errors.Forbidden,
    404: errors.NotFound,
    413: errors.TooLarge,
    422: errors.BadRequest,
    429: errors.RateLimited,
}
_REQUEST_IDS = ("x-request-id", "request-id", "x-amzn-requestid", "cf-ray")

_JSON_NAMES: Mapping[type[object], str] = {
    list: "array",
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
}

_SECRET = re.compile(r'("(?:access_?token|secret|stream_?key|rtmp_url)"\s*:\s*")(?:[^"\\]|\\.)*', re.IGNORECASE)
"""A JSON member with a secret that the server has just made, which no client knows yet; it may be truncated."""

T = TypeVar("T")
M = TypeVar("M")
E = TypeVar("E", bound=Exception)


@frozen
class Head:
    """The part of a response before its body.

    `url` has no query. `headers` have lower-case names and unchanged values, for our use; texts that are shown must go
    through `scrub`, which removes keys. `retry_after` is in seconds.
    """

    method: str
    url: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    retry_after: float | None = None
    scrub: Callable[[str], str] = field(default=str, repr=False, eq=False)

    @property
    def shown(self) -> Mapping[str, str]:
        """The headers without keys, for errors."""
        return {name: self.scrub(value) for name, value in self.headers.items()}

    @property
    def request_id(self) -> str | None:
        """The server's name for this request, without keys."""
        return next((self.scrub(self.headers[name]) for name in _REQUEST_IDS if name in self.headers), None)

    @property
    def size(self) -> int | None:
        """Bytes of the whole body, by `Content-Length`; None if the server sends none."""
        length = self.headers.get("content-length", "")
        return int(length) if length.isdecimal() and len(length) < 20 else None

    @property
    def content_type(self) -> str:
        """The media type without its parameters, in lower case, for our use; empty if the server sends none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def shown_type(self) -> str:
        """The media type without keys, for errors and results."""
        return self.scrub(self.headers.get("content-type", "")).partition(";")[0].strip().lower()


@frozen
class Answer:
    """A whole response, read up to a limit."""

    head: Head
    body: bytes = field(repr=False)

    @property
    def request_id(self) -> str | None:
        """The server's name for this request."""
        return self.head.request_id

    def scrub(self, text: str) -> str:
        """Remove keys from a text that is shown."""
        return self.head.scrub(text)

    def checked(self) -> Self:
        """This response; raises the error of its status."""
        if 200 <= self.head.status < 300:
            return self
        raise failure(self)

    def text(self) -> str:
        """The body as text; bytes that are not UTF-8 are replaced."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> object:
        """The body as JSON of any kind, or UnexpectedAnswer; bytes that are not UTF-8 are replaced."""
        return self._decoded

    @cached_property
    def _decoded(self) -> object:  # once, as AIOZ's envelope is checked before the rest is read
        try:
            return cast("object", json.loads(self.body.decode("utf-8", "replace").removeprefix("\ufeff")))
        except (ValueError, RecursionError) as error:
            raise self.unexpected("the body is not JSON" if self.body else "the body is empty") from bare(error)

    def object(self) -> dict[str, Any]:
        """The body as a JSON object, or UnexpectedAnswer; bytes that are not UTF-8 are replaced."""
        data = self.json()
        if not isinstance(data, dict):
            raise self.unexpected(f"the body is a JSON {_JSON_NAMES[type(data)]}, not an object")
        return cast("dict[str, Any]", data)

    def model(self, read: Callable[[int, Any], Any], kind: type[M], make: Callable[[M], T]) -> T:
        """Read the body with the generated reader of an operation, and pass the model to `make`.

        Raises:
            UnexpectedAnswer: the body does not match the spec; the message has the place.
        """
        return self.model_of(self.object(), read, kind, make)

    def model_of(self, data: Any, read: Callable[[int, Any], Any], kind: type[M], make: Callable[[M], T]) -> T:
        """Read a body that was decoded, and perhaps corrected, before."""
        try:
            parsed = read(self.head.status, data)
            assert isinstance(parsed, kind)  # a mistake of ours, which is not the server's
            return make(parsed)
        except UnreadableAnswer as error:
            raise self.unexpected(str(error)) from bare(error)

    def unexpected(self, reason: str) -> UnexpectedAnswer:
        """The error for this response."""
        head = self.head
        return UnexpectedAnswer(
            self.scrub(reason),
            method=head.method,
            url=head.url,
            status=head.status,
            headers=head.shown,
            body=self.start(),
        )

    def start(self) -> str:
        """The beginning of the body, which an error keeps, without secrets."""
        return _SECRET.sub(r"\1***", self.scrub(self.body[:ERROR_BODY_LIMIT].decode("utf-8", "replace")))


def failure(answer: Answer) -> StatusError:
    """The error for a response that is not 2xx, with the server's message."""
    head = answer.head
    text = answer.start()
    message, code = _words(text, head)
    kind = _BY_STATUS.get(head.status, errors.ServiceFailed if head.status >= 500 else StatusError)
    return kind(
        answer.scrub(message),
        method=head.method,
        url=head.url,
        status=head.status,
        code=None if code is None else answer.scrub(code),
        request_id=head.request_id,
        body=text,
        retry_after=head.retry_after,
        headers=head.shown,
    )


def _words(text: str, head: Head) -> tuple[str, str | None]:
    """The message and the code of an error: from its JSON, its status, the header `Message` of Jellyfin, or text."""
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict):
        words = words_of(cast("dict[str, object]", data))
        if words is not None:
            return words
    if 300 <= head.status < 400:
        return f"redirects are not followed (to {head.shown.get('location', 'nowhere').partition('?')[0]})", None
    if "message" in head.headers:
        return line(head.shown["message"]), None
    if text.strip() and "html" not in head.content_type and not text.lstrip().startswith("<"):
        return line(text), None
    return "the server gave no reason", None


def bare(error: E) -> E:
    """A cause without its frames, and without the server's data, which may contain secrets."""
    if isinstance(error, json.JSONDecodeError):
        error.doc = ""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
