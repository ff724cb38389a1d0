"""What AIOZ's clients make of answers that are odd, and of answers that are not what is due."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.aioz.ways import Way, both
from tests.wire.recorder import Received, Recorder, answer
from tonearm import BadRequest, StatusError, TooLarge, UnexpectedAnswer
from tonearm.aioz import Assets, Cost, Media, Track


def ask(way: Way, data: Any, method: str = "get", *args: Any, status: int = 200, **kwargs: Any) -> Any:
    canned = answer(json={"status": "success", "data": data}, status=status, headers={"X-Request-ID": "r1"})
    with Recorder([canned]) as server:
        return way.call(server.url, method, *(args or ("i",)), **kwargs)


@both
def test_an_object_may_lack_everything_but_its_id(way: Way) -> None:
    media = ask(way, {"id": "i"}, status=201)
    assert media == Media(
        id="i",
        title=None,
        description=None,
        type=None,
        status=None,
        duration=None,
        size=None,
        tags=(),
        metadata={},
        qualities=(),
        captions=(),
        chapters=(),
        assets=Assets(),
        is_public=None,
        player_theme_id=None,
        created_at=None,
        updated_at=None,
        raw={},
    )
    assert (media.raw, media.request_id) == ({"id": "i"}, "r1")


ODD = {
    "id": "i",
    "status": "polishing",
    "duration": "12.5",
    "size": "9007199254740993",
    "tags": None,
    "metadata": [{"key": "a", "value": "b"}, {"key": 5}, None],
    "qualities": [{"name": "highest", "status": "waiting", "audio_bitrate": 1}, {}, None],
    "captions": [{"url": "https://x/en.vtt", "language": "en"}],
    "chapters": None,
    "assets": {"hls_url": "https://x/m3u8", "mp4_url": None, "new_url": "https://x"},
    "created_at": "2026-01-02T03:04:05.123456789Z",
    "updated_at": "yesterday",
    "player_theme_id": "",
    "is_public": None,
    "view": 7,
}


@both
def test_odd_values_are_tolerated_and_kept(way: Way) -> None:
    media = ask(way, ODD)
    assert (media.status, media.duration, media.size) == ("polishing", 12.5, 9007199254740993)
    assert media.metadata == {"a": "b"}
    assert [(quality.name, quality.type, quality.status) for quality in media.qualities] == [
        ("highest", None, "waiting")
    ]
    assert media.captions == (Track("https://x/en.vtt", "en"),)
    assert media.assets == Assets(hls_url="https://x/m3u8")
    assert media.created_at == datetime(2026, 1, 2, 3, 4, 5, 123456, tzinfo=UTC)
    assert (media.updated_at, media.player_theme_id, media.is_public) == (None, None, None)
    assert media.raw == ODD
    assert "raw" not in repr(media)


ROW = {"id": "i"}


@both
@pytest.mark.parametrize("key", ["media", "videos", "audios"])
def test_a_list_is_found_under_each_of_its_names(way: Way, key: str) -> None:
    page = _page(way, {key: [ROW], "total": "1"})
    assert ([item.id for item in page.items], page.total, page.request_id) == (["i"], 1, "r1")
    assert page.items[0].request_id == "r1"


def _page(way: Way, data: Any, **kwargs: Any) -> Any:
    canned = answer(json={"status": "success", "data": data}, headers={"X-Request-ID": "r1"})
    with Recorder([canned]) as server:
        return way.call(server.url, "page", **kwargs)


@both
def test_a_list_without_rows_or_total_is_empty(way: Way) -> None:
    assert _page(way, {"media": None, "total": 0}).items == ()
    page = _page(way, {"videos": [ROW]}, offset=7)
    assert (page.total, page.next_offset) == (8, None)


def serve(total: int, *, tells: bool = True) -> Any:
    """A server whose list has so many objects, numbered from 0, and that may say how many."""

    def page(request: Received) -> bytes:
        asked = request.json()
        first, limit = asked["offset"], asked["limit"]
        rows = [{"id": str(number)} for number in range(first, min(first + limit, total))]
        return answer(json={"status": "success", "data": {"media": rows, "total": total if tells else None}})

    return page


@both
@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (100, 1), (101, 2), (250, 3)])
def test_a_list_asks_for_pages_until_it_is_whole(way: Way, total: int, pages: int) -> None:
    with Recorder(serve(total)) as server:
        listed = way.call(server.url, "list", tags=["t"], sort_by="size", order_by="desc")
    assert [item.id for item in listed] == [str(number) for number in range(total)]
    assert len(server.requests) == pages
    assert {(sent.json()["limit"], *sent.json()["tags"], sent.json()["sort_by"]) for sent in server.requests} == {
        (100, "t", "size")
    }


@both
@pytest.mark.parametrize(("total", "pages"), [(0, 1), (99, 1), (100, 2), (250, 3)])
def test_a_list_whose_total_is_not_told_goes_on_behind_each_full_page(way: Way, total: int, pages: int) -> None:
    with Recorder(serve(total, tells=False)) as server:
        listed = way.call(server.url, "list")
    assert [item.id for item in listed] == [str(number) for number in range(total)]
    assert len(server.requests) == pages


@both
def test_a_page_whose_total_is_not_told_is_followed_by_another_if_it_is_full(way: Way) -> None:
    page = _page(way, {"media": [ROW, ROW]}, offset=6, limit=2)
    assert (page.total, page.next_offset) == (8, 8)
    assert _page(way, {"media": [ROW, ROW]}, offset=6, limit=3).next_offset is None


MONTH = {"start": 0, "end": 86_400}
ROWS = [{"id": f"i{number}", "language": f"x-{number}", "dimension_value": str(number)} for number in range(100)]
LISTS: dict[str, tuple[str, tuple[object, ...], dict[str, object]]] = {
    "list": ("media", (), {}),
    "playlists": ("playlists", (), {}),
    "player_themes": ("player_themes", (), {}),
    "api_keys": ("api_keys", (), {}),
    "webhooks": ("webhooks", (), {}),
    "live_keys": ("live_stream_keys", (), {}),
    "captions": ("media_captions", ("i",), {}),
    "transcripts": ("media_transcripts", ("i",), {}),
    "chapters": ("media_chapters", ("i",), {}),
    "metric_by": ("data", ("play", "country"), MONTH),
}


@both
@pytest.mark.parametrize("total", [None, 150, 10**9])
@pytest.mark.parametrize("name", LISTS)
def test_a_service_that_takes_no_notice_of_the_offset_is_not_read_without_end(
    name: str, total: int | None, way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    """It sends the same page for ever: what is new on it is listed, and a warning says that the list ends there."""
    key, arguments, options = LISTS[name]
    data = {key: ROWS, "total": total}
    with Recorder(lambda _: answer(json={"status": "success", "data": data})) as server:
        listed = way.call(server.url, name, *arguments, **options)
    assert (len(listed), len(server.requests)) == (100, 2)
    assert [record.message for record in caplog.records if record.levelname == "WARNING"] == [
        "a page of a list has only what earlier pages had: it is taken for the end of the list"
    ]


@both
def test_rows_without_an_id_that_look_alike_are_all_listed(way: Way) -> None:
    """As when the service names what they stand for in a field that is not documented."""

    def pages(sent: Received) -> bytes:
        rows = [{"metric_value": 1, "city": number} for number in range(150)]
        offset = sent.json()["offset"]
        return answer(json={"status": "success", "data": {"data": rows[offset : offset + 100], "total": 150}})

    with Recorder(pages) as server:
        rows = way.call(server.url, "metric_by", "play", "country", **MONTH)
    assert [row.raw["city"] for row in rows] == list(range(150))


@both
def test_a_row_that_moves_to_the_next_page_is_listed_once(way: Way) -> None:
    """As when another object is added in front meanwhile."""

    def page(request: Received) -> bytes:
        rows = ROWS if not request.json()["offset"] else [ROWS[-1], {"id": "new"}]
        return answer(json={"status": "success", "data": {"media": rows, "total": 102}})

    with Recorder(page) as server:
        listed = way.call(server.url, "list")
    assert [item.id for item in listed] == [*(row["id"] for row in ROWS), "new"]


@both
def test_a_list_that_promises_more_than_it_has_comes_to_an_end(way: Way) -> None:
    rows = {"status": "success", "data": {"media": [ROW], "total": 5}}
    none = {"status": "success", "data": {"media": [], "total": 5}}
    with Recorder([answer(json=rows), answer(json=none)]) as server:
        assert len(way.call(server.url, "list")) == 1
    assert len(server.requests) == 2


@both
def test_a_price_may_come_as_text(way: Way) -> None:
    cost = ask(way, {"price": "0.25", "is_enough": None}, "cost", "good", duration=1)
    assert cost == Cost(0.25, None)
    assert cost.request_id == "r1"


BAD: list[tuple[str, tuple[Any, ...], dict[str, Any], Any]] = [
    ("get", ("i",), {}, {"status": "success"}),
    ("get", ("i",), {}, {"data": None}),
    ("get", ("i",), {}, {"data": {}}),
    ("get", ("i",), {}, {"data": {"title": "no id"}}),
    ("get", ("i",), {}, {"data": {"id": None}}),
    ("get", ("i",), {}, {"data": {"id": ""}}),
    ("get", ("i",), {}, {"data": {"id": 5}}),
    ("get", ("i",), {}, {"data": [ROW]}),
    ("get", ("i",), {}, {"data": 5}),
    ("get", ("i",), {}, {"data": "text"}),
    ("get", ("i",), {}, [ROW]),
    ("get", ("i",), {}, 5),
    ("create", ("T",), {}, {"data": {"title": "no id"}}),
    ("page", (), {}, {"data": {"media": [{"title": "no id"}]}}),
    ("page", (), {}, {"data": {"media": [5]}}),
    ("page", (), {}, {"data": {"media": "text"}}),
    ("page", (), {}, {"data": {"media": 5}}),
    ("page", (), {}, {"data": []}),
    ("page", (), {}, {}),
    ("cost", ("good",), {"duration": 1}, {"data": {"is_enough": True}}),
    ("cost", ("good",), {"duration": 1}, {"data": {"price": None}}),
    ("cost", ("good",), {"duration": 1}, {"data": {"price": "free"}}),
    ("cost", ("good",), {"duration": 1}, {"data": {"price": [1]}}),
    ("cost", ("good",), {"duration": 1}, {"data": 5}),
    ("delete", ("i",), {}, []),
    ("complete", ("i",), {}, "done"),
]


@both
@pytest.mark.parametrize(("method", "args", "kwargs", "body"), BAD)
def test_an_answer_that_does_not_fit_is_named(
    way: Way, method: str, args: tuple[Any, ...], kwargs: dict[str, Any], body: Any
) -> None:
    text = json.dumps(body)
    with Recorder([answer(text.encode())]) as server, pytest.raises(UnexpectedAnswer) as caught:
        way.call(server.url, method, *args, **kwargs)
    error = caught.value
    assert (error.status, error.body, error.headers["content-length"]) == (200, text, str(len(text)))
    assert error.url.startswith(server.url)


@both
@pytest.mark.parametrize("method", ["get", "complete", "delete"])
@pytest.mark.parametrize("body", [b"", b"<html>", b'{"data": {"id"'])
def test_a_body_that_is_no_json_is_named(way: Way, method: str, body: bytes) -> None:
    with Recorder([answer(body, content_type="text/html")]) as server, pytest.raises(UnexpectedAnswer) as caught:
        way.call(server.url, method, "i")
    assert caught.value.body == body.decode()
    assert len(server.requests) == 1


@both
@pytest.mark.parametrize(
    ("status", "body", "kind", "message"),
    [
        (400, {"status": "error", "message": "hash is wrong"}, BadRequest, "hash is wrong"),
        (413, {"type": "x", "title": "Too large", "detail": "200 MB"}, TooLarge, "200 MB"),
    ],
)
def test_a_refusal_of_the_service_is_told_in_its_words(
    way: Way, status: int, body: Any, kind: type[Exception], message: str
) -> None:
    with Recorder([answer(json=body, status=status)]) as server, pytest.raises(kind) as caught:
        way.call(server.url, "create", "T")
    assert str(caught.value) == f"POST {server.url}/media/create -> {status}: {message}"


REFUSING: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("get", ("i",), {}),
    ("create", ("T",), {}),
    ("page", (), {}),
    ("cost", ("good",), {"duration": 1}),
    ("upload_part", ("i", b"x"), {"index": 1, "start": 0, "total": 1}),
    ("complete", ("i",), {}),
    ("update", ("i",), {"title": "T"}),
    ("delete", ("i",), {}),
    ("captions", ("i",), {}),
    ("put_captions", ("i", "en", b"WEBVTT"), {}),
    ("delete_captions", ("i", "en"), {}),
    ("put_thumbnail", ("i", b"\xff\xd8\xff"), {}),
    ("delete_thumbnail", ("i",), {}),
]


@both
@pytest.mark.parametrize(("method", "args", "kwargs"), REFUSING)
@pytest.mark.parametrize("status", ["fail", "error", "FAILED", 400, False])
def test_a_2xx_whose_status_is_no_success_is_a_refusal(
    way: Way, method: str, args: tuple[Any, ...], kwargs: dict[str, Any], status: Any
) -> None:
    body = {"status": status, "message": "storage is full", "data": {**ROW, "price": 1, "media": []}}
    with Recorder([answer(json=body)]) as server, pytest.raises(StatusError) as caught:
        way.call(server.url, method, *args, **kwargs)
    assert (caught.value.status, caught.value.message) == (200, "storage is full")


@both
@pytest.mark.parametrize("status", ["success", "Success", "", None, 200])
def test_a_status_that_refuses_nothing_is_a_success(way: Way, status: Any) -> None:
    with Recorder([answer(json={"status": status, "data": ROW})]) as server:
        assert way.call(server.url, "get", "i").id == ROW["id"]
