import base64
import re
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest

from tests.sandbox.aioz_upload import create, detail, quality, refused, send_part, upload
from tests.sandbox.conftest import AIOZ_KEYS
from tonearm.sandbox import Sandbox
from tonearm.sandbox import aioz as service

BASIC = base64.b64encode(b"sandbox-public:sandbox-secret").decode()
NOBODY = "00000000-0000-4000-8000-000000000000"
OPERATIONS = [
    ("POST", "/media/create"),
    ("POST", "/media"),
    ("GET", "/media/cost"),
    ("GET", f"/media/{NOBODY}"),
    ("PATCH", f"/media/{NOBODY}"),
    ("DELETE", f"/media/{NOBODY}"),
    ("POST", f"/media/{NOBODY}/part"),
    ("GET", f"/media/{NOBODY}/complete"),
]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z")


@pytest.fixture(scope="module")
def anybody(running: Sandbox) -> Iterator[httpx.Client]:
    """A client without keys."""
    with httpx.Client(base_url=running.aioz_url) as client:
        yield client


@pytest.mark.parametrize(
    "keys",
    [
        {"stream-public-key": "sandbox-public", "stream-secret-key": "sandbox-secret"},
        {"Authorization": "Bearer sandbox-token"},
        {"Authorization": f"Basic {BASIC}"},
        # As the official Node client sends them: Basic with the pair, or a token with an empty pair.
        {
            "Authorization": f"Basic {BASIC}",
            "stream-public-key": "sandbox-public",
            "stream-secret-key": "sandbox-secret",
        },
        {"Authorization": "Bearer sandbox-token", "stream-public-key": "", "stream-secret-key": ""},
    ],
)
def test_keys_that_are_accepted(anybody: httpx.Client, keys: dict[str, str]) -> None:
    assert anybody.post("/media", json={}, headers=keys).status_code == 200


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"stream-public-key": "sandbox-public"},
        {"stream-public-key": "sandbox-public", "stream-secret-key": "wrong"},
        {"stream-public-key": "", "stream-secret-key": ""},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic wrong"},
        {"Authorization": "sandbox-token"},
    ],
)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_operation_refuses_other_keys(
    anybody: httpx.Client, method: str, path: str, keys: dict[str, str]
) -> None:
    refused(anybody.request(method, path, headers=keys), 401)


@pytest.mark.parametrize("kind", ["headers", "basic"])
def test_a_key_for_uploads_may_upload_and_nothing_else(
    anybody: httpx.Client, aioz: httpx.Client, sandbox: Sandbox, flac: bytes, kind: str
) -> None:
    public, secret = "sandbox-upload-public", "sandbox-upload-secret"
    basic = base64.b64encode(f"{public}:{secret}".encode()).decode()
    pair = {"stream-public-key": public, "stream-secret-key": secret}
    keys = pair if kind == "headers" else {"Authorization": f"Basic {basic}"}
    with httpx.Client(base_url=sandbox.aioz_url, headers=keys) as uploader:
        media = create(uploader, is_public=False)
        upload(uploader, media, flac)
        for method, path in OPERATIONS:
            if path.rpartition("/")[2] not in ("create", "part", "complete"):
                refused(uploader.request(method, path.replace(NOBODY, media)), 403)
        refused(uploader.get(f"/media/{media}/source"), 401)
    sandbox.wait_idle()
    assert detail(aioz, media)["status"] == "done"


@pytest.mark.parametrize(
    ("path", "keys", "status"),
    [(f"/media/{NOBODY}/part", {}, 401), (f"/media/{NOBODY}/part", AIOZ_KEYS, 404), ("/media/create", AIOZ_KEYS, 400)],
)
def test_who_still_sends_sees_the_refusal(sandbox: Sandbox, path: str, keys: dict[str, str], status: int) -> None:
    url = urlsplit(sandbox.aioz_url + path)
    # This client sends its whole body before it reads, and gives up when it cannot.
    with closing(HTTPConnection(str(url.hostname), url.port, timeout=60)) as connection:
        connection.request("POST", url.path, b"x" * 20_000_000, keys)
        assert connection.getresponse().status == status


def test_complete_is_not_done_by_a_head_request(aioz: httpx.Client) -> None:
    media = create(aioz)
    send_part(aioz, media, b"abc", 0, 3, 1)
    assert aioz.head(f"/media/{media}/complete").status_code == 404
    assert detail(aioz, media)["status"] == "new"


def test_a_failure_inside_has_the_envelope_and_tells_nothing(
    aioz: httpx.Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: object) -> None:
        raise OSError("the disk with /secret/path is full")

    monkeypatch.setattr(service.running(sandbox._context), "create", fail)
    answer = aioz.post("/media/create", json={"title": "t", "type": "audio"})
    assert refused(answer, 500) == "internal server error"
    assert "X-RateLimit-Limit" in answer.headers
    assert "/secret/path" in caplog.text


def test_every_answer_has_the_rate_headers(aioz: httpx.Client) -> None:
    for answer in (aioz.post("/media", json={}), aioz.get("/media/cost"), aioz.get("/unknown")):
        limit, remaining, reset = (
            int(answer.headers[f"X-RateLimit-{name}"]) for name in ("Limit", "Remaining", "Retry-After")
        )
        assert 0 <= remaining < limit
        assert 1 <= reset <= 60


def test_a_new_object_as_the_document_shows_it(aioz: httpx.Client, sandbox: Sandbox) -> None:
    answer = aioz.post("/media/create", json={"title": "Talk", "type": "audio"})
    assert answer.status_code == 201
    # One official client refuses every other content type, a charset too.
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["status"] == "success"
    data = answer.json()["data"]
    assert TIME.fullmatch(data["created_at"])
    assert data["updated_at"] == data["created_at"]
    media, base = str(UUID(data["id"])), f"{sandbox.aioz_url}/media/{data['id']}"
    expected = {
        "title": "Talk",
        "type": "audio",
        "description": "",
        "metadata": None,
        "tags": None,
        "qualities": [
            {"name": "highest", "status": "new", "type": "hls"},
            {"name": "standard", "status": "new", "type": "hls"},
        ],
        "captions": None,
        "chapters": None,
        "player_theme": None,
        "player_theme_id": "",
        "duration": 0,
        "size": 0,
        "is_mp4": False,
        "is_public": True,
        "status": "new",
    }
    assert {name: data[name] for name in expected} == expected
    assert data.keys() - expected.keys() == {"id", "user_id", "created_at", "updated_at", "assets"}
    assert data["assets"]["source_url"] == f"{base}/source"
    assert data["assets"]["hls_url"] == f"{base}/m3u8"
    assert data["assets"]["dash_url"] == f"{base}/manifest"
    assert data["assets"]["mp4_url"] == f"{base}/mp4"
    assert media in data["assets"]["hls_iframe"]


def test_the_detail_of_an_object_has_no_mp4(aioz: httpx.Client) -> None:
    shown = detail(aioz, create(aioz))
    assert "is_mp4" not in shown
    assert "mp4_url" not in shown["assets"]


def test_everything_that_create_takes_comes_back(aioz: httpx.Client) -> None:
    fields = {
        "title": "ü" * 255,
        "description": "d" * 1000,
        "is_public": False,
        "metadata": [{"key": "k" * 255, "value": "v"}] * 50,
        "tags": ["t" * 255] * 50,
    }
    shown = detail(aioz, create(aioz, **fields, qualities=[quality("good"), quality("lossless")]))
    assert {name: shown[name] for name in fields} == fields
    assert [item["name"] for item in shown["qualities"]] == ["good", "lossless"]


@pytest.mark.parametrize("nothing", [None, []])
def test_empty_lists_come_back_as_null(aioz: httpx.Client, nothing: list[Any] | None) -> None:
    shown = detail(aioz, create(aioz, tags=nothing, metadata=nothing, qualities=nothing))
    assert (shown["tags"], shown["metadata"]) == (None, None)
    assert len(shown["qualities"]) == 2


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"title": None}, "title"),
        ({"title": ""}, "title"),
        ({"title": "t" * 256}, "title"),
        ({"title": 5}, "title"),
        ({"type": None}, "type"),
        ({"type": "video"}, "type"),
        ({"description": "d" * 1001}, "description"),
        ({"description": ["d"]}, "description"),
        ({"is_public": "true"}, "is_public"),
        ({"is_public": 1}, "is_public"),
        ({"tags": "podcast,music"}, "tags"),
        ({"tags": ["t" * 256]}, "tags"),
        ({"tags": ["t"] * 51}, "tags"),
        ({"tags": [5]}, "tags"),
        ({"metadata": {"genre": "podcast"}}, "metadata"),
        ({"metadata": [{"key": "k" * 256, "value": "v"}]}, "key"),
        ({"metadata": [{"key": "k", "value": "v" * 256}]}, "value"),
        ({"metadata": [{"key": "k"}]}, "value"),
        ({"metadata": [{"key": "k", "value": "v"}] * 51}, "metadata"),
        ({"metadata": ["k"]}, "metadata"),
        ({"qualities": ["highest"]}, "qualities"),
        ({"qualities": {}}, "qualities"),
        ({"qualities": [quality("720p")]}, "resolution"),
        ({"qualities": [quality(resolution=None)]}, "resolution"),
        ({"qualities": [quality(type="mp4")]}, "type"),
        ({"qualities": [quality(type=None)]}, "type"),
        ({"qualities": [quality(container_type="fmp4")]}, "container_type"),
        ({"qualities": [quality(type="dash", container_type="mpegts")]}, "container_type"),
        ({"qualities": [quality(container_type=None)]}, "container_type"),
        ({"qualities": [quality(audio_config=None)]}, "audio_config"),
        ({"qualities": [quality(audio_config=[])]}, "audio_config"),
        ({"qualities": [quality(audio_config={"codec": "mp3"})]}, "codec"),
        ({"qualities": [quality(audio_config={"bitrate": 0})]}, "bitrate"),
        ({"qualities": [quality(audio_config={"bitrate": "128000"})]}, "bitrate"),
        ({"qualities": [quality(audio_config={"bitrate": 1.5})]}, "bitrate"),
        ({"qualities": [quality(audio_config={"bitrate": True})]}, "bitrate"),
        ({"qualities": [quality(audio_config={"bitrate": 10**30})]}, "bitrate"),
        ({"qualities": [quality(audio_config={"channels": 2})]}, "channels"),
        ({"qualities": [quality(audio_config={"channels": "stereo"})]}, "channels"),
        ({"qualities": [quality(audio_config={"sample_rate": 24_000})]}, "sample_rate"),
        ({"qualities": [quality(audio_config={"sample_rate": "44100"})]}, "sample_rate"),
        ({"qualities": [quality(audio_config={"language": 5})]}, "language"),
        ({"qualities": [quality(audio_config={"index": -1})]}, "index"),
    ],
)
def test_what_create_refuses(aioz: httpx.Client, fields: dict[str, Any], named: str) -> None:
    message = refused(aioz.post("/media/create", json={"title": "t", "type": "audio", **fields}))
    assert named in message


def test_half_a_surrogate_pair_is_refused(aioz: httpx.Client) -> None:
    body = b'{"title": "\\ud800", "type": "audio"}'
    assert "Unicode" in refused(aioz.post("/media/create", content=body))


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000])
def test_the_sample_rates_of_the_document(aioz: httpx.Client, rate: int) -> None:
    assert create(aioz, qualities=[quality(audio_config={"sample_rate": rate})])


@pytest.mark.parametrize(("kind", "container"), [("hls", "mpegts"), ("hls", "mp4"), ("dash", "fmp4")])
def test_the_containers_of_the_document(aioz: httpx.Client, kind: str, container: str) -> None:
    shown = detail(aioz, create(aioz, qualities=[quality(type=kind, container_type=container)]))
    assert shown["qualities"] == [{"name": "standard", "status": "new", "type": kind}]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"null", b"\xff", b"[" * 100_000, b" " * (1024 * 1024 + 1)])
@pytest.mark.parametrize("path", ["/media/create", "/media"])
def test_bodies_that_are_no_json_object(aioz: httpx.Client, path: str, body: bytes) -> None:
    assert "request body" in refused(aioz.post(path, content=body))


def test_the_official_clients_bodies(aioz: httpx.Client) -> None:
    headers = {
        "Accept": "application/json, */*;q=0.8",
        "AV-Origin-Client": "nodejs:2.6.0",
        "User-Agent": "axios/1.21.1",
    }
    body = (
        b'{"description":"d","is_public":true,"metadata":[{"key":"genre","value":"podcast"}],"qualities":[{"audio_config":'
        b'{"bitrate":320000,"channels":"2","codec":"aac","index":0,"language":"en","sample_rate":44100},"container_type":'
        b'"mpegts","resolution":"highest","type":"hls"}],"tags":["podcast","music"],"title":"My Podcast Episode",'
        b'"type":"audio"}'
    )
    made = aioz.post("/media/create", content=body, headers=headers | {"Content-Type": "application/json"})
    media = made.json()["data"]["id"]
    update = {
        "is_public": False,
        "metadata": [{"key": "k", "value": "v"}],
        "player_id": "p",
        "tags": ["t"],
        "title": "n",
    }
    assert aioz.patch(f"/media/{media}", json=update, headers=headers).status_code == 200
    wanted = {
        "limit": 10,
        "metadata": [{"key": "k", "value": "v"}],
        "offset": 0,
        "order_by": "desc",
        "search": "n",
        "sort_by": "created_at",
        "status": ["new"],
        "tags": ["t"],
        "type": "audio",
    }
    listed = aioz.post("/media", json=wanted, headers=headers).json()["data"]
    assert [item["id"] for item in listed["media"]] == [media]
    assert listed["media"][0]["player_theme_id"] == "p"


@pytest.fixture(scope="module")
def shelf(running: Sandbox) -> list[str]:
    """Five objects with a tag of their own, oldest first."""
    keys = {"Authorization": "Bearer sandbox-token"}
    with httpx.Client(base_url=running.aioz_url, headers=keys) as client:
        made = [
            create(client, title="beta", tags=["shelf", "x"], description="Äpfel"),
            create(client, title="alpha", tags=["shelf"], metadata=[{"key": "genre", "value": "talk"}]),
            create(client, title="delta", tags=["shelf", "x"], metadata=[{"key": "genre", "value": "music"}]),
            create(client, title="gamma 100%", tags=["shelf"]),
            create(client, title="gone", tags=["shelf"]),
        ]
        client.patch(f"/media/{made[0]}", json={"is_public": True})
        client.delete(f"/media/{made[4]}")
    return made


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ({}, [0, 1, 2, 3]),
        ({"order_by": "asc"}, [0, 1, 2, 3]),
        ({"order_by": "desc"}, [3, 2, 1, 0]),
        ({"sort_by": "title"}, [1, 0, 2, 3]),
        ({"sort_by": "title", "order_by": "desc"}, [3, 2, 0, 1]),
        ({"sort_by": "updated_at"}, [1, 2, 3, 0]),
        ({"sort_by": "size"}, [0, 1, 2, 3]),
        # The official client's own test sends the two words the wrong way round, and is answered.
        ({"sort_by": "asc", "order_by": "created_at"}, [0, 1, 2, 3]),
        ({"type": "audio"}, [0, 1, 2, 3]),
        ({"type": "video"}, []),
        ({"tags": ["shelf", "x"]}, [0, 2]),
        ({"metadata": [{"key": "genre", "value": "music"}]}, [2]),
        ({"metadata": [{"key": "music", "value": "genre"}]}, []),
        ({"search": "LPHA"}, [1]),
        ({"search": "äPFEL"}, [0]),
        ({"search": "0%"}, [3]),
        ({"search": "%"}, [3]),
        ({"search": ""}, [0, 1, 2, 3]),
        ({"status": ["new", "done"]}, [0, 1, 2, 3]),
        ({"status": ["done", "fail", "transcoding"]}, []),
        ({"status": ["deleted"]}, [4]),
        ({"status": [], "limit": None, "offset": None, "type": ""}, [0, 1, 2, 3]),
    ],
)
def test_the_filters_and_orders_of_a_list(
    aioz: httpx.Client, shelf: list[str], wanted: dict[str, Any], places: list[int]
) -> None:
    answer = aioz.post("/media", json={"tags": ["shelf"], **wanted})
    data = answer.json()["data"]
    assert [item["id"] for item in data["media"]] == [shelf[place] for place in places]
    assert data["total"] == len(places)


def test_a_list_in_pages(aioz: httpx.Client, shelf: list[str]) -> None:
    pages = [aioz.post("/media", json={"tags": ["shelf"], "limit": 3, "offset": n}).json()["data"] for n in (0, 3, 6)]
    assert [[item["id"] for item in page["media"]] for page in pages] == [shelf[:3], shelf[3:4], []]
    assert [page["total"] for page in pages] == [4, 4, 4]


def test_a_page_has_25_objects_when_nothing_is_said(aioz: httpx.Client) -> None:
    for _ in range(26):
        create(aioz, tags=["many"])
    assert len(aioz.post("/media", json={"tags": ["many"]}).json()["data"]["media"]) == 25
    assert len(aioz.post("/media", json={"tags": ["many"], "limit": 100}).json()["data"]["media"]) == 26


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ({"limit": 101}, "limit"),
        ({"limit": 0}, "limit"),
        ({"limit": "10"}, "limit"),
        ({"offset": -1}, "offset"),
        ({"offset": 10**30}, "offset"),
        ({"tags": "podcast,music"}, "tags"),
        ({"metadata": {"genre": "podcast"}}, "metadata"),
        ({"status": "done"}, "status"),
        ({"status": ["finished"]}, "status"),
        ({"search": 5}, "search"),
    ],
)
def test_what_a_list_refuses(aioz: httpx.Client, wanted: dict[str, Any], named: str) -> None:
    assert named in refused(aioz.post("/media", json=wanted))


def test_cost_adds_the_presets_and_knows_the_balance(aioz: httpx.Client) -> None:
    def price(qualities: str, duration: str) -> Any:
        query = {"qualities": qualities, "type": "audio", "duration": duration}
        answer = aioz.get("/media/cost", params=query).json()
        assert answer["status"] == "success"
        return answer["data"]

    highest, standard = price("highest", "60")["price"], price("standard", "60")["price"]
    assert highest > standard > 0
    assert price("highest,standard", "60") == {"price": pytest.approx(highest + standard), "is_enough": True}
    assert price("highest", "600")["price"] == pytest.approx(10 * highest)
    assert price("highest", "0") == {"price": 0, "is_enough": True}
    assert price("lossless", "1e12")["is_enough"] is False


def test_cost_as_the_official_client_sends_it(aioz: httpx.Client) -> None:
    assert aioz.get("/media/cost?qualities=highest%2Cstandard&type=audio&duration=60").status_code == 200


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("type=audio&duration=60", "qualities"),
        ("qualities=&type=audio&duration=60", "qualities"),
        ("qualities=720p&type=audio&duration=60", "qualities"),
        ("qualities=good,,highest&type=audio&duration=60", "qualities"),
        ("qualities=good&duration=60", "type"),
        ("qualities=good&type=video&duration=60", "type"),
        ("qualities=good&type=audio", "duration"),
        ("qualities=good&type=audio&duration=-1", "duration"),
        ("qualities=good&type=audio&duration=nan", "duration"),
        ("qualities=good&type=audio&duration=inf", "duration"),
        ("qualities=good&type=audio&duration=1m", "duration"),
    ],
)
def test_what_cost_refuses(aioz: httpx.Client, query: str, named: str) -> None:
    assert named in refused(aioz.get(f"/media/cost?{query}"))


def test_update_changes_what_is_named_and_leaves_the_rest(aioz: httpx.Client) -> None:
    media = create(aioz, title="before", description="d", tags=["a"], metadata=[{"key": "k", "value": "v"}])
    before = detail(aioz, media)
    answer = aioz.patch(f"/media/{media}", json={"title": "after", "is_public": False})
    assert answer.json() == {"status": "success", "message": "Update audio info successfully."}
    after = detail(aioz, media)
    assert after["updated_at"] > before["updated_at"]
    assert after == before | {"title": "after", "is_public": False, "updated_at": after["updated_at"]}


def test_update_clears_with_empty_values_and_leaves_null_alone(aioz: httpx.Client) -> None:
    media = create(aioz, description="d", tags=["a"], metadata=[{"key": "k", "value": "v"}])
    aioz.patch(f"/media/{media}", json={"description": None, "tags": None, "metadata": None, "title": None})
    kept = detail(aioz, media)
    assert (kept["description"], kept["tags"], kept["metadata"]) == ("d", ["a"], [{"key": "k", "value": "v"}])
    aioz.patch(f"/media/{media}", json={"description": "", "tags": [], "metadata": []})
    cleared = detail(aioz, media)
    assert (cleared["description"], cleared["tags"], cleared["metadata"]) == ("", None, None)


def test_a_player_theme_is_taken_under_the_name_of_the_go_client_openapi(aioz: httpx.Client) -> None:
    media = create(aioz)
    # Both names are sent by who wants to be sure (AIOZ Audio document: player_theme_id).
    for fields, shown in (({"player_theme_id": "x"}, ""), ({"player_theme_id": "y", "player_id": "y"}, "y")):
        assert aioz.patch(f"/media/{media}", json=fields).status_code == 200
        assert detail(aioz, media)["player_theme_id"] == shown


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "t" * 256},
        {"description": "d" * 1001},
        {"tags": "a"},
        {"metadata": {}},
        {"is_public": 0},
    ],
)
def test_what_update_refuses(aioz: httpx.Client, fields: dict[str, Any]) -> None:
    media = create(aioz)
    before = detail(aioz, media)
    refused(aioz.patch(f"/media/{media}", json=fields))
    assert detail(aioz, media) == before


def test_a_deleted_object_is_gone(aioz: httpx.Client) -> None:
    media = create(aioz)
    answer = aioz.delete(f"/media/{media}")
    assert answer.json() == {"status": "success", "message": "Audio deleted successfully."}
    refused(aioz.get(f"/media/{media}"), 404)
    refused(aioz.delete(f"/media/{media}"), 404)
    refused(aioz.patch(f"/media/{media}", json={"title": "t"}), 404)


@pytest.mark.parametrize(("media", "status"), [(NOBODY, 404), ("not-a-uuid", 400), ("..%2f..", 400)])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("DELETE", ""), ("PATCH", ""), ("POST", "/part"), ("GET", "/complete")]
)
def test_an_id_that_is_nobodys(aioz: httpx.Client, media: str, status: int, method: str, path: str) -> None:
    answer = aioz.request(method, f"/media/{media}{path}", content=b"{}")
    assert answer.status_code in ((status, 404) if "%" in media else (status,))
    refused(answer, answer.status_code)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("GET", "/"), ("GET", "/media"), ("GET", "/media/"), ("PUT", "/media"), ("GET", "/videos")],
)
def test_a_path_that_is_no_operation(aioz: httpx.Client, method: str, path: str) -> None:
    answer = aioz.request(method, path, follow_redirects=False)
    refused(answer, 404)


def test_create_takes_a_form(aioz: httpx.Client) -> None:
    fields = {"title": "Tälk & more", "type": "audio", "is_public": "false", "tags": ["a", "b"]}
    made = aioz.post("/media/create", data=fields).json()["data"]
    assert (made["title"], made["is_public"], made["tags"]) == ("Tälk & more", False, ["a", "b"])
    for fields, reason in [
        ({"title": "t"}, "type is required"),
        ({"title": "t", "type": "audio", "is_public": "perhaps"}, "is_public must be a boolean"),
        ({"title": "t", "type": "audio", "metadata": "k=v"}, "metadata must be an array"),
    ]:
        assert reason in refused(aioz.post("/media/create", data=fields))
    kind = {"content-type": "application/x-www-form-urlencoded"}
    for body in (b"title", b"title=%ff&type=audio", b"\xff"):
        assert "not a valid form" in refused(aioz.post("/media/create", content=body, headers=kind))


def test_a_range_of_another_service_is_refused_with_the_reason(aioz: httpx.Client) -> None:
    media = create(aioz)
    answer = aioz.post(f"/media/{media}/part", files={"file": b"x"}, headers={"content-range": "part 1/*"})
    assert "the form of another service" in refused(answer)


def test_a_player_reads_a_public_object_without_keys_or_envelope(aioz: httpx.Client, sandbox: Sandbox) -> None:
    public, private = create(aioz), create(aioz, is_public=False)
    shown = httpx.get(f"{sandbox.aioz_url}/media/{public}/player.json").json()
    assert (shown["id"], shown["status"]) == (public, "new")
    assert shown.keys() >= {"assets", "captions", "chapters", "qualities", "title"}
    refused(httpx.get(f"{sandbox.aioz_url}/media/{private}/player.json"), 401)
    assert aioz.get(f"/media/{private}/player.json").json()["id"] == private
    refused(aioz.get("/media/evening/player.json"))
