"""Any text in any field arrives as it was given, and is nothing but that field; an id is one segment of a path."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_multipart.multipart import FormParser

import tonearm
from tonearm.errors import TonearmError

ITEM = "4c3b2a19-0000-4000-8000-000000000000"
SPITEFUL = st.sampled_from(
    [
        '"\r\n\r\nx',
        '\r\n--+++\r\nContent-Disposition: form-data; name="model"\r\n\r\nother',
        "a&b=c#d?e",
        "%0d%0aX: y",
        "..",
        "../../etc/passwd",
        "a/b",
        "?x=1",
        "#",
        "\x00",
        ";",
        "name*=UTF-8''x",
    ]
)
TEXT = st.text(min_size=1, max_size=60) | SPITEFUL | st.builds(lambda a, b: a + b, SPITEFUL, SPITEFUL)


class Server:
    """Keeps the requests, and answers each of them with an empty object."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.http = httpx.Client(transport=httpx.MockTransport(self))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        return httpx.Response(200, json={})


def sent(call: Callable[[httpx.Client], Any]) -> list[httpx.Request]:
    """What a call sends; that the answer is of no use to it is no matter."""
    server = Server()
    with suppress(TonearmError):
        call(server.http)
    return server.requests


def only(requests: list[httpx.Request]) -> list[httpx.Request]:
    """The one request that was sent: none of these texts is refused."""
    assert len(requests) == 1
    return requests


def form(request: httpx.Request) -> list[tuple[str, str]]:
    """The fields of a form without its files, read by a parser of others."""
    fields: list[tuple[str, str]] = []
    kind, _, boundary = request.headers["content-type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    parser = FormParser(
        "multipart/form-data",
        lambda field: fields.append((field.field_name.decode(), (field.value or b"").decode())),
        lambda file: None,
        boundary=boundary.encode(),
    )
    parser.write(request.content)
    parser.finalize()
    return fields


@settings(max_examples=25, deadline=None)
@given(title=TEXT, description=TEXT, tag=TEXT, key=TEXT, value=TEXT)
def test_what_describes_an_upload(title: str, description: str, tag: str, key: str, value: str) -> None:
    def create(http: httpx.Client) -> None:
        aioz = tonearm.Aioz(token="key", http=http)
        aioz.create(title, description=description, tags=[tag], metadata={key: value})

    for request in only(sent(create)):
        body = json.loads(request.content)
        assert (body["title"], body["description"], body["tags"]) == (title, description, [tag])
        assert body["metadata"] == [{"key": key, "value": value}]
        assert body.keys() <= {"title", "description", "tags", "metadata", "type", "qualities", "is_public"}


@settings(max_examples=25, deadline=None)
@given(model=TEXT, prompt=TEXT, value=TEXT)
def test_what_goes_with_a_recording(model: str, prompt: str, value: str) -> None:
    def transcribe(http: httpx.Client) -> None:
        ai = tonearm.OpenAI(api_key="key", base_url="http://server/v1", http=http)
        ai.transcribe(b"fLaC" * 9, model=model, prompt=prompt, format="json", extra={"hotwords": value})

    for request in only(sent(transcribe)):
        expected = [("model", model), ("prompt", prompt), ("response_format", "json"), ("hotwords", value)]
        assert sorted(form(request)) == sorted(expected)


@settings(max_examples=25, deadline=None)
@given(text=TEXT, voice=TEXT, instructions=TEXT)
def test_what_is_to_be_spoken(text: str, voice: str, instructions: str) -> None:
    def speak(http: httpx.Client) -> None:
        ai = tonearm.OpenAI(api_key="key", base_url="http://server/v1", http=http)
        with ai.speech(text, model="m", voice=voice, instructions=instructions):
            pass

    for request in only(sent(speak)):
        expected = {"model": "m", "input": text, "voice": voice, "instructions": instructions}
        assert json.loads(request.content) == expected


@settings(max_examples=25, deadline=None)
@given(tag=TEXT, reasons=TEXT, device=TEXT)
def test_what_stands_in_a_query(tag: str, reasons: str, device: str) -> None:
    jellyfin = tonearm.Jellyfin("http://server/base")
    with suppress(tonearm.InvalidInput):
        url = httpx.URL(jellyfin.url(ITEM, container="mp3", tag=tag, transcode_reasons=reasons, device_id=device))
        found = parse_qsl(url.query.decode(), keep_blank_values=True, strict_parsing=True, errors="strict")
        assert (url.host, url.path, url.fragment) == ("server", f"/base/Audio/{ITEM}/stream.mp3", "")
        assert {name: value for name, value in found if name in ("tag", "transcodeReasons", "deviceId")} == {
            "tag": tag,
            "transcodeReasons": reasons,
            "deviceId": device,
        }
        assert {name for name, _ in found} == {
            *("tag", "transcodeReasons", "deviceId", "audioCodec", "playSessionId"),
        }


@pytest.mark.parametrize(
    ("call", "before", "after"),
    [
        (lambda http, id: tonearm.Aioz(token="key", http=http).get(id), "/api/media/", ""),
        (lambda http, id: tonearm.Aioz(token="key", http=http).complete(id), "/api/media/", "/complete"),
        (lambda http, id: tonearm.Aioz(token="key", http=http).delete(id), "/api/media/", ""),
        (lambda http, id: tonearm.Jellyfin("http://s", http=http).probe(id), "/Audio/", "/stream"),
        (lambda http, id: tonearm.Jellyfin("http://s", token="key", http=http).item(id), "/Items/", ""),
    ],
)
@settings(max_examples=25, deadline=None)
@given(id=TEXT)
def test_an_id_cannot_change_the_path(call: Callable[..., Any], before: str, after: str, id: str) -> None:
    for request in sent(lambda http: call(http, id)):
        path = request.url.raw_path.decode().partition("?")[0]
        assert path.startswith(before)
        assert path.endswith(after)
        segment = path.removeprefix(before).removesuffix(after)
        assert "/" not in segment
        assert segment not in ("", ".", "..")
        assert unquote(segment) == id


def test_an_ordinary_id_is_sent() -> None:
    (request,) = sent(lambda http: tonearm.Aioz(token="key", http=http).get("an id"))
    assert request.url.raw_path == b"/api/media/an%20id"
    (request,) = sent(lambda http: tonearm.Jellyfin("http://s", token="key", http=http).item(ITEM))
    assert request.url.path == f"/Items/{ITEM}"
