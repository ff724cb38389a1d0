"""What AIOZ Stream's operations send, byte for byte, and against what the vendor's own client sends."""

import asyncio
import hashlib
import json
import os
from collections.abc import Awaitable, Callable
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import parse_qsl, urlsplit

import pytest
from python_multipart import FormParser
from python_multipart.multipart import parse_options_header

from tests.inside.files import Source
from tests.inside.http import Field, Multipart
from tests.wire.recorder import Answers, Received, Recorder, answer, check_golden
from tonearm import Aioz, AsyncAioz
from tonearm.aioz import QualityConfig

ID = "11111111-2222-4333-8444-555555555555"
PAIR = {"public_key": "PUB", "secret_key": "SEC"}
MEDIA = {"id": ID, "type": "audio", "title": "T", "status": "new"}
ONE = answer(json={"status": "success", "data": MEDIA})
LISTED = answer(json={"status": "success", "data": {"media": [MEDIA], "total": 1}})
DONE = answer(json={"status": "success", "message": "Done."})
COST = answer(json={"status": "success", "data": {"price": 0.25, "is_enough": True}})

Operation = Callable[[Any], Any]
"""Called with either client; the asynchronous one's result is awaited."""

OPERATIONS: dict[str, tuple[Operation, list[bytes]]] = {
    "create_audio": (
        lambda aioz: aioz.create(
            'My "Podcast" Épisode',
            preset=["highest", "dash:standard"],
            description="d",
            tags=["podcast", "music"],
            metadata={"genre": "podcast", "Ünï": "çödé"},
            is_public=True,
        ),
        [ONE],
    ),
    "create_audio_minimal": (lambda aioz: aioz.create("t"), [ONE]),
    "create_audio_qualities": (
        lambda aioz: aioz.create(
            "t",
            qualities=[
                QualityConfig("lossless"),
                QualityConfig(
                    "good",
                    container_type="mp4",
                    bitrate=192_000,
                    channels="2",
                    sample_rate=44100,
                    language="en",
                    index=0,
                ),
            ],
            is_public=False,
        ),
        [ONE],
    ),
    "list_audio": (lambda aioz: aioz.page(), [LISTED]),
    "list_audio_filtered": (
        lambda aioz: aioz.page(
            offset=20,
            limit=10,
            sort_by="title",
            order_by="desc",
            tags=["podcast", "music"],
            metadata={"genre": "podcast", "year": "2026"},
            status=["done", "fail"],
            search="talk",
        ),
        [LISTED],
    ),
    "get_audio": (lambda aioz: aioz.get(ID), [ONE]),
    "get_audio_escaped": (lambda aioz: aioz.get("a/b?c#d é%2F"), [ONE]),
    "get_audio_player": (lambda aioz: aioz.player(ID), [answer(json={**MEDIA, "status": "done"})]),
    "audio_cost": (lambda aioz: aioz.cost(["highest", "standard"], duration=283.5), [COST]),
    "upload_audio_part": (
        lambda aioz: aioz.upload_part(ID, b"the second part", index=2, start=13, total=28),
        [DONE],
    ),
    "complete_audio": (lambda aioz: aioz.complete(ID), [DONE]),
    "update_audio": (
        lambda aioz: aioz.update(
            ID,
            title="n",
            description="",
            tags=[],
            metadata={"k": "v"},
            is_public=False,
            player_theme_id="p",
        ),
        [DONE, ONE],
    ),
    "update_audio_one_value": (lambda aioz: aioz.update(ID, title="n"), [DONE, ONE]),
    "delete_audio": (lambda aioz: aioz.delete(ID), [DONE]),
}


def record(operation: Operation, answers: Answers, **keys: str) -> list[Received]:
    with Recorder(answers) as server, Aioz(base_url=server.url + "/api", **(keys or PAIR)) as aioz:
        operation(aioz)
    return server.requests


def record_async(operation: Operation, answers: Answers, **keys: str) -> list[Received]:
    async def perform(url: str) -> None:
        async with AsyncAioz(base_url=url, **(keys or PAIR)) as aioz:
            await cast("Awaitable[object]", operation(aioz))

    with Recorder(answers) as server:
        asyncio.run(perform(server.url + "/api"))
    return server.requests


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_exactly_its_golden(name: str, way: Callable[..., list[Received]]) -> None:
    operation, answers = OPERATIONS[name]
    requests = way(operation, answers)
    assert len(requests) == len(answers)
    check_golden(f"aioz/{name}", requests[0].raw)


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("number", [1, 2])
def test_parts_of_an_upload_are_their_goldens(number: int, way: Callable[..., list[Received]], tmp_path: Path) -> None:
    path = tmp_path / "Täl k.flac"
    path.write_bytes(b"0123456789abc")
    requests = way(lambda aioz: aioz.upload(path, part_size=8, preset="good"), [ONE, DONE, DONE, DONE, ONE])
    assert [(sent.method, sent.target) for sent in requests] == [
        ("POST", "/api/media/create"),
        ("POST", f"/api/media/{ID}/part"),
        ("POST", f"/api/media/{ID}/part"),
        ("GET", f"/api/media/{ID}/complete"),
        ("GET", f"/api/media/{ID}"),
    ]
    assert requests[0].json()["title"] == "Täl k.flac"
    check_golden(f"aioz/upload_part_{number}_of_2", requests[number].raw)


@pytest.mark.parametrize("way", [record, record_async])
def test_a_token_goes_as_bearer_and_no_key_beside_it(way: Callable[..., list[Received]]) -> None:
    (sent,) = way(OPERATIONS["get_audio"][0], [ONE], token="TOK")
    check_golden("aioz/get_audio_token", sent.raw)
    assert "stream-public-key" not in sent.headers
    assert "stream-secret-key" not in sent.headers


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_request_carries_the_pair_and_nothing_beside_it(name: str, way: Callable[..., list[Received]]) -> None:
    for sent in way(*OPERATIONS[name]):
        assert (sent.headers["stream-public-key"], sent.headers["stream-secret-key"]) == ("PUB", "SEC")
        assert "authorization" not in sent.headers
        assert all(sent.headers.values())


@pytest.mark.parametrize("name", ["create_audio", "create_audio_minimal", "list_audio", "list_audio_filtered"])
def test_the_type_is_always_audio(name: str) -> None:
    assert record(*OPERATIONS[name])[0].json()["type"] == "audio"


def test_the_player_theme_goes_under_both_names() -> None:
    body = record(*OPERATIONS["update_audio"])[0].json()
    assert (body["player_theme_id"], body["player_id"]) == ("p", "p")


def test_a_part_is_framed_by_its_length_and_ordered_hash_index_file() -> None:
    (sent,) = record(*OPERATIONS["upload_audio_part"])
    assert int(sent.headers["content-length"]) == len(sent.body)
    assert "transfer-encoding" not in sent.headers
    assert sent.headers["content-range"] == "bytes 13-27/28"
    md5 = hashlib.md5(b"the second part", usedforsecurity=False).hexdigest().encode()
    assert parts(sent) == [("hash", None, md5), ("index", None, b"2"), ("file", "audio", b"the second part")]


# The vendor's own client


VENDOR = json.loads((Path(__file__).parent / "vendors" / "aioz-node-client.json").read_text())
STEPS = {step["step"]: step["requests"] for step in VENDOR["steps"]}

AS_VENDOR: dict[str, tuple[Operation, list[bytes]]] = {
    "create audio": (
        lambda aioz: aioz.create(
            "My Podcast Episode",
            description="d",
            is_public=True,
            metadata={"genre": "podcast"},
            tags=["podcast", "music"],
            qualities=[QualityConfig("highest", bitrate=320_000, sample_rate=44100, language="en", index=0)],
        ),
        [ONE],
    ),
    "create minimal": (lambda aioz: aioz.create("t"), [ONE]),
    "list filter": (
        lambda aioz: aioz.page(
            limit=10, order_by="desc", metadata={"k": "v"}, search="x", status="done", tags=["a"], sort_by="created_at"
        ),
        [LISTED],
    ),
    "detail": (lambda aioz: aioz.get(ID), [ONE]),
    "cost comma list": (lambda aioz: aioz.cost(["highest", "standard"], duration=60), [COST]),
    "uploadMediaComplete": (lambda aioz: aioz.complete(ID), [DONE]),
    "delete": (lambda aioz: aioz.delete(ID), [DONE]),
}


@pytest.mark.parametrize("step", AS_VENDOR)
def test_it_means_what_the_vendors_client_means(step: str) -> None:
    (theirs,) = STEPS[step]
    (ours,) = record(*AS_VENDOR[step])
    assert ours.method == theirs["method"]
    assert urlsplit(ours.target).path == urlsplit(theirs["target"]).path
    assert parse_qsl(urlsplit(ours.target).query) == parse_qsl(urlsplit(theirs["target"]).query)
    their_body = json.loads(theirs["body"]["text"]) if "text" in theirs["body"] else None
    assert (ours.json() if ours.body else None) == their_body
    vendor = {name.lower(): value for name, value in theirs["raw_headers"]}
    for name in ("content-type", "stream-public-key", "stream-secret-key"):
        assert ours.headers.get(name) == vendor.get(name)


def test_an_update_means_what_the_vendors_client_means_and_names_the_theme_twice() -> None:
    (theirs,) = STEPS["update"]
    ours = record(
        lambda aioz: aioz.update(ID, title="n", tags=["t"], metadata={"k": "v"}, is_public=False, player_theme_id="p"),
        [DONE, ONE],
    )[0]
    assert (ours.method, ours.target) == (theirs["method"], theirs["target"])
    assert ours.json() == json.loads(theirs["body"]["text"]) | {"player_theme_id": "p"}


def test_the_parts_of_a_form_are_those_of_the_vendors_client(tmp_path: Path) -> None:
    first = min(STEPS["media.uploadPart 120MiB default chunk"], key=lambda sent: _header(sent, "content-range"))
    path = tmp_path / "a120.bin"
    path.write_bytes(b"x" * 20)
    sent = record(lambda aioz: aioz.upload(path, part_size=10), [ONE, DONE, DONE, DONE, ONE])[1]
    assert (sent.method, sent.target) == (first["method"], first["target"])
    theirs = [sorted(part["raw_headers"]) for part in first["multipart"]["parts"]]
    assert [sorted(line.decode() for line in head) for head in _part_heads(sent)] == theirs
    assert _header(first, "content-range") == "bytes 0-52428799/125829120"
    assert sent.headers["content-range"] == "bytes 0-9/20"
    assert "text" in first["multipart"]["parts"][0]
    assert [part["name"] for part in first["multipart"]["parts"]] == [name for name, _, _ in parts(sent)]


def _header(sent: dict[str, Any], name: str) -> str:
    return next(value for key, value in sent["raw_headers"] if key.lower() == name)


def _part_heads(sent: Received) -> list[list[bytes]]:
    boundary = sent.headers["content-type"].partition("boundary=")[2].encode()
    pieces = sent.body.split(b"--" + boundary)[1:-1]
    return [piece.removeprefix(b"\r\n").split(b"\r\n\r\n", 1)[0].split(b"\r\n") for piece in pieces]


# Nothing that is sent as text can pass for a part


Parts = list[tuple[str, str | None, bytes]]


def parts(sent: Received) -> Parts:
    """The parts of a form as two parsers that are not ours read them."""
    return read_both(sent.headers["content-type"], sent.body)


def read_both(content_type: str, body: bytes) -> Parts:
    found = by_python_multipart(content_type, body)
    assert by_email(content_type, body) == found
    return found


def by_email(content_type: str, body: bytes) -> Parts:
    # A file name in UTF-8 is what RFC 7578 asks for; the email parser takes headers as ASCII with escaped bytes.
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    found: Parts = []
    for part in message.iter_parts():
        _, options = parse_options_header(part["content-disposition"].encode())
        name = options[b"filename"].decode() if b"filename" in options else None
        found.append((options[b"name"].decode(), name, cast("bytes", part.get_payload(decode=True))))
    return found


def by_python_multipart(content_type: str, body: bytes) -> Parts:
    _, options = parse_options_header(content_type)
    found: Parts = []

    def field(one: Any) -> None:
        found.append((one.field_name.decode(), None, one.value or b""))

    def file(one: Any) -> None:
        one.file_object.seek(0)
        found.append((one.field_name.decode(), one.file_name.decode(), one.file_object.read()))
        one.close()

    parser = FormParser("multipart/form-data", field, file, boundary=options[b"boundary"])
    parser.write(body)
    parser.finalize()
    return found


def form(*fields: Field) -> tuple[str, bytes]:
    body = Multipart(fields)
    content = b"".join(body.blocks())
    assert len(content) == body.length
    return body.content_type, content


def test_two_sends_have_different_boundaries() -> None:
    operation, answers = OPERATIONS["upload_audio_part"]
    kinds = {record(operation, answers)[0].headers["content-type"] for _ in range(3)}
    assert len(kinds) == 3


INJECTION = '\r\n--+++\r\nContent-Disposition: form-data; name="index"\r\n\r\n9\r\n--+++--\r\n'


def test_a_title_that_looks_like_a_part_arrives_as_text() -> None:
    (sent,) = record(lambda aioz: aioz.create(f'"{INJECTION}'), [ONE])
    assert sent.json() == {"title": f'"{INJECTION}', "type": "audio"}


@pytest.mark.parametrize("boundary_of_others", ["+++", "0123456789abcdef" * 2])
def test_a_value_that_looks_like_a_part_arrives_as_text(boundary_of_others: str) -> None:
    text = INJECTION.replace("+++", boundary_of_others).encode()
    read = read_both(*form(Field("hash", text), Field("index", b"1")))
    assert read == [("hash", None, text), ("index", None, b"1")]


@pytest.mark.parametrize("name", ['a"b.flac', "a\r\nX-Evil: 1\r\n\r\nb", 'x"; name="index', "a\nb", "a\rb"])
def test_a_file_name_that_tries_to_break_out_stays_a_file_name(name: str) -> None:
    read = read_both(*form(Field("index", b"1"), Field("file", b"bytes", name, "audio/flac")))
    escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    assert read == [("index", None, b"1"), ("file", escaped, b"bytes")]


def test_a_field_name_that_tries_to_break_out_stays_a_name() -> None:
    assert read_both(*form(Field('a"\r\nb', b"x"))) == [("a%22%0D%0Ab", None, b"x")]


def test_a_part_of_a_file_that_holds_a_form_arrives_as_its_bytes(tmp_path: Path) -> None:
    content = INJECTION.encode() * 3
    (tmp_path / "x.bin").write_bytes(content)
    with (tmp_path / "x.bin").open("rb") as file:
        (sent,) = record(lambda aioz: aioz.upload_part(ID, file, index=1, start=0, total=len(content)), [DONE])
    assert parts(sent)[-1] == ("file", "x.bin", content)


@pytest.mark.parametrize(
    ("name", "sent_as"),
    [
        ("Täl k.flac", "Täl k.flac"),
        ("日本.mp3", "日本.mp3"),
        ("日本", "日本"),
        ("Cafe\u0301 🎙.flac", "Cafe\u0301 🎙.flac"),
        (os.fsdecode(b"caf\xe9.mp3"), "caf\ufffd.mp3"),
        ("a\x00\x1b.mp3", "a__.mp3"),
        ("..", "audio"),
        ('a"b\r\n.wav', "a%22b%0D%0A.wav"),
    ],
)
def test_a_file_name_is_sent_in_utf_8_with_its_extension(tmp_path: Path, name: str, sent_as: str) -> None:
    class Named:
        """A file whose name is anything."""

        def __init__(self) -> None:
            self.file = (tmp_path / "f").open("rb")
            self.name = name

        def __getattr__(self, attribute: str) -> Any:
            return getattr(self.file, attribute)

    (tmp_path / "f").write_bytes(b"bytes")
    named = Named()
    with named.file, Source.open(cast("BinaryIO", named)) as source:
        assert source.size == 5
        (sent,) = record(lambda aioz: aioz.upload_part(ID, named, index=1, start=0, total=5), [DONE])
    assert parts(sent)[-1] == ("file", sent_as, b"bytes")
