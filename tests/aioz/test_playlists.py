"""Playlists, against the sandbox; and answers of other shapes."""

from typing import Any

import httpx
import pytest

from tests.aioz.ways import Way, both
from tests.wire.recorder import Recorder, answer
from tonearm import ConnectionFailed, InvalidInput, NotFound, UnexpectedAnswer
from tonearm.aioz import Playlist
from tonearm.sandbox import Sandbox

PNG = b"\x89PNG\r\n\x1a\nrest"
NOBODY = "00000000-0000-4000-8000-000000000000"


def media(way: Way, sandbox: Sandbox, *titles: str) -> list[str]:
    return [way.call(sandbox.aioz_url, "create", title).id for title in titles]


def names(way: Way, sandbox: Sandbox, **options: Any) -> list[str | None]:
    return [playlist.name for playlist in way.all(sandbox.aioz_url, "playlists", **options)]


@both
def test_a_playlist_is_made_filled_ordered_and_deleted(way: Way, sandbox: Sandbox) -> None:
    def call(method: str, *args: Any, **options: Any) -> Any:
        return way.call(sandbox.aioz_url, method, *args, **options)

    def titles(playlist: Playlist) -> str:
        return "".join(item.title or "?" for item in playlist.items)

    made = call("create_playlist", "Mornings", tags=["water", "dawn"], metadata={"place": "Bergen"})
    assert (made.name, made.tags, made.metadata) == ("Mornings", ("water", "dawn"), {"place": "Bergen"})
    assert (made.items, made.item_count) == ((), 0)
    for id in media(way, sandbox, "A", "B", "C"):
        filled = call("add_to_playlist", made.id, id)
    assert (titles(filled), filled.item_count) == ("ABC", 3)
    a, b, c = (item.id for item in filled.items)
    for item, after, expected in [
        (c, None, "CAB"),
        (c, b, "ABC"),
        (a, b, "BAC"),
        (a, b, "BAC"),
        (b, None, "BAC"),
        (b, c, "ACB"),
    ]:
        assert titles(call("move_in_playlist", made.id, item, after=after)) == expected
    call("remove_from_playlist", made.id, c)
    assert titles(call("playlist", made.id)) == "AB"
    assert call("playlist_player", made.id) == call("playlist", made.id)
    changed = call("update_playlist", made.id, name="Evenings", tags=["dusk"], cover=PNG)
    assert (changed.name, changed.tags) == ("Evenings", ("dusk",))
    assert httpx.get(changed.thumbnail_url).content == PNG
    call("delete_playlist_cover", made.id)
    assert not call("playlist", made.id).thumbnail_url
    call("delete_playlist", made.id)
    call("delete_playlist", made.id, missing_ok=True)
    for method, args in [
        ("delete_playlist", ()),
        ("playlist", ()),
        ("remove_from_playlist", (a,)),
        ("playlist_player", ()),
    ]:
        with pytest.raises(NotFound):
            call(method, made.id, *args)


@both
def test_playlists_are_listed_and_found(way: Way, sandbox: Sandbox) -> None:
    for name in ("one", "two", "Two more"):
        way.call(sandbox.aioz_url, "create_playlist", name, tags=[way.name, name])
    assert names(way, sandbox, tags=[way.name]) == ["one", "two", "Two more"]
    found = names(way, sandbox, search="TWO", sort_by="name", order_by="desc", tags=[way.name])
    assert found == ["two", "Two more"]
    assert names(way, sandbox, tags=[way.name, "one"]) == ["one"]
    assert names(way, sandbox, metadata={"a": "b"}) == []


@both
@pytest.mark.parametrize(
    ("method", "args", "options"),
    [
        ("create_playlist", ("",), {}),
        ("create_playlist", ("x" * 256,), {}),
        ("create_playlist", ("x",), {"tags": ["x"] * 51}),
        ("create_playlist", ("x",), {"colour": "red"}),
        ("update_playlist", (NOBODY,), {}),
        ("update_playlist", (NOBODY,), {"tags": []}),
        ("update_playlist", (NOBODY,), {"cover": b"GIF89a"}),
        ("add_to_playlist", (NOBODY, ""), {}),
        ("remove_from_playlist", (NOBODY, ".."), {}),
        ("playlist", ("",), {}),
    ],
)
def test_what_the_service_would_refuse_is_not_sent(
    way: Way, sandbox: Sandbox, method: str, args: tuple[str, ...], options: dict[str, Any]
) -> None:
    start = len(sandbox.requests)
    with pytest.raises(InvalidInput):
        way.call(sandbox.aioz_url, method, *args, **options)
    with pytest.raises(InvalidInput):
        names(way, sandbox, sort_by="size")
    assert len(sandbox.requests) == start


@both
def test_an_item_that_the_playlist_has_not_is_not_moved(way: Way, sandbox: Sandbox) -> None:
    id = way.call(sandbox.aioz_url, "create_playlist", "p").id
    item = way.call(sandbox.aioz_url, "add_to_playlist", id, *media(way, sandbox, "A")).items[0].id
    start = len(sandbox.requests)
    for moved, after in (("nothing", None), (item, "nothing"), (item, item)):
        with pytest.raises(InvalidInput):
            way.call(sandbox.aioz_url, "move_in_playlist", id, moved, after=after)
    assert {exchange.method for exchange in sandbox.requests[start:]} == {"GET"}


@both
@pytest.mark.parametrize("method", ["add_to_playlist", "create_playlist"])
def test_what_may_have_been_done_is_not_done_twice(way: Way, sandbox: Sandbox, method: str) -> None:
    tags = [f"{way.name} {method}"]
    id = way.call(sandbox.aioz_url, "create_playlist", "p", tags=tags).id
    (song,) = media(way, sandbox, "A")
    sandbox.fault(path="*/playlists/*", method="POST", drop_headers=True)
    args, options = ((id, song), {}) if method == "add_to_playlist" else (("q",), {"tags": tags})
    with pytest.raises(ConnectionFailed) as caught:
        way.call(sandbox.aioz_url, method, *args, **options)
    assert caught.value.sent
    assert len(way.call(sandbox.aioz_url, "playlist", id).items) == (method == "add_to_playlist")
    assert len(names(way, sandbox, tags=tags)) == (1 if method == "add_to_playlist" else 2)


@both
@pytest.mark.parametrize("method", ["delete_playlist", "delete_playlist_cover", "remove_from_playlist"])
def test_what_a_repeated_delete_no_longer_finds_is_deleted(way: Way, method: str) -> None:
    refused = answer(json={"status": "error", "message": "not found"}, status=404)
    with Recorder([answer(status=503), refused]) as server:
        assert way.call(server.url, method, "p", *(["i"] if method.startswith("remove") else [])) is None
    assert len(server.requests) == 2


LINKS = [("b", "a", "c"), ("c", "b", ""), ("a", "", "b")]
LINKED = [{"id": id, "previous_id": before, "next_id": behind} for id, before, behind in LINKS]


@both
@pytest.mark.parametrize(
    ("playlist", "expected"),
    [
        ({"items": LINKED}, {"items": ["a", "b", "c"]}),
        ({"video_items": LINKED}, {"items": ["a", "b", "c"]}),
        ({"items": [{**row, "next_id": None} for row in LINKED]}, {"items": ["b", "c", "a"]}),
        ({"items": [{**row, "next_id": "b"} for row in LINKED]}, {"items": ["b", "c", "a"]}),
        ({"items": [{"id": "a"}, {}, None, 5, {"id": "b"}]}, {"items": ["a", "b"]}),
        ({"items": None, "tags": None, "metadata": None}, {"items": [], "tags": (), "metadata": {}}),
        ({"tags": "a, b,,"}, {"tags": ("a", "b")}),
        ({"tags": ["a", 5, "b"]}, {"tags": ("a", "b")}),
        ({"metadata": {"k": "v", "n": 5}}, {"metadata": {"k": "v"}}),
        ({"metadata": [{"key": "k", "value": "v"}, {"key": "x"}]}, {"metadata": {"k": "v"}}),
        ({"item_count": "3", "duration": "1.5"}, {"item_count": 3, "duration": 1.5}),
    ],
)
def test_answers_of_other_shapes_are_read(way: Way, playlist: dict[str, Any], expected: dict[str, Any]) -> None:
    body = {"status": "success", "data": {"playlist": {"id": "p", **playlist}}}
    with Recorder([answer(json=body)]) as server:
        found = way.call(server.url, "playlist", "p")
    seen = {name: getattr(found, name) for name in expected}
    assert {**seen, **({"items": [item.id for item in found.items]} if "items" in seen else {})} == expected


@both
def test_an_item_of_an_older_shape_is_read(way: Way) -> None:
    row = {"id": "i", "video_id": "m", "video": {"title": "T", "duration": 5, "size": 7, "hls_url": "h"}}
    with Recorder([answer(json={"data": {"playlist": {"id": "p", "video_items": [row]}}})]) as server:
        (item,) = way.call(server.url, "playlist", "p").items
    assert (item.media_id, item.title, item.duration, item.size, item.hls_url) == ("m", "T", 5, 7, "h")


@both
def test_a_long_list_is_read_to_its_end(way: Way) -> None:
    rows = [{"id": str(number)} for number in range(130)]
    pages = [
        answer(json={"data": {"playlists": rows[start : start + 100], **more}})
        for more in ({"total": 130}, {})
        for start in (0, 100)
    ]
    for two in (pages[:2], pages[2:]):
        with Recorder(two) as server:
            assert [one.id for one in way.all(server.url, "playlists")] == [row["id"] for row in rows]
        assert len(server.requests) == 2


@both
@pytest.mark.parametrize("data", [{}, {"playlist": None}, {"playlist": {"name": "n"}}, {"playlist": []}])
def test_an_answer_without_a_playlist_is_an_error(way: Way, data: dict[str, Any]) -> None:
    with Recorder([answer(json={"status": "success", "data": data})]) as server, pytest.raises(UnexpectedAnswer):
        way.call(server.url, "playlist", "p")
