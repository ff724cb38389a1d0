"""Holds what crosses the wire to specs/: requests of the clients, and answers of the sandbox."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import httpx
from attrs import define, field, frozen
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.deserializing.media_types.util import data_form_loads, json_loads, plain_loads
from openapi_core.templating.paths.finders import APICallPathFinder
from openapi_schema_validator import OAS31Validator
from werkzeug.datastructures import Headers, ImmutableMultiDict

from tests.drift.spec_rules import load

_LONGEST = 300
"""Characters of a reason."""


@frozen
class _Request:
    """What openapi-core asks of a request."""

    host_url: str
    path: str
    method: str
    body: bytes | None
    content_type: str
    parameters: RequestParameters


@frozen
class _Response:
    """What openapi-core asks of an answer."""

    status_code: int
    headers: Headers
    content_type: str
    data: bytes | None


@define
class Referee(httpx.BaseTransport):
    """Sends requests on, and judges the exchanges with one service at a base URL.

    Attributes:
        requests: whether requests are judged too, not answers alone.
        violations: one line for each request or answer that is not as the spec says.
        seen: operation and status of every exchange.
    """

    service: str
    base_url: str
    requests: bool = True
    violations: list[str] = field(factory=list[str], init=False)
    seen: list[tuple[str, int]] = field(factory=list[tuple[str, int]], init=False)
    _inner: httpx.HTTPTransport = field(factory=httpx.HTTPTransport, init=False)
    _spec: OpenAPI = field(init=False)
    _components: dict[str, Any] = field(init=False)

    def __attrs_post_init__(self) -> None:
        doc = load(self.service)
        self._components = doc["components"]
        self._spec = OpenAPI.from_dict(
            {**_with_bytes(doc), "servers": [{"url": self.base_url}]},
            config=Config(extra_media_type_deserializers=_READERS, spec_validator_cls=None),  # spec_rules hold it
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        answer = self._inner.handle_request(request)
        try:
            data = answer.read()
        finally:
            answer.close()
        self.judge(request, answer, data)
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=httpx.ByteStream(data), extensions=answer.extensions
        )

    def close(self) -> None:
        self._inner.close()

    def judge(self, request: httpx.Request, answer: httpx.Response, data: bytes) -> None:
        asked = _request(request)
        answered = _Response(
            answer.status_code,
            Headers(answer.headers.multi_items()),
            answer.headers.get("content-type", ""),
            data or None,
        )
        found = APICallPathFinder(self._spec.spec).find(asked.method, asked.host_url + asked.path)
        operation = str(found.operation["operationId"])
        self.seen.append((operation, answer.status_code))
        errors = [("answer", error) for error in self._spec.iter_response_errors(asked, answered)]
        if self.requests:
            errors += [("request", error) for error in self._spec.iter_request_errors(asked)]
        if answered.content_type.startswith("text/event-stream"):
            errors += [("event", error) for event in _events(data) for error in self._event_errors(event)]
        where = f"{operation}: {request.method} {request.url.raw_path.decode()} -> {answer.status_code}"
        self.violations += [f"{where}: {what}: {_reason(error)}" for what, error in errors]

    def _event_errors(self, event: dict[str, Any]) -> Iterator[Exception]:
        """Hold an event to the component that bears its type's name: SpeechAudioDeltaEvent is speech.audio.delta."""
        name = "".join(word.capitalize() for word in event["type"].split(".")) + "Event"
        schema = {"$ref": f"#/components/schemas/{name}", "components": self._components}
        return OAS31Validator(schema).iter_errors(event)


class _Form(ImmutableMultiDict[str, Any]):
    """The fields of a form; openapi-core takes an array that was not sent for an empty one."""

    def getlist(self, key: str, type: Any = None) -> list[Any]:
        if key not in self:
            raise KeyError(key)
        return super().getlist(key)


def _form(value: bytes, **parameters: str) -> _Form:
    return _Form(data_form_loads(value, **parameters).items(multi=True))


_READERS = {"multipart/form-data": _form, "application/problem+json": json_loads, "text/event-stream": plain_loads}
"""How media types are read that openapi-core reads otherwise, or takes for bytes."""


def _with_bytes(node: Any) -> Any:
    """Let what is binary be bytes: openapi-core gives no string to hold to `type: string`."""
    if isinstance(node, list):
        return [_with_bytes(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("format") == "binary":
        node = {key: value for key, value in node.items() if key not in ("type", "format")}
    return {key: _with_bytes(value) for key, value in node.items()}


def _events(data: bytes) -> Iterator[dict[str, Any]]:
    for line in data.decode().splitlines():
        if line.startswith("data:"):
            yield json.loads(line.removeprefix("data:"))


def _request(request: httpx.Request) -> _Request:
    url = request.url
    return _Request(
        host_url=f"{url.scheme}://{url.netloc.decode()}",
        path=url.path,
        method=request.method.lower(),
        body=request.content or None,
        content_type=request.headers.get("content-type", ""),
        parameters=RequestParameters(
            query=ImmutableMultiDict(parse_qsl(url.query.decode(), keep_blank_values=True)),
            header=Headers(request.headers.multi_items()),
        ),
    )


def _reason(error: BaseException) -> str:
    """Give an error and what is behind it in one line."""
    causes = [*getattr(error, "schema_errors", ()), *([error.__cause__] if error.__cause__ else ())]
    behind = "; ".join(_reason(cause) for cause in causes)
    text = f"{type(error).__name__} {getattr(error, 'message', error)}"[:_LONGEST]
    return f"{text} ({behind})" if behind else text
