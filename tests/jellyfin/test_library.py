"""Finding audio: items, albums, artists and playlists, page by page; one item with its run time and sources."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.jellyfin import shelf
from tests.jellyfin.ways import ONCE, Way
from tests.wire.recorder import Received, Recorder, answer
from tonearm import (
    BadRequest,
    ConfigurationError,
    Forbidden,
    InvalidInput,
    NotFound,
    Unauthorized,
    UnexpectedAnswer,
    sandbox,
)
from tonearm.jellyfin import Item, MediaSource, Server, SortBy, User
from tonearm.sandbox import Sandbox
from tonearm.sandbox.context import JellyfinVersion

ID = "4b3d2c1a0f9e4d8cb7a6958473625140"
KEY = {"token": "sandbox-token"}


@pytest.fixture(scope="module", params=get_args(JellyfinVersion))
def box(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("shelf")
    shelf.fill(folder)
    with sandbox.start(library=folder, jellyfin=request.param) as running:
        yield running


def names(way: Way, box: Sandbox, do: Any, **settings: Any) -> list[str | None]:
    return [item.name for item in way.gather(box.jellyfin_url, do, **{**KEY, **settings})]


def answered(way: Way, do: Any, *replies: bytes) -> tuple[Any, list[dict[str, list[str]]]]:
    """What a list gives when the server answers this, and what was asked for."""
    with Recorder(replies) as server:
        found = way.gather(server.url, do, **KEY, retry=ONCE)
    return found, [parse_qs(urlsplit(request.target).query) for request in server.requests]


def test_one_item_tells_how_long_it_runs_and_where_it_comes_from(box: Sandbox, way: Way) -> None:
    found = way.call(box.jellyfin_url, lambda jf: jf.item(shelf.item("Blue/1.flac")), **KEY)
    assert (found.name, found.type, found.album, found.number, found.year) == ("Évening", "Audio", "Blue", 1, 2019)
    assert (found.artists, found.genres, found.container, found.has_lyrics) == (
        ("Ann", "Bo"),
        ("Choral",),
        "flac",
        False,
    )
    (source,) = found.sources
    assert source.size == found.size == len(next(Path(source.path).parent.glob("1.flac")).read_bytes())
    assert (source.codec, source.sample_rate, source.channels, source.id) == ("flac", 16_000, 1, found.id)
    assert found.duration == source.duration == pytest.approx(shelf.BLOCKS["Blue/1.flac"] * 0.072)
    assert found.raw["Id"] == found.id


def test_all_audio_comes_by_artist_album_disc_and_number(box: Sandbox, way: Way) -> None:
    found = names(way, box, lambda jf: jf.items())
    assert found == ["loose", "Évening", "CON", shelf.ODD, "Noon", "Dusk"]


def test_filters_are_by_place_artist_and_genre(box: Sandbox, way: Way) -> None:
    albums = {album.name: album for album in way.gather(box.jellyfin_url, lambda jf: jf.albums(), **KEY)}
    assert [(album.type, album.count) for album in albums.values()] == [("MusicAlbum", 3), ("MusicAlbum", 2)]
    assert names(way, box, lambda jf: jf.items(parent=albums["Red"].id)) == ["Noon", "Dusk"]
    people = {artist.name: artist.id for artist in way.gather(box.jellyfin_url, lambda jf: jf.artists(), **KEY)}
    assert set(people) == {"Ann", "Bo"}
    assert names(way, box, lambda jf: jf.items(artist=people["Bo"])) == ["Évening", "Noon", "Dusk"]
    assert names(way, box, lambda jf: jf.items(genre="choral", sort_by="name", descending=True)) == [
        "Évening",
        shelf.ODD,
    ]
    assert names(way, box, lambda jf: jf.albums(artist=people["Bo"], search="RE")) == ["Red"]
    assert names(way, box, lambda jf: jf.artists(search="an")) == ["Ann"]


def test_a_search_ignores_case_and_accents(box: Sandbox, way: Way) -> None:
    assert names(way, box, lambda jf: jf.search("EVEN")) == ["Évening"]
    assert names(way, box, lambda jf: jf.search("nothing like it")) == []


def test_a_playlist_comes_in_its_own_order_with_what_is_on_it_twice(box: Sandbox, way: Way) -> None:
    (playlist,) = way.gather(box.jellyfin_url, lambda jf: jf.playlists(search="MIX"), **KEY)
    assert (playlist.name, playlist.type, playlist.count) == ("mixed", "Playlist", 3)
    assert names(way, box, lambda jf: jf.playlist(playlist.id)) == ["Dusk", "Évening", "Dusk"]
    assert way.call(box.jellyfin_url, lambda jf: jf.item(playlist.id), **KEY) == playlist


@pytest.mark.parametrize("sort_by", get_args(SortBy))
def test_every_order_holds_all_the_audio(sort_by: Any, box: Sandbox, way: Way) -> None:
    assert len(names(way, box, lambda jf: jf.items(sort_by=sort_by))) == len(shelf.TRACKS)


def test_what_is_not_there_is_not_found(box: Sandbox, way: Way) -> None:
    for do in (lambda jf: jf.item(ID), lambda jf: jf.me()):
        with pytest.raises(Unauthorized):
            way.call(box.jellyfin_url, do)
    with pytest.raises(NotFound):
        way.call(box.jellyfin_url, lambda jf: jf.item(ID), **KEY)
    with pytest.raises(NotFound):
        way.gather(box.jellyfin_url, lambda jf: jf.playlist(ID), **KEY)
    with pytest.raises(NotFound):
        way.gather(box.jellyfin_url, lambda jf: jf.items(), **KEY, user_id=ID)


def test_an_api_key_looks_for_the_user_that_is_named(box: Sandbox, way: Way) -> None:
    me = way.call(box.jellyfin_url, lambda jf: jf.me(), **KEY)
    since = len(box.requests)
    key = {"token": "sandbox-api-key", "user_id": me.id}
    assert len(names(way, box, lambda jf: jf.items(), **key)) == len(shelf.TRACKS)
    assert way.call(box.jellyfin_url, lambda jf: jf.item(shelf.item("loose.flac")), **key).name == "loose"
    assert len(way.gather(box.jellyfin_url, lambda jf: jf.artists(), **key)) == 2
    asked = [parse_qs(exchange.query)["userId"][0].replace("-", "") for exchange in box.requests[since:]]
    assert asked == [me.id] * 3


# Pages


def page(count: int, start: int = 0, **more: Any) -> bytes:
    rows = [{"Id": f"{start + number:032x}", "Name": str(start + number)} for number in range(count)]
    return answer(json={"Items": rows, "StartIndex": start, **more})


def test_pages_are_asked_for_as_they_are_needed(way: Way) -> None:
    replies = [page(100, TotalRecordCount=150), page(50, 100, TotalRecordCount=150)]
    found, asked = answered(way, lambda jf: jf.items(), *replies)
    assert [item.name for item in found] == [str(number) for number in range(150)]
    assert [(query["startIndex"], query["limit"]) for query in asked] == [(["0"], ["100"]), (["100"], ["100"])]


@pytest.mark.parametrize(
    ("replies", "count"),
    [
        ([page(3, TotalRecordCount=3)], 3),
        ([page(3), page(0)], 3),
        ([page(100), page(1, 100), page(0)], 101),
        ([page(100, TotalRecordCount="101"), page(1, 100, TotalRecordCount="101")], 101),
        ([page(3, TotalRecordCount=9), page(0, 3, TotalRecordCount=9)], 3),
        ([answer(json={"Items": None})], 0),
        ([answer(json={})], 0),
    ],
)
def test_a_list_ends_whatever_the_server_says_of_its_length(replies: list[bytes], count: int, way: Way) -> None:
    found, asked = answered(way, lambda jf: jf.albums(), *replies)
    assert (len(found), len(asked)) == (count, len(replies))


def rows(*names: int) -> list[dict[str, Any]]:
    return [{"Id": f"{name:032x}", "Name": f"S{name}"} for name in names]


ALL = range(250)
WRONG_TOTALS: dict[str, Callable[[int], int | None]] = {
    "none": lambda _: None,
    "zero": lambda _: 0,
    "the limit": lambda _: 100,
    "of the page": lambda start: max(0, min(100, 250 - start)),
    "too low": lambda _: 249,
    "too high": lambda _: 900,
}


class Wrong:
    """A server that lists `ALL`, in one of the ways in which servers go wrong."""

    def __init__(self, total: Callable[[int], int | None], change: Callable[[int, list[Any]], list[Any]]) -> None:
        self.total, self.change, self.asked = total, change, list[int]()

    def __call__(self, request: Received) -> bytes:
        start = int(parse_qs(urlsplit(request.target).query)["startIndex"][0])
        self.asked.append(start)
        total = self.total(start)
        body = {"Items": self.change(start, rows(*ALL[start : start + 100]))}
        return answer(json=body if total is None else {**body, "TotalRecordCount": total})


@pytest.mark.parametrize("total", WRONG_TOTALS)
@pytest.mark.parametrize(
    ("change", "missing"),
    [
        (lambda start, page: page, set()),
        (lambda start, page: page[3:], {0, 1, 2, 100, 101, 102, 200, 201, 202}),
        (lambda start, page: [None, *page, {"Id": 5}, {"Name": "x"}, "x"], set()),
        (lambda start, page: rows(*range(max(0, start - 1), min(250, start + 99))), set()),
    ],
    ids=["right", "hidden rows", "odd rows", "a row in front"],
)
def test_a_list_is_read_to_its_end_and_each_item_comes_once(
    total: str, change: Any, missing: set[int], way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    server = Wrong(WRONG_TOTALS[total], change)
    with Recorder(server) as recorder:
        found = way.gather(recorder.url, lambda jf: jf.items(), **KEY)
    assert [item.name for item in found] == [f"S{name}" for name in ALL if name not in missing]
    assert len(server.asked) <= 9
    assert ("the server counts 900 items" in caplog.text) == (total == "too high")


@pytest.mark.parametrize("repeats", [True, False])
def test_a_server_without_pages_is_asked_twice(repeats: bool, way: Way) -> None:
    server = Wrong(lambda _: None, lambda start, page: rows(*ALL))
    with Recorder(server) as recorder:
        found = way.gather(recorder.url, lambda jf: jf.playlist(ID) if repeats else jf.items(), **KEY)
    assert (len(found), server.asked) == (250, [0, 100])


def test_what_is_on_a_playlist_twice_comes_twice_and_what_moved_once(way: Way) -> None:
    def entries(start: int, page: list[Any]) -> list[Any]:
        first = start - 1 if start else 0  # one row has come in front after the first page
        return [{**rows(0)[0], "PlaylistItemId": f"{number}"} for number in range(first, min(200, first + 100))]

    with Recorder(Wrong(lambda _: 200, entries)) as recorder:
        found = way.gather(recorder.url, lambda jf: jf.playlist(ID), **KEY)
    assert [item.raw["PlaylistItemId"] for item in found] == [str(number) for number in range(200)]


def test_a_filter_that_the_server_ignores_is_applied_here_with_one_warning(
    way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    ann = {"ArtistItems": [{"Id": ID.upper()}]}
    listed = [
        {**rows(1)[0], "Genres": ["Hip-Hop"], **ann},
        {
            **rows(2)[0],
            "Genres": ["Rock", "Électronique"],
            "AlbumArtists": [{"Id": ID}, None, "x"],
            "ArtistItems": [{"Id": "f" * 32}],
        },
        {**rows(3)[0], "Genres": ["Folk"], "ArtistItems": [{"Id": "f" * 32}]},
        {**rows(4)[0]},
    ]

    def names_of(**filters: Any) -> list[str]:
        with Recorder([answer(json={"Items": listed, "TotalRecordCount": 4})]) as server:
            return [item.name for item in way.gather(server.url, lambda jf: jf.items(**filters), **KEY)]

    assert names_of(genre="hip hop") == ["S1", "S4"]
    assert names_of(genre="electronique") == ["S2", "S4"]
    assert caplog.text.count("ignores a filter") == 2
    assert names_of(artist=ID) == ["S1", "S2", "S4"]
    assert names_of() == ["S1", "S2", "S3", "S4"]
    assert caplog.text.count("ignores a filter") == 3


# Odd and broken answers


def read(way: Way, reply: bytes, do: Any = lambda jf: jf.item(ID)) -> Any:
    with Recorder([reply]) as server:
        return way.call(server.url, do, **KEY, retry=ONCE)


def test_an_item_of_which_the_server_tells_little_is_an_item(way: Way) -> None:
    assert read(way, answer(json={"Id": ID})) == Item(ID)
    nothing = dict.fromkeys(("Name", "RunTimeTicks", "Artists", "MediaSources", "HasLyrics", "Album", "Genres", "Type"))
    assert read(way, answer(json={"Id": ID, **nothing})) == Item(ID)


AUDIO = {"Type": "Audio", "Codec": "mp3"}


def test_numbers_may_come_as_text_and_lists_may_hold_anything(way: Way) -> None:
    odd = {
        "Id": ID,
        "RunTimeTicks": "15000000",
        "IndexNumber": "7",
        "Artists": [None, "Ann", 5],
        "Genres": "Choral",
        "HasLyrics": "yes",
        "Surprise": {"new": True},
        "MediaSources": [None, 5, {"Size": "12", "MediaStreams": [None, {"Type": "Video"}, AUDIO]}],
    }
    found = read(way, answer(json=odd))
    assert (found.duration, found.number, found.artists, found.genres, found.has_lyrics) == (1.5, 7, ("Ann",), (), None)
    assert found.sources == (MediaSource(None, size=12, codec="mp3"),)
    assert found.raw == odd


def test_an_item_runs_as_long_as_its_source_when_it_does_not_say(way: Way) -> None:
    found = read(way, answer(json={"Id": ID, "MediaSources": [{"RunTimeTicks": 20_000_000, "Container": "mp3"}]}))
    assert (found.duration, found.container) == (2.0, "mp3")


def test_a_run_time_that_no_float_holds_is_none(way: Way) -> None:
    assert read(way, answer(json={"Id": ID, "RunTimeTicks": 10**400})).duration is None


BROKEN = {
    "no id": answer(json={"Name": "x"}),
    "an empty id": answer(json={"Id": ""}),
    "a number for an id": answer(json={"Id": 5}),
    "a list": answer(json=[{"Id": ID}]),
    "a page": answer(b"<html>nginx</html>", content_type="text/html"),
    "nothing": answer(),
    "cut short": answer(b'{"Id": "4b3d'),
}


@pytest.mark.parametrize("reply", BROKEN.values(), ids=BROKEN)
def test_an_item_that_is_none_is_an_error(reply: bytes, way: Way) -> None:
    with pytest.raises(UnexpectedAnswer):
        read(way, reply)


@pytest.mark.parametrize("rows", [[{"Name": "x"}], [None], "none", 5, {"a": 1}])
def test_a_list_that_is_none_is_an_error(rows: Any, way: Way) -> None:
    with pytest.raises(UnexpectedAnswer):
        answered(way, lambda jf: jf.items(), answer(json={"Items": rows}))


def test_a_server_and_a_user_may_tell_little(way: Way) -> None:
    assert read(way, answer(json={"Version": "12.0.0"}), lambda jf: jf.server()) == Server("12.0.0")
    assert read(way, answer(json={"Id": ID, "Policy": None}), lambda jf: jf.me()) == User(ID)
    for reply in (answer(json={"Version": None}), answer(json={"Version": ""}), answer(json={})):
        with pytest.raises(UnexpectedAnswer):
            read(way, reply, lambda jf: jf.server())


def test_the_servers_name_for_the_request_is_kept(way: Way) -> None:
    reply = answer(json={"Id": ID, "Version": "1"}, headers={"X-Request-Id": "r1"})
    for do in (lambda jf: jf.item(ID), lambda jf: jf.me(), lambda jf: jf.server()):
        assert read(way, reply, do).request_id == "r1"


# Bad input


@pytest.mark.parametrize(
    "do",
    [
        lambda jf: jf.items(parent="an album"),
        lambda jf: jf.items(artist="Ann B"),
        lambda jf: jf.items(genre=""),
        lambda jf: jf.items(sort_by="loudness"),
        lambda jf: jf.items(album=ID),
        lambda jf: jf.search(""),
        lambda jf: jf.search("\ud800"),
        lambda jf: jf.search(7),
        lambda jf: jf.albums(search=""),
        lambda jf: jf.playlist("a mix"),
    ],
)
def test_what_the_server_would_refuse_or_misread_is_not_sent(do: Any, way: Way) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput):
        way.gather(server.url, do, **KEY)
    assert server.requests == []


def test_an_id_that_cannot_be_one_is_refused(way: Way) -> None:
    with Recorder([]) as server:
        with pytest.raises(InvalidInput):
            way.call(server.url, lambda jf: jf.item("../Users"), **KEY)
        with pytest.raises(ConfigurationError, match="user_id"):
            way.call(server.url, lambda jf: jf.item(ID), user_id="m/e")
    assert server.requests == []


def test_a_refusal_of_one_user_looking_for_another_is_told(way: Way) -> None:
    refused = answer(b"Error processing request.", status=403, content_type="text/plain")
    with pytest.raises(Forbidden, match="Error processing request"):
        answered(way, lambda jf: jf.items(), refused)


def test_what_an_api_key_may_lack_is_told(way: Way) -> None:
    refused = answer(b"Error processing request.", status=400, content_type="text/plain")
    with pytest.raises(BadRequest, match=r"belongs to no user"):
        read(way, refused)
