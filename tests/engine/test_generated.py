"""`client.generated`: every operation over the client's connection, with its key, blocking and not."""

import asyncio
import importlib
import inspect
from collections.abc import Callable, Iterator
from enum import EnumType
from io import BytesIO
from types import ModuleType
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

import httpx
import pytest
from attrs import fields_dict

from tests.drift.spec_rules import Doc, load, operations, resolve
from tests.wire.recorder import Received, Recorder, answer
from tonearm import Aioz, AsyncAioz, AsyncJellyfin, AsyncOpenAI, ConfigurationError, Jellyfin, OpenAI
from tonearm_generated.aioz.api.audio import get_audio
from tonearm_generated.aioz.errors import UnexpectedStatus
from tonearm_generated.aioz.models import ErrorResponse, MediaResponse
from tonearm_generated.jellyfin.api.audio import get_audio_stream
from tonearm_generated.openai.api.audio import create_transcription
from tonearm_generated.openai.models import CreateTranscriptionRequest
from tonearm_generated.openai.types import File
from tonearm_generated.reading import UnreadableAnswer

KEY = "key-4711-x"
BLOCKING: dict[str, Callable[[str], Any]] = {
    "aioz": lambda url: Aioz(base_url=url, token=KEY),
    "jellyfin": lambda url: Jellyfin(url, token=KEY),
    "openai": lambda url: OpenAI(base_url=url, api_key=KEY),
}
ASYNCHRONOUS: dict[str, Callable[[str], Any]] = {
    "aioz": lambda url: AsyncAioz(base_url=url, token=KEY),
    "jellyfin": lambda url: AsyncJellyfin(url, token=KEY),
    "openai": lambda url: AsyncOpenAI(base_url=url, api_key=KEY),
}
DOCS = {service: load(service) for service in BLOCKING}
VALUES: dict[Any, Any] = {str: "en", UUID: UUID(int=7), float: 1.5, int: 3, bool: True}


def all_operations() -> Iterator[tuple[str, str, str, str, Doc]]:
    """Service, tag, name, method and description of each operation."""
    for service, doc in DOCS.items():
        for method, _, operation in operations(doc):
            yield service, operation["tags"][0], operation["operationId"], method, operation


OPERATIONS = list(all_operations())


def module_of(service: str, tag: str, name: str) -> ModuleType:
    return importlib.import_module(f"tonearm_generated.{service}.api.{tag}.{name}")


def arguments(service: str, module: ModuleType, operation: Doc) -> dict[str, Any]:
    """A value for each argument that must be given."""
    models = importlib.import_module(f"tonearm_generated.{service}.models")
    known = {name: getattr(models, name) for name in models.__all__}  # which a module imports on first use
    hints = get_type_hints(module.request_kwargs, localns=known)
    needed = inspect.signature(module.request_kwargs).parameters
    given = {name: value_of(hints[name]) for name, one in needed.items() if one.default is inspect.Parameter.empty}
    if "body" in given:
        given["body"] = body(service, hints["body"], operation)
    assert None not in given.values(), given
    return given


def value_of(hint: Any) -> Any:
    if isinstance(hint, EnumType):
        return next(iter(hint))
    return get_args(hint)[0] if get_origin(hint) is Literal else VALUES.get(hint)


def body(service: str, kind: Any, operation: Doc) -> Any:
    types = importlib.import_module(f"tonearm_generated.{service}.types")
    if not hasattr(kind, "from_dict"):
        return types.File(b"[00:01.00]la")
    doc = DOCS[service]
    ((_, media),) = resolve(doc, operation["requestBody"])["content"].items()
    made = kind.from_dict(resolve(doc, media["schema"])["examples"][0])
    for name, one in fields_dict(kind).items():
        if "File" in str(one.type):
            setattr(made, name, types.File(BytesIO(b"audio"), "clip.flac", "audio/flac"))
    return made


def success(service: str, operation: Doc) -> tuple[bytes, bool]:
    """An answer as the spec has it, and whether there is something to read in it."""
    doc = DOCS[service]
    status, found = next((int(s), resolve(doc, r)) for s, r in operation["responses"].items() if s.startswith("2"))
    content = found.get("content", {})
    if "application/json" in content:
        media = content["application/json"]
        schema = resolve(doc, media["schema"])
        form = resolve(doc, schema["oneOf"][0]) if "oneOf" in schema else schema
        examples = [one["value"] for one in media.get("examples", {}).values()] or form["examples"]
        return answer(json=examples[0], status=status), True
    if content:
        return answer(b"sound", status=status, content_type=next(iter(content)).replace("*", "mpeg")), True
    return answer(status=status), False


def blocking(service: str, url: str, module: ModuleType, given: dict[str, Any]) -> Any:
    with BLOCKING[service](url) as client:
        return module.sync_detailed(**given, client=client.generated)


def asynchronous(service: str, url: str, module: ModuleType, given: dict[str, Any]) -> Any:
    async def ask() -> Any:
        async with ASYNCHRONOUS[service](url) as client:
            return await module.asyncio_detailed(**given, client=client.generated)

    return asyncio.run(ask())


WAYS = pytest.mark.parametrize("way", [blocking, asynchronous], ids=lambda way: way.__name__)


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=pytest.mark.turn("way"), id=way.__name__) for way in (blocking, asynchronous)]
)
@pytest.mark.parametrize(("service", "tag", "name", "method", "operation"), OPERATIONS, ids=[o[2] for o in OPERATIONS])
def test_each_operation_is_sent_with_the_key_and_its_answer_is_read(
    way: Callable[..., Any], service: str, tag: str, name: str, method: str, operation: Doc
) -> None:
    module = module_of(service, tag, name)
    canned, has_body = success(service, operation)
    with Recorder([canned]) as server:
        found = way(service, server.url, module, arguments(service, module, operation))
    (sent,) = server.requests
    assert sent.method == method.upper()
    assert KEY in sent.headers["authorization"]
    assert (found.parsed is not None) == (has_body and method != "head")
    assert 200 <= found.status_code < 300


def test_there_are_all_operations() -> None:
    assert len(OPERATIONS) >= 49


ONE = answer(json={"status": "success", "data": {"id": "i"}})
PAGE = b"<html>502 Bad Gateway</html>"


def get(client: Any, **arguments: Any) -> Any:
    return get_audio.sync_detailed("i", client=client, **arguments)


def test_it_is_made_once_for_each_client_and_its_options() -> None:
    with Aioz(token=KEY) as aioz:
        assert aioz.generated is aioz.generated
        tuned = aioz.with_options(timeout=3)
        assert tuned.generated is tuned.generated
        assert tuned.generated is not aioz.generated
        assert tuned.generated.get_httpx_client().timeout.read == 3
        assert KEY not in repr(aioz.generated)


def test_the_wrong_colour_is_refused_before_anything_is_sent() -> None:
    with Recorder([]) as server:
        with Aioz(base_url=server.url, token=KEY) as aioz, pytest.raises(ConfigurationError, match="a blocking client"):
            asyncio.run(get_audio.asyncio("i", client=aioz.generated))

        async def ask() -> None:
            async with AsyncAioz(base_url=server.url, token=KEY) as client:
                with pytest.raises(ConfigurationError, match="an asynchronous client"):
                    get_audio.sync("i", client=client.generated)

        asyncio.run(ask())
    assert server.requests == []


def test_copies_keep_connection_and_key_and_leave_the_first_as_it_is() -> None:
    with Recorder([ONE] * 4) as server, Aioz(base_url=server.url, token=KEY) as aioz:
        first = aioz.generated
        for copy in (
            first.with_headers({"X-Trace": "t", "Authorization": "Bearer other"}),
            first.with_timeout(httpx.Timeout(2.0)),
            first.with_cookies({"a": "b"}),
        ):
            assert isinstance(get(copy).parsed, MediaResponse)
        assert isinstance(get(first).parsed, MediaResponse)
        assert first.get_httpx_client().timeout.read == 60
    assert server.connections == 1
    assert {request.headers["authorization"] for request in server.requests} == {f"Bearer {KEY}"}
    assert [request.headers.get("x-trace") for request in server.requests] == ["t", None, None, None]
    assert [request.headers.get("cookie") for request in server.requests] == [None, None, "a=b", None]


def test_it_can_be_used_again_after_it_was_left() -> None:
    with Recorder([ONE] * 3) as server, Aioz(base_url=server.url, token=KEY) as aioz:
        with aioz.generated as generated:
            get(generated)
        get(aioz.generated)
        assert aioz.get("i").id == "i"
    assert server.connections == 1
    with pytest.raises(ConfigurationError, match="the client is closed"):
        get(aioz.generated)


@pytest.mark.parametrize("status", [400, 502, 520])
def test_the_page_of_a_proxy_is_an_unexpected_status(status: int) -> None:
    canned = answer(PAGE, status=status, content_type="text/html", headers={"Retry-After": "7"})
    with (
        Recorder([canned]) as server,
        Aioz(base_url=server.url, token=KEY) as aioz,
        pytest.raises(UnexpectedStatus) as caught,
    ):
        get(aioz.generated)
    assert (caught.value.status_code, caught.value.content) == (status, PAGE)
    assert caught.value.headers["retry-after"] == "7"


def test_a_documented_error_is_an_object() -> None:
    with Recorder([answer(json={"message": "no"}, status=404)]) as server, Aioz(base_url=server.url, token=KEY) as aioz:
        found = get(aioz.generated)
    assert isinstance(found.parsed, ErrorResponse)
    assert (found.status_code, found.parsed.message) == (404, "no")


@pytest.mark.parametrize("body", [PAGE, b"", b'{"data": {"id"', b'{"data": {"id": 5}}'])
def test_a_success_that_is_none_is_an_unreadable_answer(body: bytes) -> None:
    with (
        Recorder([answer(body)]) as server,
        Aioz(base_url=server.url, token=KEY) as aioz,
        pytest.raises(UnreadableAnswer, match=r"^the answer"),
    ):
        get(aioz.generated)


SRT = b"1\n00:00:00,000 --> 00:00:01,000\nGr\xc3\xbc\xc3\x9f Gott\n"


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (SRT, "application/x-subrip"),
        (SRT, "text/plain; charset=utf-8"),
        (b"WEBVTT\n", "text/vtt"),
        (b'data: {"type": "transcript.text.done", "text": "x"}\n\n', "text/event-stream"),
    ],
)
def test_a_transcript_that_is_text_is_text(body: bytes, media_type: str) -> None:
    form = CreateTranscriptionRequest(model="m", file=File(BytesIO(b"fLaC"), "a.flac"))
    canned = answer(body, content_type=media_type)
    with Recorder([canned]) as server, OpenAI(base_url=server.url, api_key=KEY) as ai:
        assert create_transcription.sync(client=ai.generated, body=form) == body.decode()


def test_a_body_can_be_streamed() -> None:
    with Recorder([answer(b"sound", content_type="audio/flac")]) as server, Jellyfin(server.url, token=KEY) as jellyfin:
        kwargs = get_audio_stream.request_kwargs(UUID(int=7), static=True)
        with jellyfin.generated.get_httpx_client().stream(**kwargs) as response:
            assert b"".join(response.iter_bytes()) == b"sound"
    assert_key(server.requests[0])


def assert_key(request: Received) -> None:
    assert KEY in request.headers["authorization"]
