"""What the sources of the AIOZ service leave open: each switch, on its less likely side."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.sandbox.aioz_upload import create, detail, quality, refused, send_part
from tests.sandbox.conftest import AIOZ_KEYS
from tonearm import sandbox as package
from tonearm.sandbox import AiozOptions, Sandbox
from tonearm.sandbox.aioz.access import RateWindow

DOCUMENT = AiozOptions(
    list_key="videos",
    filters="document",
    player_field="player_theme_id",
    first_index=0,
    part_order="ascending",
    part_repeat="replace",
    smallest_part=4,
    complete_again="accept",
    mp4_url="null",
    accepts_24_khz=True,
    error_status="fail",
    balance=0.001,
)
OTHER = AiozOptions(filters="lenient", first_index=1, part_repeat="refuse", mp4_url="absent")


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with package.start(aioz=DOCUMENT) as box:
        yield box


@pytest.fixture(scope="module")
def document(box: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=box.aioz_url, headers=AIOZ_KEYS) as client:
        yield client


@pytest.fixture(scope="module")
def other() -> Iterator[httpx.Client]:
    with package.start(aioz=OTHER) as box, httpx.Client(base_url=box.aioz_url, headers=AIOZ_KEYS) as client:
        yield client


def said(answer: httpx.Response, status: int = 400) -> str:
    """Check the envelope of the service whose word for an error is `fail`, and return its message."""
    assert (answer.status_code, answer.json()["status"]) == (status, "fail")
    return str(answer.json()["message"])


def test_the_word_of_an_error(document: httpx.Client) -> None:
    assert "title" in said(document.post("/media/create", json={}))
    assert "not found" in said(document.get("/unknown"), 404)


def test_a_list_under_the_key_of_the_document(document: httpx.Client) -> None:
    media = create(document, tags=["key"])
    data = document.post("/media", json={"tags": "key"}).json()["data"]
    assert data.keys() == {"videos", "total"}
    assert [item["id"] for item in data["videos"]] == [media]


def listed(service: httpx.Client, **wanted: Any) -> list[Any]:
    data = service.post("/media", json=wanted).raise_for_status().json()["data"]
    (items,) = (value for name, value in data.items() if name != "total")
    assert len(items) == data["total"]
    return [item["id"] for item in items]


FILTERS: list[tuple[str, Any, Any]] = [
    ("tags", ["b", "a"], "a, b"),
    ("status", ["deleted"], "deleted"),
    ("metadata", [{"key": "genre", "value": "podcast"}], {"genre": "podcast"}),
]
"""A filter as the Go client v1.0.19 OpenAPI has it, and as the AIOZ Audio document has it."""


@pytest.mark.parametrize(("name", "openapi", "documented"), FILTERS)
def test_the_shapes_of_filters(
    aioz: httpx.Client, document: httpx.Client, other: httpx.Client, name: str, openapi: Any, documented: Any
) -> None:
    for service, shapes, wrong in (
        (aioz, [openapi], [documented]),
        (document, [documented], [openapi]),
        (other, [openapi, documented], []),
    ):
        media = create(service, tags=["a", "b"], metadata=[{"key": "genre", "value": "podcast"}])
        without = create(service)
        if name == "status":
            service.delete(f"/media/{media}")
        for shape in shapes:
            found = listed(service, **{name: shape})
            assert media in found
            assert without not in found
        for shape in wrong:
            answer = service.post("/media", json={name: shape})
            assert (answer.status_code, name in answer.json()["message"]) == (400, True)


@pytest.mark.parametrize("wrong", [["a"], 5, {"a": "b"}])
@pytest.mark.parametrize("name", ["tags", "status"])
def test_a_filter_of_words_that_is_no_string(document: httpx.Client, name: str, wrong: object) -> None:
    assert name in said(document.post("/media", json={name: wrong}))


@pytest.mark.parametrize("wrong", [{"genre": 5}, {"genre": None}, "genre", {"k" * 256: "v"}])
def test_a_map_of_metadata_that_is_none(document: httpx.Client, wrong: object) -> None:
    assert "metadata" in said(document.post("/media", json={"metadata": wrong}))


def test_a_player_theme_under_the_name_of_the_document(document: httpx.Client) -> None:
    media = create(document)
    document.patch(f"/media/{media}", json={"player_id": "x"})
    assert detail(document, media)["player_theme_id"] == ""
    document.patch(f"/media/{media}", json={"player_theme_id": "y"})
    assert detail(document, media)["player_theme_id"] == "y"


@pytest.mark.parametrize(("options", "key", "shown"), [("document", "videos", [None]), ("other", "media", [])])
def test_the_mp4_of_audio_is_null_or_absent(
    request: pytest.FixtureRequest, options: str, key: str, shown: list[None]
) -> None:
    service: httpx.Client = request.getfixturevalue(options)
    made = service.post("/media/create", json={"title": "t", "type": "audio"}).json()["data"]
    for item in (made, detail(service, made["id"]), *service.post("/media", json={}).json()["data"][key]):
        assert [value for name, value in item["assets"].items() if name == "mp4_url"] == shown


def test_the_sample_rate_that_the_document_leaves_out(document: httpx.Client) -> None:
    create(document, qualities=[quality(audio_config={"sample_rate": 24_000})])
    body = {"title": "t", "type": "audio", "qualities": [quality(audio_config={"sample_rate": 12_000})]}
    assert "sample_rate" in said(document.post("/media/create", json=body))


def test_a_balance_that_is_not_enough(document: httpx.Client) -> None:
    query = {"qualities": "highest", "type": "audio", "duration": "60"}
    answer = document.get("/media/cost", params=query).json()["data"]
    assert answer["price"] > DOCUMENT.balance
    assert answer["is_enough"] is False


@pytest.mark.parametrize(("options", "wrong", "right"), [("document", 1, 0), ("other", 0, 1)])
def test_one_base_of_the_index_only(request: pytest.FixtureRequest, options: str, wrong: int, right: int) -> None:
    service: httpx.Client = request.getfixturevalue(options)
    media = create(service)
    answer = send_part(service, media, b"abcdef", 0, 9, wrong)
    assert (answer.status_code, "index" in answer.json()["message"]) == (400, True)
    assert send_part(service, media, b"abcdef", 0, 9, right).status_code == 200
    assert send_part(service, media, b"ghi", 6, 9, right + 1).status_code == 200
    assert service.get(f"/media/{media}/complete").status_code == 200


def test_parts_in_ascending_order_only(document: httpx.Client) -> None:
    media = create(document)
    assert "order" in said(send_part(document, media, b"efghi", 4, 9, 1))
    assert send_part(document, media, b"abcd", 0, 9, 0).status_code == 200
    assert "order" in said(send_part(document, media, b"fghi", 5, 9, 1))
    assert send_part(document, media, b"efghi", 4, 9, 1).status_code == 200


def test_every_part_but_the_last_has_a_smallest_size(document: httpx.Client) -> None:
    media = create(document)
    assert "4 bytes" in said(send_part(document, media, b"abc", 0, 9, 0))
    assert send_part(document, media, b"abcdefgh", 0, 9, 0).status_code == 200
    assert send_part(document, media, b"i", 8, 9, 1).status_code == 200


def test_a_repeated_part_replaces_the_earlier_one(box: Sandbox, document: httpx.Client) -> None:
    media = create(document)
    for content in (b"abcd", b"efgh", b"ijklm"):
        assert send_part(document, media, content, 0, 8, 0).status_code == 200
    assert send_part(document, media, b"nop", 5, 8, 1).status_code == 200
    for _ in range(2):
        # `complete` again is answered in the same way, and changes nothing.
        answer = document.get(f"/media/{media}/complete")
        assert answer.json() == {"status": "success", "message": "Upload completed successfully."}
    assert detail(document, media)["size"] == 8
    box.wait_idle()
    assert httpx.get(detail(document, media)["assets"]["source_url"]).content == b"ijklmnop"


def test_a_repeated_part_is_refused(other: httpx.Client) -> None:
    media = create(other)
    assert send_part(other, media, b"abc", 0, 6, 1).status_code == 200
    assert "exists already" in refused(send_part(other, media, b"abc", 0, 6, 1))
    assert "exists already" in refused(send_part(other, media, b"abcdef", 0, 6, 1))


def test_a_limit_that_is_reached_is_answered_with_429() -> None:
    with package.start(aioz=AiozOptions(rate_limit=0)) as box, httpx.Client(base_url=box.aioz_url) as caller:
        for keys in (AIOZ_KEYS, {}):
            answer = caller.post("/media", json={}, headers=keys)
            assert "too many" in refused(answer, 429)
            assert (answer.headers["X-RateLimit-Limit"], answer.headers["X-RateLimit-Remaining"]) == ("0", "0")
            assert 1 <= int(answer.headers["X-RateLimit-Retry-After"]) <= 60
        # Players are not counted.
        refused(caller.get("/media/00000000-0000-4000-8000-000000000000/m3u8"), 404)


def test_the_limit_is_of_one_minute() -> None:
    now = 120.0
    window = RateWindow(2, clock=lambda: now)
    assert [window.take("read")[0] for _ in range(3)] == [True, True, False]
    now = 179.9
    within, headers = window.take("write")
    assert (within, headers["X-RateLimit-Remaining"], headers["X-RateLimit-Retry-After"]) == (False, "0", "1")
    now = 180.0
    within, headers = window.take("write")
    assert (within, headers["X-RateLimit-Remaining"], headers["X-RateLimit-Retry-After"]) == (True, "1", "60")


def test_without_a_limit_nothing_is_refused() -> None:
    window = RateWindow(None, clock=lambda: 0.0)
    answers = [window.take("read") for _ in range(7_000)]
    assert all(within for within, _ in answers)
    assert answers[-1][1]["X-RateLimit-Remaining"] == "0"


def test_the_documented_limits_are_of_each_class() -> None:
    with package.start(aioz=AiozOptions(rate_limit="documented")) as box:
        found = {}
        for method, path in [
            ("POST", "media"),
            ("GET", "media/x"),
            ("POST", "media/create"),
            ("DELETE", "media/x"),
            ("POST", "media/x/part"),
        ]:
            answer = httpx.request(method, f"{box.aioz_url}/{path}", headers=AIOZ_KEYS)
            found[method, path] = answer.headers["X-RateLimit-Limit"]
    assert list(found.values()) == ["500", "500", "200", "200", "100"]
    window = RateWindow("documented", clock=lambda: 0.0)
    assert sum(window.take("upload")[0] for _ in range(110)) == 100
    assert [window.take(kind)[0] for kind in ("write", "read", "upload")] == [True, True, False]
