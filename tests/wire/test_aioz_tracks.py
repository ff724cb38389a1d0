"""What is sent for captions, transcripts, chapters, the cover and the source of an AIOZ object, byte for byte."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from tests.wire.recorder import CUT, Received, Recorder, answer, check_golden
from tests.wire.test_aioz import DONE, ID, MEDIA, Operation, parts, record, record_async
from tonearm.aioz import Download

VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nGood evening.\n"
PNG, JPEG = b"\x89PNG\r\n\x1a\nrest", b"\xff\xd8\xff\xe0rest"
TRACK = {"url": "u", "language": "en"}

ways = pytest.mark.parametrize("way", [record, record_async])


def listed(kind: str, *languages: str, total: int | None = None) -> bytes:
    rows = [{"url": "u", "language": language} for language in languages]
    return answer(json={"status": "success", "data": {f"media_{kind}": rows, "total": total or len(rows)}})


def made(kind: str) -> bytes:
    return answer(json={"status": "success", "data": {f"media_{kind}": TRACK}}, status=201)


OPERATIONS: dict[str, tuple[Operation, bytes]] = {
    "get_captions": (lambda aioz: aioz.captions(ID), listed("captions", "en")),
    "create_caption": (lambda aioz: aioz.put_captions(ID, "en", VTT), made("caption")),
    "delete_caption": (lambda aioz: aioz.delete_captions(ID, "en"), DONE),
    "set_default_caption": (lambda aioz: aioz.set_default_captions(ID, "en"), DONE),
    "get_transcripts": (lambda aioz: aioz.transcripts(ID), listed("transcripts", "en")),
    "create_transcript": (lambda aioz: aioz.put_transcript(ID, "zh-Hant-TW", VTT), made("transcript")),
    "delete_transcript": (lambda aioz: aioz.delete_transcript(ID, "zh-Hant-TW"), DONE),
    "set_default_transcript": (lambda aioz: aioz.set_default_transcript(ID, "zh-Hant-TW", False), DONE),
    "get_chapters": (lambda aioz: aioz.chapters("a/b é"), listed("chapters", "en")),
    "create_chapter": (lambda aioz: aioz.put_chapters("a/b é", "fr-CA", BytesIO(VTT)), made("chapter")),
    "delete_chapter": (lambda aioz: aioz.delete_chapters("a/b é", "fr-CA"), DONE),
    "upload_thumbnail": (lambda aioz: aioz.put_thumbnail(ID, PNG), DONE),
    "upload_thumbnail_jpeg": (lambda aioz: aioz.put_thumbnail(ID, JPEG), DONE),
    "delete_thumbnail": (lambda aioz: aioz.delete_thumbnail(ID), DONE),
}


@ways
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_exactly_its_golden(name: str, way: Callable[..., list[Received]]) -> None:
    operation, answered = OPERATIONS[name]
    (sent,) = way(operation, [answered])
    check_golden(f"aioz/{name}", sent.raw)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("create_caption", ("file", "en.vtt", VTT)),
        ("create_chapter", ("file", "fr-CA.vtt", VTT)),
        ("upload_thumbnail", ("file", "thumbnail.png", PNG)),
        ("upload_thumbnail_jpeg", ("file", "thumbnail.jpg", JPEG)),
    ],
)
def test_a_form_has_one_file_whose_name_says_what_it_is(name: str, file: tuple[str, str, bytes]) -> None:
    operation, answered = OPERATIONS[name]
    (sent,) = record(operation, [answered])
    assert parts(sent) == [file]


@ways
def test_a_long_list_is_read_to_its_end(way: Callable[..., list[Received]]) -> None:
    answers = [listed("captions", "en", "de", total=3), listed("captions", "fr", total=3)]
    sent = way(lambda aioz: aioz.captions(ID), answers)
    assert [request.target.partition("?")[2] for request in sent] == ["offset=0&limit=100", "offset=2&limit=100"]


# The source


SOURCE = b"the file as it was uploaded"


def named(url: str | None) -> bytes:
    return answer(json={"status": "success", "data": {**MEDIA, "assets": {"source_url": url}}})


def fetched(way: Callable[..., list[Received]], there: Callable[[str], str], *answers: Any) -> list[Received]:
    """Download the source of an object whose source_url is `there` on the service's own base URL."""

    def respond(request: Received) -> Any:
        host = request.headers["host"]
        return named(there(f"http://{host}/api")) if request.target == f"/api/media/{ID}" else next(rest)

    rest = iter(answers)
    target = BytesIO()
    sent = way(lambda aioz: aioz.download_source(ID, target), respond)
    assert target.getvalue() == SOURCE
    return sent


@ways
def test_a_source_of_the_service_is_asked_for_with_keys(way: Callable[..., list[Received]]) -> None:
    sent = fetched(way, lambda api: f"{api}/media/{ID}/source", answer(SOURCE, content_type="audio/flac"))
    check_golden("aioz/download_source", sent[1].raw)


@ways
def test_a_source_that_breaks_off_is_asked_for_from_there_on(way: Callable[..., list[Received]]) -> None:
    modified = {"Last-Modified": "Wed, 01 Jan 2025 00:00:00 GMT"}
    first = (answer(SOURCE[:10], headers=modified, length=len(SOURCE)), CUT)
    rest = answer(
        SOURCE[10:], status=206, headers={**modified, "Content-Range": f"bytes 10-{len(SOURCE) - 1}/{len(SOURCE)}"}
    )
    sent = fetched(way, lambda api: f"{api}/media/{ID}/source", *(_typed(part) for part in (first, rest)))
    check_golden("aioz/download_source_rest", sent[2].raw)


def _typed(script: Any) -> Any:
    """The answer, with the type of a file."""
    if isinstance(script, tuple):
        return tuple(_typed(step) for step in script)
    return script.replace(b"application/json", b"audio/flac") if isinstance(script, bytes) else script


@ways
def test_a_source_at_another_place_is_asked_for_without_keys(way: Callable[..., list[Received]]) -> None:
    with Recorder([answer(SOURCE, content_type="audio/flac")]) as elsewhere:
        sent = fetched(way, lambda _: f"{elsewhere.url}/s%C3%A9/{ID}?sig=a%2Bb&x=1&x=2&y=#part")
    assert [request.target for request in sent] == [f"/api/media/{ID}"]
    check_golden("aioz/download_source_elsewhere", elsewhere.requests[0].raw)
    head = elsewhere.requests[0].raw.lower()
    assert not [key for key in (b"pub", b"sec", b"authorization", b"stream-") if key in head]


@ways
@pytest.mark.parametrize("path", ["/other/source", "/apiary/source"])
def test_keys_stay_below_the_base_url(path: str, way: Callable[..., list[Received]]) -> None:
    sent = fetched(way, lambda api: api.removesuffix("/api") + path, answer(SOURCE, content_type="audio/flac"))
    assert sent[1].target == path
    assert not [name for name in sent[1].headers if name.startswith("stream-")]


def test_what_was_downloaded_is_told() -> None:
    found: list[Download] = []
    target = BytesIO()

    def respond(request: Received) -> bytes:
        url = f"http://{request.headers['host']}/api/x"
        return named(url) if request.target.endswith(ID) else answer(SOURCE, content_type="audio/flac")

    record(lambda aioz: found.append(aioz.download_source(ID, target)), respond)
    assert found == [Download(None, len(SOURCE), "audio/flac", False, hashlib.sha256(SOURCE).hexdigest())]
