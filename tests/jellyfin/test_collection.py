"""Favourites, mixes, play counts and playlists, with a sandbox of each version."""

from collections.abc import Iterator
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from tests.jellyfin import shelf
from tests.jellyfin.ways import ONCE, Way
from tests.wire.recorder import Recorder, answer
from tonearm import BadRequest, Forbidden, InvalidInput, NotFound, StatusError, UnexpectedAnswer, sandbox
from tonearm.jellyfin import Item
from tonearm.sandbox import Sandbox
from tonearm.sandbox.context import JellyfinVersion

ID = "4b3d2c1a0f9e4d8cb7a6958473625140"
KEY = {"token": "sandbox-token"}
BLUE = shelf.item("Blue/1.flac")


@pytest.fixture(scope="module", params=get_args(JellyfinVersion))
def box(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("shelf")
    shelf.fill(folder)
    with sandbox.start(library=folder, jellyfin=request.param) as running:
        yield running


def names(way: Way, box: Sandbox, do: Any) -> list[str | None]:
    return [item.name for item in way.gather(box.jellyfin_url, do, **KEY)]


def test_a_favourite_is_set_listed_and_taken_back(box: Sandbox, way: Way) -> None:
    assert names(way, box, lambda jf: jf.items(favorite=True)) == []
    assert way.call(box.jellyfin_url, lambda jf: jf.set_favorite(BLUE), **KEY).favorite is True
    assert names(way, box, lambda jf: jf.items(favorite=True)) == ["Évening"]
    assert len(names(way, box, lambda jf: jf.items(favorite=False))) == len(shelf.TRACKS) - 1
    assert way.call(box.jellyfin_url, lambda jf: jf.item(BLUE), **KEY).user_data.favorite is True
    assert way.call(box.jellyfin_url, lambda jf: jf.set_favorite(BLUE, favorite=False), **KEY).favorite is False
    assert names(way, box, lambda jf: jf.items(favorite=True)) == []


def test_playing_counts(box: Sandbox, way: Way) -> None:
    item = shelf.item("Red/one.flac")
    before = way.call(box.jellyfin_url, lambda jf: jf.item(item), **KEY).user_data.play_count
    way.call(box.jellyfin_url, lambda jf: jf.report_start(item), **KEY)
    after = way.call(box.jellyfin_url, lambda jf: jf.item(item), **KEY).user_data
    assert (after.play_count, after.played, after.position) == (before + 1, True, 0.0)


def test_a_mix_and_what_is_similar(box: Sandbox, way: Way) -> None:
    album = next(item for item in way.gather(box.jellyfin_url, lambda jf: jf.albums(), **KEY) if item.name == "Red")
    for seed in (BLUE, album.id):
        assert len(way.call(box.jellyfin_url, lambda jf, seed=seed: jf.instant_mix(seed, limit=4), **KEY)) == 4
    found = way.call(box.jellyfin_url, lambda jf: jf.similar(BLUE), **KEY)
    assert len(found) == len(shelf.TRACKS) - 1
    assert BLUE not in {item.id for item in found}
    assert found[0].name == shelf.ODD, "its artist and its genre are the same"
    assert [item.name for item in way.call(box.jellyfin_url, lambda jf: jf.similar(album.id), **KEY)] == ["Blue"]


def test_a_playlist_is_made_and_changed_by_its_entries(box: Sandbox, way: Way) -> None:
    items = [Item(BLUE), shelf.item("Red/one.flac")]
    made = way.call(box.jellyfin_url, lambda jf: jf.create_playlist(f"Mine {way}", items), **KEY)
    way.call(box.jellyfin_url, lambda jf: jf.add_to_playlist(made, [BLUE]), **KEY)
    listed = way.gather(box.jellyfin_url, lambda jf: jf.playlist(made), **KEY)
    assert [item.name for item in listed] == ["Évening", "Noon", "Évening"]
    way.call(box.jellyfin_url, lambda jf: jf.remove_from_playlist(made, [listed[0].entry_id]), **KEY)
    assert names(way, box, lambda jf: jf.playlist(made)) == ["Noon", "Évening"]
    (found,) = way.gather(box.jellyfin_url, lambda jf: jf.playlists(search=f"mine {way}"), **KEY)
    assert (found.id, found.count) == (made, 2)
    empty = way.call(box.jellyfin_url, lambda jf: jf.create_playlist("Empty"), **KEY)
    assert names(way, box, lambda jf: jf.playlist(empty)) == []


CALLS: dict[str, Any] = {
    "instant_mix": lambda jf: jf.instant_mix(ID),
    "similar": lambda jf: jf.similar(ID),
    "set_favorite": lambda jf: jf.set_favorite(ID),
    "add_to_playlist": lambda jf: jf.add_to_playlist(ID, [BLUE]),
    "remove_from_playlist": lambda jf: jf.remove_from_playlist(ID, ["e"]),
}


@pytest.mark.parametrize("name", CALLS)
def test_what_does_not_exist_is_not_found(name: str, box: Sandbox, way: Way) -> None:
    with pytest.raises(NotFound):
        way.call(box.jellyfin_url, CALLS[name], **KEY)
    with Recorder([answer(status=405)]) as server, pytest.raises(StatusError) as caught:
        way.call(server.url, CALLS[name], **KEY)
    assert "this server does not offer" in "".join(caught.value.__notes__)


def test_an_api_key_needs_a_user(box: Sandbox, way: Way) -> None:
    for call in (lambda jf: jf.set_favorite(BLUE), lambda jf: jf.create_playlist("x")):
        with pytest.raises(BadRequest) as caught:
            way.call(box.jellyfin_url, call, token="sandbox-api-key")
        assert "user_id" in str(caught.value.hint)


@pytest.mark.parametrize(
    "call",
    [
        lambda jf: jf.create_playlist(""),
        lambda jf: jf.create_playlist("x", "abc"),
        lambda jf: jf.create_playlist("x", ["no id"]),
        lambda jf: jf.add_to_playlist(ID, []),
        lambda jf: jf.add_to_playlist(ID, UUID(ID)),
        lambda jf: jf.add_to_playlist(ID, Item(ID)),
        lambda jf: jf.create_playlist("Evening", Item(ID)),
        lambda jf: jf.remove_from_playlist(ID, []),
        lambda jf: jf.remove_from_playlist(ID, "abc"),
        lambda jf: jf.remove_from_playlist(ID, ["a,b"]),
        lambda jf: jf.instant_mix(ID, limit=0),
        lambda jf: jf.set_favorite(ID, favorite=1),
        lambda jf: jf.set_favorite("x/y"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_sent(call: Any, way: Way) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput):
        way.call(server.url, call, **KEY)
    assert server.requests == []


def test_a_playlist_without_an_id_is_an_error_and_a_filter_that_is_ignored_is_applied_here(way: Way) -> None:
    with Recorder([answer(json={"Id": ""})]) as server, pytest.raises(UnexpectedAnswer, match="Id"):
        way.call(server.url, lambda jf: jf.create_playlist("x"), **KEY, retry=ONCE)
    rows = [{"Id": f"{number:032x}", "UserData": {"IsFavorite": number == 1}} for number in (1, 2)]
    rows += [{"Id": f"{3:032x}"}, {"Id": f"{4:032x}", "UserData": None}]
    with Recorder([answer(json={"Items": rows, "TotalRecordCount": 4})]) as server:
        found = way.gather(server.url, lambda jf: jf.items(favorite=True), **KEY)
    assert [int(item.id, 16) for item in found] == [1, 3, 4], "of what does not say so nothing is left out"


MANY = [f"{number:032x}" for number in range(700)]
CHANGES: dict[str, tuple[Any, str]] = {
    "add_to_playlist": (lambda jf: jf.add_to_playlist(ID, MANY), "ids"),
    "remove_from_playlist": (lambda jf: jf.remove_from_playlist(ID, [f"{id}/é" for id in MANY]), "entryIds"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_long_lists_go_out_in_several_requests_in_their_order(name: str, way: Way) -> None:
    change, parameter = CHANGES[name]
    with Recorder([b"HTTP/1.1 204 No Content\r\n\r\n"] * 30) as server:
        way.call(server.url, change, **KEY)
    assert max(len(request.target) for request in server.requests) < 4000
    sent = [parse_qs(urlsplit(request.target).query)[parameter][0].split(",") for request in server.requests]
    ordered = sent if name == "add_to_playlist" else sent[::-1]  # places that are entries stay right
    assert [UUID(id.partition("/")[0]).hex for batch in ordered for id in batch] == MANY
    assert len(server.requests) < 25


@pytest.mark.parametrize("name", CHANGES)
def test_what_failed_halfway_says_how_much_was_done(name: str, way: Way) -> None:
    change, parameter = CHANGES[name]
    with (
        Recorder([b"HTTP/1.1 204 No Content\r\n\r\n", answer(status=403)]) as server,
        pytest.raises(Forbidden) as caught,
    ):
        way.call(server.url, change, **KEY)
    done = len(parse_qs(urlsplit(server.requests[0].target).query)[parameter][0].split(","))
    assert any(note.startswith(f"{done} of 700 ") for note in caught.value.__notes__)
