"""Captions, transcripts, chapters, the cover picture and the source of an object, against the sandbox."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.aioz.ways import Way, both
from tests.inside.aioz import CAPTIONS, _download_source, _tracks
from tests.inside.engine import Work
from tests.inside.transfer import redirects
from tests.wire.recorder import CUT, Received, Recorder, answer
from tonearm import (
    Aioz,
    BadRequest,
    ConnectionFailed,
    DownloadInterrupted,
    InvalidInput,
    MissingFile,
    NotFound,
    Progress,
    Retry,
    StatusError,
    UnexpectedAnswer,
)
from tonearm.aioz import Media, Track
from tonearm.sandbox import Sandbox
from tonearm.sandbox.library import PACKAGED

CLIP = PACKAGED / "evening.flac"
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nGood evening.\n"
PNG, JPEG = b"\x89PNG\r\n\x1a\nrest", b"\xff\xd8\xff\xe0rest"
KINDS = [("captions", "captions"), ("transcripts", "transcript"), ("chapters", "chapters")]

kinds = pytest.mark.parametrize(("many", "name"), KINDS)


@pytest.fixture(scope="module")
def whole(running: Sandbox) -> Media:
    """An object that has its source."""
    with Aioz(public_key="sandbox-public", secret_key="sandbox-secret", base_url=running.aioz_url) as aioz:
        return aioz.upload(CLIP, title="Evening", preset="standard", is_public=False, wait=True)


def create(way: Way, sandbox: Sandbox) -> str:
    media: Media = way.call(sandbox.aioz_url, "create", "Talk")
    return media.id


# Tracks


@both
@kinds
def test_a_track_is_put_listed_read_and_deleted(
    way: Way, sandbox: Sandbox, many: str, name: str, tmp_path: Path
) -> None:
    def call(method: str, *args: Any) -> Any:
        return way.call(sandbox.aioz_url, method, id, *args)

    id = create(way, sandbox)
    path = tmp_path / "any.txt"
    path.write_bytes(b"\xef\xbb\xbf" + VTT)
    assert call(many) == ()
    english = call(f"put_{name}", "en", VTT)
    french = call(f"put_{name}", "fr-CA", path)
    assert (english.language, french.language) == ("en", "fr-CA")
    assert httpx.get(english.url).content == VTT
    assert httpx.get(french.url).content == path.read_bytes()
    assert call(many) == (english, french)
    assert call(f"delete_{name}", "en") is None
    assert [track.language for track in call(many)] == ["fr-CA"]
    with pytest.raises(NotFound):
        call(f"delete_{name}", "en")


@both
def test_what_is_told_of_a_track_is_kept(way: Way, sandbox: Sandbox) -> None:
    id = create(way, sandbox)
    caption = way.call(sandbox.aioz_url, "put_captions", id, "en", VTT)
    url = f"{sandbox.aioz_url}/media/{id}/captions/en.vtt"
    assert caption == Track(url, "en", status="done", description="", is_default=True, is_generated=False)
    chapters = way.call(sandbox.aioz_url, "put_chapters", id, "en", VTT)
    assert (chapters.status, chapters.is_default, chapters.is_generated) == (None, None, None)
    media = way.call(sandbox.aioz_url, "get", id)
    assert (media.captions, media.chapters) == ((caption,), (chapters,))


@both
@pytest.mark.parametrize(("many", "name"), KINDS[:2])
def test_a_language_is_the_default_until_it_is_not(way: Way, sandbox: Sandbox, many: str, name: str) -> None:
    def defaults() -> list[bool | None]:
        return [track.is_default for track in way.call(sandbox.aioz_url, many, id)]

    id = create(way, sandbox)
    for language in ("en", "de"):
        way.call(sandbox.aioz_url, f"put_{name}", id, language, VTT)
    assert way.call(sandbox.aioz_url, f"set_default_{name}", id, "de") is None
    assert defaults() == [False, True]
    way.call(sandbox.aioz_url, f"set_default_{name}", id, "de", False)
    assert defaults() == [False, False]
    start = len(sandbox.requests)
    for wrong in (("en_US",), ("en", "yes")):
        with pytest.raises(InvalidInput):
            way.call(sandbox.aioz_url, f"set_default_{name}", id, *wrong)
    assert len(sandbox.requests) == start


@both
def test_a_player_reads_an_object_without_its_envelope(way: Way, sandbox: Sandbox, whole: Media) -> None:
    shown = way.call(sandbox.aioz_url, "player", whole.id)
    assert (shown.id, shown.title, shown.status, shown.assets.hls_url) == (
        whole.id,
        whole.title,
        "done",
        whole.assets.hls_url,
    )
    with pytest.raises(NotFound):
        way.call(sandbox.aioz_url, "player", "00000000-0000-4000-8000-000000000000")


@both
def test_a_second_transcript_of_a_language_is_refused_by_the_service(way: Way, sandbox: Sandbox) -> None:
    id = create(way, sandbox)
    way.call(sandbox.aioz_url, "put_transcript", id, "en", VTT)
    with pytest.raises(BadRequest, match="in the language en already"):
        way.call(sandbox.aioz_url, "put_transcript", id, "en-US", VTT)


@both
def test_a_track_that_may_have_been_taken_is_not_sent_twice(way: Way, sandbox: Sandbox) -> None:
    id = create(way, sandbox)
    start = len(sandbox.requests)
    sandbox.fault(path=f"*/{id}/captions/en", drop_headers=True)
    with pytest.raises(ConnectionFailed) as caught:
        way.call(sandbox.aioz_url, "put_captions", id, "en", VTT)
    assert caught.value.sent
    assert [exchange.method for exchange in sandbox.requests[start:]] == ["POST"]
    assert [track.language for track in way.call(sandbox.aioz_url, "captions", id)] == ["en"]


@both
@pytest.mark.parametrize(("many", "name"), [*KINDS, ("", "thumbnail")])
def test_what_a_repeated_delete_no_longer_finds_is_deleted(way: Way, many: str, name: str) -> None:
    refused = answer(json={"status": "error", "message": "not found"}, status=404)
    args = ("i", "en") if many else ("i",)
    with Recorder([answer(status=503), refused]) as server:
        assert way.call(server.url, f"delete_{name}", *args) is None
    assert len(server.requests) == 2


@both
@pytest.mark.parametrize(
    "language", ["", "e", "english", "invalid", "en_US", "en-", "en-USA1-x!", "-en", "en-US ", "en\n", "ée", None, 5]
)
@pytest.mark.parametrize("method", ["put_captions", "delete_chapters"])
def test_what_is_no_language_is_refused(way: Way, sandbox: Sandbox, method: str, language: Any) -> None:
    start = len(sandbox.requests)
    with pytest.raises(InvalidInput, match="language"):
        way.call(sandbox.aioz_url, method, "i", language, *([VTT] if method.startswith("put") else []))
    assert len(sandbox.requests) == start


@both
@pytest.mark.parametrize("language", ["en", "EN", "yue", "fr-CA", "es-419", "zh-Hant-TW", "sl-rozaj-biske", "de-1996"])
def test_what_is_a_language_is_sent_as_it_is(way: Way, language: str) -> None:
    with Recorder([answer(json={"status": "success", "message": "x"})]) as server:
        way.call(server.url, "delete_captions", "i", language)
    assert server.requests[0].target == f"/media/i/captions/{language}"


@both
@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"", "empty"),
        ("/nowhere/x.vtt", "there is no file"),
        (b"1\n00:00:00,000 --> 00:00:01,000\nx", "begins with WEBVTT"),
        (b"WEBVTTX\n", "begins with WEBVTT"),
        (b"\nWEBVTT\n", "begins with WEBVTT"),
        (b"WEBVTT\n\xff", "is UTF-8: invalid start byte at byte 7"),
        ("WEBVTT\n".encode("utf-16"), "is UTF-8"),
        (b"WEBVTT\n" + b"\n" * 4 * 1024 * 1024, "at most 4194304 bytes, not 4194311"),
    ],
)
def test_what_is_no_track_is_refused(way: Way, sandbox: Sandbox, source: Any, message: str) -> None:
    start = len(sandbox.requests)
    with pytest.raises(InvalidInput, match=message) as caught:
        way.call(sandbox.aioz_url, "put_chapters", "i", "en", source)
    assert isinstance(caught.value, MissingFile) == (message == "there is no file")
    assert len(sandbox.requests) == start


@both
@pytest.mark.parametrize("source", [b"WEBVTT", b"WEBVTT - Titles\n", b"WEBVTT\tx\r\n", b"\xef\xbb\xbfWEBVTT\r\n"])
def test_what_is_a_track_is_sent(way: Way, sandbox: Sandbox, source: bytes) -> None:
    id = create(way, sandbox)
    assert httpx.get(way.call(sandbox.aioz_url, "put_chapters", id, "en", source).url).content == source


def asked(way: Way, method: str, data: Any, *args: Any) -> Any:
    with Recorder([answer(json={"status": "success", "data": data})]) as server:
        return way.call(server.url, method, "i", *args)


@both
@pytest.mark.parametrize(
    ("data", "languages"),
    [
        ({"media_captions": [{"language": "en"}, None, 5, {}], "total": "1"}, ["en"]),
        ({"captions": [{"language": "en"}]}, ["en"]),
        ({"media_captions": None, "total": 0}, []),
        ({"media_captions": [], "total": 9}, []),
        ({}, []),
    ],
)
def test_a_list_is_read_in_every_form(way: Way, data: Any, languages: list[str]) -> None:
    assert [track.language for track in asked(way, "captions", data)] == languages


@both
@pytest.mark.parametrize("told", [True, False], ids=["total", "no total"])
@pytest.mark.parametrize(("count", "pages"), [(99, 1), (100, 1), (250, 3)])
def test_every_page_of_the_tracks_is_read(way: Way, count: int, pages: int, told: bool) -> None:
    def serve(request: Received) -> bytes:
        first = int(parse_qs(urlsplit(request.target).query)["offset"][0])
        rows = [{"language": f"x-{number}"} for number in range(first, min(first + 100, count))]
        total = {"total": count} if told else {}
        return answer(json={"status": "success", "data": {"media_captions": rows, **total}})

    with Recorder(serve) as server:
        assert len(way.call(server.url, "captions", "i")) == count
    assert len(server.requests) == (pages if told or count % 100 else pages + 1)


@pytest.mark.parametrize(("put", "more"), [("put", ("en",)), ("put_thumbnail", ())])
def test_a_source_that_was_opened_for_a_task_that_is_gone_is_closed(put: str, more: tuple[str, ...]) -> None:
    kind = (CAPTIONS,) if put == "put" else ()
    plan = getattr(_tracks, put)(*kind, "i", *more, b"WEBVTT")
    opening = next(plan)
    assert isinstance(opening, Work)
    opened = opening.run()
    opening.undo(opened)
    with pytest.raises(ValueError, match="closed"):
        opened.read_at(0, 1)


@both
@pytest.mark.parametrize("data", [None, [], "x"])
def test_what_is_no_list_is_unexpected(way: Way, data: Any) -> None:
    with pytest.raises(UnexpectedAnswer):
        asked(way, "transcripts", data)


@both
def test_a_track_is_read_under_either_name(way: Way) -> None:
    assert asked(way, "put_captions", {"caption": {"url": "u"}}, "en", VTT) == Track("u", None)


@both
@pytest.mark.parametrize("data", [None, [], {}, {"media_caption": None}, {"media_caption": {}}, {"media_caption": 5}])
def test_what_is_no_track_is_unexpected(way: Way, data: Any) -> None:
    with pytest.raises(UnexpectedAnswer):
        asked(way, "put_captions", data, "en", VTT)


# The cover picture


@both
@pytest.mark.parametrize(("content", "kind"), [(PNG, "image/png"), (JPEG, "image/jpeg")])
def test_a_cover_picture_is_set_and_taken_away(
    way: Way, sandbox: Sandbox, content: bytes, kind: str, tmp_path: Path
) -> None:
    id = create(way, sandbox)
    path = tmp_path / "called.gif"  # its contents count, not its name
    path.write_bytes(content)
    address = way.call(sandbox.aioz_url, "get", id).assets.thumbnail_url
    default = httpx.get(address).content
    for source in (b"\x89PNG\r\n\x1a\nfirst", path):
        assert way.call(sandbox.aioz_url, "put_thumbnail", id, source) is None
    served = httpx.get(address)
    assert (served.content, served.headers["content-type"]) == (content, kind)
    assert way.call(sandbox.aioz_url, "delete_thumbnail", id) is None
    assert httpx.get(address).content == default


@both
@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"GIF89a", "is a PNG or JPEG file; this is neither"),
        (b"\x89PN", "neither"),
        (PNG + bytes(10 * 1024 * 1024), "at most 10485760 bytes"),
        (b"", "empty"),
    ],
)
def test_what_is_no_cover_picture_is_refused(way: Way, sandbox: Sandbox, source: bytes, message: str) -> None:
    start = len(sandbox.requests)
    with pytest.raises(InvalidInput, match=message):
        way.call(sandbox.aioz_url, "put_thumbnail", "i", source)
    assert len(sandbox.requests) == start


@both
@pytest.mark.parametrize(
    ("method", "args"),
    [
        ("captions", ()),
        ("put_captions", ("en", VTT)),
        ("delete_captions", ("en",)),
        ("put_thumbnail", (PNG,)),
        ("delete_thumbnail", ()),
        ("download_source", (BytesIO(),)),
    ],
)
@pytest.mark.parametrize("id", ["", ".", "..", None])
def test_an_id_that_cannot_be_is_refused(way: Way, sandbox: Sandbox, method: str, args: Any, id: Any) -> None:
    start = len(sandbox.requests)
    with pytest.raises(InvalidInput, match="id must"):
        way.call(sandbox.aioz_url, method, id, *args)
    assert len(sandbox.requests) == start


# The source


@both
def test_the_source_of_a_private_object_is_downloaded(way: Way, sandbox: Sandbox, whole: Media, tmp_path: Path) -> None:
    seen: list[Progress] = []
    path = tmp_path / "evening.flac"
    done = way.call(sandbox.aioz_url, "download_source", whole.id, str(path), on_progress=seen.append)
    content = CLIP.read_bytes()
    assert path.read_bytes() == content
    assert (done.path, done.size, done.content_type, done.resumed) == (path, len(content), "audio/flac", False)
    assert done.sha256 == hashlib.sha256(content).hexdigest()
    assert (seen[-1].phase, seen[-1].done, seen[-1].total) == ("download", len(content), len(content))
    assert list(tmp_path.iterdir()) == [path]


@both
def test_a_source_that_breaks_off_goes_on_in_a_later_call(
    way: Way, sandbox: Sandbox, whole: Media, tmp_path: Path
) -> None:
    path = tmp_path / "evening.flac"
    sandbox.fault(path="*/source", times=None, drop_response=30_000)
    with pytest.raises(DownloadInterrupted) as caught:
        way.call(sandbox.aioz_url, "download_source", whole.id, path, client={"retry": Retry(attempts=1)})
    assert caught.value.path == tmp_path / "evening.flac.part"
    assert 0 < caught.value.done < CLIP.stat().st_size
    assert not path.exists()
    sandbox.clear_faults()
    start = len(sandbox.requests)
    done = way.call(sandbox.aioz_url, "download_source", whole.id, path)
    assert done.resumed
    assert path.read_bytes() == CLIP.read_bytes()
    assert [exchange.status for exchange in sandbox.requests[start:]] == [200, 206]


@both
@pytest.mark.parametrize(
    "query", ["?sig=a%2Bb%2F%3D&e=1&flag", "?b=2&a=1&b=3", "?p=%E9", "?a=1;b=2", "?x=~'()*", "?token", ""]
)
def test_the_signed_url_of_a_source_elsewhere_is_sent_as_it_is(way: Way, query: str, tmp_path: Path) -> None:
    with Recorder([answer(b"fLaC", content_type="audio/flac")]) as elsewhere:
        data = {"id": "i", "assets": {"source_url": f"{elsewhere.url}/a%20b/x.flac{query}"}}
        with Recorder([answer(json={"data": data})]) as server:
            way.call(server.url, "download_source", "i", tmp_path / "x.flac")
    (asked,) = elsewhere.requests
    assert asked.target == f"/a%20b/x.flac{query}"
    assert not any("key" in name for name in asked.headers)


def test_a_request_shows_no_signature() -> None:
    request = _download_source._request("https://elsewhere/x.flac?signature=very-secret", "https://service/api")
    assert "/x.flac" in repr(request)
    assert "very-secret" not in repr(request)


@both
def test_a_source_that_is_signed_anew_goes_on(way: Way, tmp_path: Path) -> None:
    same = {"ETag": '"1"'}
    replies: list[Any] = [
        (answer(b"fLaC", content_type="audio/flac", headers=same, length=8), CUT),
        answer(b"more", status=206, content_type="audio/flac", headers={**same, "Content-Range": "bytes 4-7/8"}),
    ]
    with Recorder(replies) as elsewhere:
        urls = [f"{elsewhere.url}/x.flac?signature=very-{once}" for once in ("first", "second")]
        objects = [answer(json={"data": {"id": "i", "assets": {"source_url": url}}}) for url in urls]
        with Recorder(objects) as server:
            with pytest.raises(DownloadInterrupted) as caught:
                way.call(server.url, "download_source", "i", tmp_path / "x", client={"retry": Retry(attempts=1)})
            assert "very" not in (tmp_path / "x.part.json").read_text() + str(caught.value)
            assert way.call(server.url, "download_source", "i", tmp_path / "x").resumed
    assert (tmp_path / "x").read_bytes() == b"fLaCmore"
    assert [asked.target for asked in elsewhere.requests] == [url.removeprefix(elsewhere.url) for url in urls]


@both
def test_an_object_without_its_file_has_no_source(way: Way, sandbox: Sandbox, tmp_path: Path) -> None:
    id = create(way, sandbox)
    with pytest.raises(NotFound):
        way.call(sandbox.aioz_url, "download_source", id, tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@both
@pytest.mark.parametrize("url", [None, "", "/media/i/source", "file:///etc/hostname", "http://[/x", 5])
def test_an_object_that_names_no_source_is_unexpected(way: Way, url: Any) -> None:
    with pytest.raises(UnexpectedAnswer, match="does not say where its source is"):
        asked(way, "download_source", {"id": "i", "assets": {"source_url": url}}, BytesIO())


@both
@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json"])
def test_a_page_in_the_place_of_the_source_is_unexpected(way: Way, kind: str, tmp_path: Path) -> None:
    def respond(request: Any) -> bytes:
        url = f"http://{request.headers['host']}/file"
        data = {"id": "i", "assets": {"source_url": url}}
        return answer(b"<p>", content_type=kind) if request.target == "/file" else answer(json={"data": data})

    with Recorder(respond) as server, pytest.raises(UnexpectedAnswer, match=r"not the file"):
        way.call(server.url, "download_source", "i", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@both
@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("own", [False, True])
def test_redirects_of_a_source_are_followed_without_any_key(way: Way, code: int, own: bool, tmp_path: Path) -> None:
    with Recorder([answer(b"fLaC", content_type="audio/flac")]) as store:
        where = {"Location": f"{store.url}/signed?X-Sig=1%2F2"}

        def respond(request: Any) -> bytes:
            home = f"http://{request.headers['host']}"
            if request.target.endswith("/media/i"):
                data = {"id": "i", "assets": {"source_url": f"{home}{'/api' if own else ''}/gate"}}
                return answer(json={"data": data})
            hop = where if "second" in request.target else {"Location": "/api/second?k=1"}
            return answer(b"", status=code, headers=hop)

        with Recorder(respond) as server:
            way.call(server.url + "/api", "download_source", "i", tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == b"fLaC"
    assert [asked.target for asked in store.requests] == ["/signed?X-Sig=1%2F2"]
    for asked in (*server.requests[2:], *store.requests):
        assert not {"authorization", "stream-public-key", "stream-secret-key"} & asked.headers.keys()


@both
@pytest.mark.parametrize("location", ["", "file:///etc/hostname", "/api/gate"])
def test_redirects_that_lead_nowhere_come_to_an_end(way: Way, location: str, tmp_path: Path) -> None:
    def respond(request: Any) -> bytes:
        if request.target.endswith("/media/i"):
            source = f"http://{request.headers['host']}/api/gate"
            return answer(json={"data": {"id": "i", "assets": {"source_url": source}}})
        return answer(b"", status=302, headers={"Location": location} if location else {})

    with Recorder(respond) as server, pytest.raises(StatusError, match="302: redirects are not followed"):
        way.call(server.url + "/api", "download_source", "i", tmp_path / "x")
    assert len(server.requests) == (12 if "gate" in location else 2)
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_from_https_to_http_is_not_followed() -> None:
    error = StatusError("no", method="GET", url="https://a/b", status=302, headers={"location": "http://a/c"})
    assert redirects._location(error) is None
    error.headers = {"location": "c"}
    assert redirects._location(error) == "https://a/c"


@both
@pytest.mark.parametrize("folder", ["", "not/there/"])
def test_what_is_no_place_for_a_source_is_refused_before_anything_is_sent(
    way: Way, sandbox: Sandbox, folder: str
) -> None:
    start = len(sandbox.requests)
    with pytest.raises(InvalidInput, match="to must be a file, or a folder that exists"):
        way.call(sandbox.aioz_url, "download_source", "i", folder)
    assert len(sandbox.requests) == start


@both
@pytest.mark.parametrize(
    ("media_type", "name"),
    [("audio/mpeg", "i.mp3"), ("audio/x-wav", "i.wav"), ("audio/ogg", "i.ogg"), ("application/octet-stream", "i")],
)
def test_in_a_folder_a_source_has_the_id_for_a_name(way: Way, media_type: str, name: str, tmp_path: Path) -> None:
    def respond(request: Any) -> bytes:
        if request.target.endswith("/media/i"):
            return answer(json={"data": {"id": "i", "assets": {"source_url": f"{server.url}/file"}}})
        return answer(b"sound", headers={"Content-Type": media_type})

    with Recorder(respond) as server:
        assert way.call(server.url + "/api", "download_source", "i", tmp_path).path == tmp_path / name
    assert [path.name for path in tmp_path.iterdir()] == [name]
