"""Captions, transcripts, chapters and the cover picture of the sandbox's AIOZ service."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import av
import httpx
import pytest

from tests.sandbox.aioz_upload import create, detail, refused
from tests.sandbox.conftest import AIOZ_KEYS
from tonearm import sandbox as package
from tonearm.sandbox import AiozOptions, Sandbox

VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nGood evening\n"
PNG = b"\x89PNG\r\n\x1a\n and the rest"
JPEG = b"\xff\xd8\xff\xe0 and the rest"
NOBODY = "00000000-0000-4000-8000-000000000000"
KINDS = ["captions", "transcripts", "chapters"]

kinds = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def media(aioz: httpx.Client) -> str:
    return create(aioz)


def add(
    aioz: httpx.Client, media: str, kind: str, language: str, content: bytes = VTT, name: str = "x.vtt"
) -> httpx.Response:
    return aioz.post(f"/media/{media}/{kind}/{language}", files={"file": (name, content)})


def listed(aioz: httpx.Client, media: str, kind: str, **query: int) -> dict[str, Any]:
    answer = aioz.get(f"/media/{media}/{kind}", params=query)
    assert (answer.status_code, answer.json()["status"]) == (200, "success")
    data: dict[str, Any] = answer.json()["data"]
    return data


def languages(aioz: httpx.Client, media: str, kind: str, **query: int) -> list[str]:
    return [track["language"] for track in listed(aioz, media, kind, **query)[f"media_{kind}"] or ()]


@kinds
def test_a_track_is_added_listed_served_and_deleted(
    aioz: httpx.Client, sandbox: Sandbox, media: str, kind: str
) -> None:
    assert listed(aioz, media, kind) == {f"media_{kind}": None, "total": 0}
    answer = add(aioz, media, kind, "fr-CA")
    assert answer.status_code == 201
    (track,) = answer.json()["data"].values()
    assert list(answer.json()["data"]) == [f"media_{kind.removesuffix('s')}"]
    assert track["language"] == "fr-CA"
    assert track["url"] == f"{sandbox.aioz_url}/media/{media}/{kind}/fr-CA.vtt"
    assert listed(aioz, media, kind) == {f"media_{kind}": [track], "total": 1}
    shown = detail(aioz, media)
    assert [shown[name] for name in ("captions", "chapters")] == [
        [track] if kind == name else None for name in ("captions", "chapters")
    ]
    served = httpx.get(track["url"])
    assert (served.content, served.headers["content-type"]) == (VTT, "text/vtt; charset=utf-8")
    one = kind.removesuffix("s")
    answer = aioz.delete(f"/media/{media}/{kind}/fr-CA")
    assert answer.json() == {"status": "success", "message": f"Delete {one} successfully."}
    assert listed(aioz, media, kind)["total"] == 0
    assert f"no {one} in the language fr-CA" in refused(aioz.delete(f"/media/{media}/{kind}/fr-CA"), 404)
    refused(httpx.get(track["url"]), 404)


def test_what_is_told_of_each_kind_is_what_its_document_tells(aioz: httpx.Client, media: str) -> None:
    told = {kind: add(aioz, media, kind, "en").json()["data"][f"media_{kind.removesuffix('s')}"] for kind in KINDS}
    more = {"status": "done", "description": "", "is_default": True}
    assert {
        kind: {name: track[name] for name in track if name not in ("language", "url")} for kind, track in told.items()
    } == {
        "captions": {**more, "is_generated": False},
        "transcripts": more,
        "chapters": {},
    }
    assert add(aioz, media, "captions", "de").json()["data"]["media_caption"]["is_default"] is False


@kinds
def test_a_list_has_pages(aioz: httpx.Client, media: str, kind: str) -> None:
    for language in ("en", "de", "fr"):
        add(aioz, media, kind, language)
    assert languages(aioz, media, kind) == ["en", "de", "fr"]
    assert languages(aioz, media, kind, offset=1, limit=1) == ["de"]
    assert listed(aioz, media, kind, offset=3) == {f"media_{kind}": None, "total": 3}
    for query in ("limit=0", "limit=101", "limit=x", "limit=", "offset=-1", "offset=%D9%A1"):
        assert "offset must be an integer" in refused(aioz.get(f"/media/{media}/{kind}?{query}"))


@kinds
@pytest.mark.parametrize("second", ["en", "EN-us", "en-GB"])
def test_a_language_that_is_there_is_refused(aioz: httpx.Client, media: str, kind: str, second: str) -> None:
    add(aioz, media, kind, "en")
    answer = add(aioz, media, kind, second)
    if second == "en" or kind == "transcripts":
        assert "already" in refused(answer)
        assert languages(aioz, media, kind) == ["en"]
    else:
        assert answer.status_code == 201


@pytest.fixture(scope="module")
def replacing() -> Iterator[httpx.Client]:
    with (
        package.start(aioz=AiozOptions(track_again="replace")) as box,
        httpx.Client(base_url=box.aioz_url, headers=AIOZ_KEYS) as client,
    ):
        yield client


@kinds
def test_a_track_may_be_called_as_the_node_client_calls_it(aioz: httpx.Client, media: str, kind: str) -> None:
    assert add(aioz, media, kind, "en", VTT, "file").status_code == 201


@kinds
def test_a_language_that_is_there_may_be_replaced(replacing: httpx.Client, kind: str) -> None:
    media = create(replacing)
    add(replacing, media, kind, "en")
    add(replacing, media, kind, "de")
    answer = add(replacing, media, kind, "en", VTT + b"\n")
    if kind == "transcripts":
        assert "already" in refused(answer)
        return
    (track,) = answer.json()["data"].values()
    assert httpx.get(track["url"]).content == VTT + b"\n"
    assert languages(replacing, media, kind) == ["en", "de"]


@kinds
@pytest.mark.parametrize(
    ("language", "content", "name", "reason"),
    [
        ("invalid", VTT, "x.vtt", "invalid is not a language"),
        ("e", VTT, "x.vtt", "not a language"),
        ("en", VTT, "x.srt", ".vtt"),
        ("en", b"1\n00:00:00,000 --> 00:00:01,000\nx", "x.vtt", "not a WebVTT file"),
        ("en", b"WEBVTTX", "x.vtt", "not a WebVTT file"),
        ("en", b"WEBVTT\n\xff", "x.vtt", "not UTF-8"),
        ("en", b"WEBVTT\n" + b"x" * 4 * 1024 * 1024 + b"y" * 5000, "x.vtt", "must not be larger than 4194304"),
        ("en", VTT, "", "file is required"),
    ],
)
def test_what_is_no_track_is_refused(
    aioz: httpx.Client, media: str, kind: str, language: str, content: bytes, name: str, reason: str
) -> None:
    assert reason in refused(add(aioz, media, kind, language, content, name))
    assert listed(aioz, media, kind)["total"] == 0


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"json": {}}, "must be multipart/form-data"),
        ({"data": {"file": "x"}, "files": {"other": b"x"}}, "file is required"),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, "malformed"),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data; boundary=b"}}, "malformed"),
    ],
)
@pytest.mark.parametrize("path", [*(f"{kind}/en" for kind in KINDS), "thumbnail"])
def test_what_is_no_form_with_a_file_is_refused(
    aioz: httpx.Client, media: str, path: str, options: dict[str, Any], reason: str
) -> None:
    assert reason in refused(aioz.post(f"/media/{media}/{path}", **options))


def picture(aioz: httpx.Client, media: str, name: str, content: bytes) -> httpx.Response:
    return aioz.post(f"/media/{media}/thumbnail", files={"file": (name, content)})


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("cover.png", PNG, "image/png"),
        ("C.JPG", JPEG, "image/jpeg"),
        ("thumbnail.jpg", PNG, "image/png"),  # as the tests of the Go client v1.0.19 send it
        ("c.jpeg", JPEG, "image/jpeg"),
        ("file", PNG, "image/png"),  # as the Node client v1.0.19 calls what it reads from memory
        ("file", JPEG, "image/jpeg"),
    ],
)
def test_a_cover_picture_is_set_served_replaced_and_taken_away(
    aioz: httpx.Client, media: str, name: str, content: bytes, kind: str
) -> None:
    address = detail(aioz, media)["assets"]["thumbnail_url"]
    default = httpx.get(address).raise_for_status()
    with av.open(BytesIO(default.content)) as reader:
        assert (next(reader.decode(video=0)).width, default.headers["content-type"]) == (320, "image/png")
    assert picture(aioz, media, "first.png", PNG + b"first").status_code == 200
    answer = picture(aioz, media, name, content)
    assert answer.json() == {"status": "success", "message": "Upload thumbnail successfully."}
    served = httpx.get(address)
    assert (served.content, served.headers["content-type"]) == (content, kind)
    answer = aioz.delete(f"/media/{media}/thumbnail")
    assert answer.json() == {"status": "success", "message": "Delete thumbnail successfully."}
    assert httpx.get(address).content == default.content


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cover.gif", b"GIF89a", "neither PNG nor JPEG"),
        ("", PNG, "file is required"),
        ("cover.png", PNG + b"x" * 10 * 1024 * 1024, "must not be larger than 10485760"),
    ],
)
def test_what_is_no_cover_picture_is_refused(
    aioz: httpx.Client, media: str, name: str, content: bytes, reason: str
) -> None:
    assert reason in refused(picture(aioz, media, name, content))


def test_the_name_of_a_cover_may_have_to_fit_its_contents() -> None:
    with (
        package.start(aioz=AiozOptions(cover_name="contents")) as box,
        httpx.Client(base_url=box.aioz_url, headers=AIOZ_KEYS) as client,
    ):
        media = create(client)
        assert "extension of thumbnail.jpg" in refused(picture(client, media, "thumbnail.jpg", PNG))
        assert [picture(client, media, name, PNG).status_code for name in ("thumbnail.png", "file")] == [200, 200]


def defaults(aioz: httpx.Client, media: str, kind: str) -> list[str]:
    rows = listed(aioz, media, kind)[f"media_{kind}"] or ()
    return [track["language"] for track in rows if track["is_default"]]


@pytest.mark.parametrize("kind", KINDS[:2])
def test_one_language_is_the_default(aioz: httpx.Client, media: str, kind: str) -> None:
    for language in ("en", "de"):
        add(aioz, media, kind, language)
    assert defaults(aioz, media, kind) == ["en"]
    bodies: list[dict[str, Any]] = [
        {"json": {"is_default": True}},  # as the documentation and later Go clients have it
        {"data": {}, "headers": {"content-type": "application/x-www-form-urlencoded"}},  # as the Node client sends it
        {
            "files": {},
            "headers": {"content-type": "multipart/form-data; boundary=b"},
        },  # as the Go client v1.0.19 has it
    ]
    for body in bodies:
        aioz.patch(f"/media/{media}/{kind}/en", json={"is_default": False})
        assert defaults(aioz, media, kind) == []
        answer = aioz.patch(f"/media/{media}/{kind}/de", **body)
        one = kind.removesuffix("s")
        assert answer.json() == {"status": "success", "message": f"Set default {one} successfully."}
        assert defaults(aioz, media, kind) == ["de"]
    assert "is_default" in refused(aioz.patch(f"/media/{media}/{kind}/de", json={}))
    refused(aioz.patch(f"/media/{media}/{kind}/fr", json={"is_default": True}), 404)
    refused(aioz.patch(f"/media/{media}/chapters/de", json={"is_default": True}), 404)


OPERATIONS = [
    ("POST", "thumbnail"),
    ("DELETE", "thumbnail"),
    *(("GET", kind) for kind in KINDS),
    *((method, f"{kind}/en") for kind in KINDS for method in ("POST", "DELETE")),
    *(("PATCH", f"{kind}/en") for kind in KINDS[:2]),
]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_operation_wants_keys_for_everything_and_an_object(
    aioz: httpx.Client, sandbox: Sandbox, media: str, method: str, path: str
) -> None:
    url = f"{sandbox.aioz_url}/media/{media}/{path}"
    refused(httpx.request(method, url), 401)
    uploader = {"stream-public-key": "sandbox-upload-public", "stream-secret-key": "sandbox-upload-secret"}
    refused(httpx.request(method, url, headers=uploader), 403)
    refused(aioz.request(method, f"/media/{NOBODY}/{path}"), 404)
    refused(aioz.request(method, f"/media/not-an-id/{path}"), 400)


def test_what_is_added_to_a_private_object_is_private(aioz: httpx.Client, sandbox: Sandbox) -> None:
    media = create(aioz, is_public=False)
    add(aioz, media, "captions", "en")
    picture(aioz, media, "c.png", PNG)
    for path in ("captions/en.vtt", "thumbnail"):
        refused(httpx.get(f"{sandbox.aioz_url}/media/{media}/{path}"), 401)
        assert aioz.get(f"/media/{media}/{path}").status_code == 200


def test_what_is_added_goes_with_its_object(aioz: httpx.Client, media: str) -> None:
    add(aioz, media, "captions", "en")
    assert aioz.delete(f"/media/{media}").status_code == 200
    refused(aioz.get(f"/media/{media}/captions"), 404)
    refused(aioz.get(f"/media/{media}/captions/en.vtt"), 404)


def test_listed_objects_have_their_tracks(aioz: httpx.Client, media: str) -> None:
    add(aioz, media, "chapters", "en")
    rows = aioz.post("/media", json={"limit": 1, "order_by": "desc"}).json()["data"]["media"]
    assert [track["language"] for track in rows[0]["chapters"]] == ["en"]
    assert rows[0]["captions"] is None
