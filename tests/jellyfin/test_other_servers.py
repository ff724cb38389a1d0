"""Servers that speak the protocol and are not Jellyfin: what they leave out, and how that is said."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.jellyfin.copies import Shelf, Song, keep
from tests.jellyfin.ways import AT_ONCE, ONCE, Way
from tests.plans.play import reply
from tests.wire.recorder import Received, Recorder, answer
from tonearm import InvalidInput, NotFound, StatusError, UnexpectedAnswer
from tonearm.jellyfin import AudioInfo

ITEM = "4b3d2c1a0f9e4d8cb7a6958473625140"
KEY = {"token": "sandbox-token"}
FLAC = "audio/flac"
NOTHING = b"{}"


def server_without_head(status: int, *, ranges: bool = True) -> Callable[[Received], bytes]:
    def respond(request: Received) -> bytes:
        if request.method == "HEAD":
            return answer(status=status)
        if ranges and "static=true" in request.target:
            part = {"Content-Range": "bytes 0-0/4000", "Last-Modified": "Tue, 14 Nov 2023 22:13:20 GMT"}
            return answer(b"f", status=206, content_type=FLAC, headers=part)
        return answer(bytes(4000), content_type=FLAC if "static=true" in request.target else "audio/mpeg")

    return respond


@pytest.mark.parametrize("status", [404, 405, 501])
@pytest.mark.parametrize(
    ("asked", "ranges", "found"),
    [
        ({}, True, AudioInfo(FLAC, 4000, resumable=True)),
        ({}, False, AudioInfo(FLAC, 4000, resumable=False)),
        ({"container": "mp3"}, True, AudioInfo("audio/mpeg", 4000, resumable=False)),
    ],
)
def test_where_there_is_no_head_one_byte_is_requested(
    status: int, asked: dict[str, Any], ranges: bool, found: AudioInfo, way: Way
) -> None:
    with Recorder(server_without_head(status, ranges=ranges)) as server:
        assert way.call(server.url, lambda jf: jf.probe(ITEM, **asked)) == found
    head, get = server.requests
    assert (head.method, get.method, get.headers["range"]) == ("HEAD", "GET", "bytes=0-0")
    assert "playSessionId" in get.target


def test_an_encoding_that_was_begun_for_its_headers_is_ended(way: Way) -> None:
    with Recorder(server_without_head(405)) as server:

        def probe(jf: Any) -> Any:
            return jf.probe(ITEM, container="mp3")

        way.call(server.url, probe, **KEY)
    assert [request.method for request in server.requests] == ["HEAD", "GET", "DELETE"]


def test_a_range_of_which_nobody_knows_the_whole_has_no_size(way: Way) -> None:
    part = answer(b"f", status=206, content_type=FLAC, headers={"Content-Range": "bytes 0-0/*"})
    with Recorder([answer(status=501), part]) as server:
        assert way.call(server.url, lambda jf: jf.probe(ITEM)) == AudioInfo(FLAC, None, resumable=True)


def test_an_item_that_does_not_exist_is_not_found_in_the_servers_own_words(way: Way) -> None:
    replies = [answer(status=404), answer(b"no such song", status=404, content_type="text/plain")]
    with Recorder(replies) as server, pytest.raises(NotFound, match=r"GET .* -> 404: no such song"):
        way.call(server.url, lambda jf: jf.probe(ITEM), retry=ONCE)


def test_a_copy_looks_at_originals_without_head(tmp_path: Path) -> None:
    songs = [Song(f"{number:032x}", f"Song {number}", ITEM, number, data=b"fLaC" * 9) for number in (1, 2)]
    shelf = Shelf(songs, {ITEM: "MusicAlbum"})
    keep(shelf, ITEM, tmp_path)
    shelf.marks = "another "
    requests: list[tuple[str, str | None]] = []

    def world(request: Any) -> Any:
        if "/stream" not in request.path:
            return shelf(request)
        requests.append((request.method, request.headers.get("Range")))
        if request.method == "HEAD":
            return reply(NOTHING, status=404)
        part = {"content-range": "bytes 0-0/36", "last-modified": shelf.headers(shelf.songs[0])["last-modified"]}
        return reply(b"f", status=206, headers={"content-type": FLAC, **part})

    assert all(one.was_there for one in keep(shelf, ITEM, tmp_path, world=world))
    assert requests == [("HEAD", None), ("GET", "bytes=0-0"), ("GET", "bytes=0-0")]


def test_another_format_than_the_list_promised_is_the_mistake_of_the_server(tmp_path: Path, way: Way) -> None:
    shelf = Shelf([Song(ITEM, "x", ITEM, 1, data=b"OggS" * 9)], {ITEM: "MusicAlbum"})

    def world(request: Any) -> Any:
        return reply(b"OggS", headers={"content-type": "audio/ogg"}) if "/stream" in request.path else shelf(request)

    (kept,) = keep(shelf, ITEM, tmp_path, world=world)
    assert isinstance(kept.error, UnexpectedAnswer)
    assert "the server sent audio/ogg where flac was asked for" in str(kept.error)
    with Recorder([answer(b"OggS", content_type="audio/ogg")]) as server, pytest.raises(InvalidInput):
        way.call(server.url, lambda jf: jf.download(ITEM, tmp_path / "named by the caller.flac"))


# Functions


FUNCTIONS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "logout": (lambda jf: jf.logout(), "this server does not offer to log out"),
    "stop_encoding": (lambda jf: jf.stop_encoding("s"), "this server does not offer to end an encoding"),
    "lyrics": (lambda jf: jf.lyrics(ITEM), "this server does not offer lyrics"),
    "delete_lyrics": (lambda jf: jf.delete_lyrics(ITEM), "this server does not offer lyrics"),
}


@pytest.mark.parametrize("status", [404, 405, 501])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_that_a_server_does_not_offer_is_named(name: str, status: int, way: Way) -> None:
    call, said = FUNCTIONS[name]
    with Recorder([answer(NOTHING, status=status)]) as server, pytest.raises(StatusError) as caught:
        way.call(server.url, call, **KEY, retry=AT_ONCE)
    assert len(server.requests) == 1
    assert said in "".join(caught.value.__notes__)
    assert ("or this server" in "".join(caught.value.__notes__)) == ("lyrics" in name and status == 404)


def test_a_server_without_quick_connect_says_so(way: Way) -> None:
    def respond(request: Received) -> bytes:
        is_there = request.target == "/System/Info/Public"
        return answer(json={"Version": "10.8.13"}) if is_there else answer(NOTHING, status=404)

    with Recorder(respond) as server, pytest.raises(NotFound) as caught:
        way.enter(lambda kind: kind.quick_connect(server.url, show=print), lambda jf: jf.token)
    assert caught.value.__notes__ == ["this server does not offer Quick Connect"]
    assert "docs/jellyfin.md" in str(caught.value.hint)


def test_encodings_that_cannot_be_ended_are_mentioned_once(
    tmp_path: Path, way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    shelf = [Song(f"{number:032x}", f"Song {number}", ITEM, number) for number in (1, 2, 3)]

    def respond(request: Received) -> bytes:
        if request.target.startswith("/Items?"):
            return answer(json={"Items": [song.row(None) for song in shelf], "TotalRecordCount": 3})
        if request.target.startswith("/Items/"):
            return answer(json={"Id": ITEM, "Type": "MusicAlbum"})
        return answer(bytes(900), content_type="audio/mpeg") if request.method == "GET" else answer(status=404)

    with Recorder(respond) as server:

        def copy(jf: Any) -> Any:
            return jf.download_all(ITEM, tmp_path, preset="mp3_128", workers=1)

        kept = way.call(server.url, copy, **KEY)
    assert len(kept) == 3
    assert sum(request.method == "DELETE" for request in server.requests) == 1
    assert caplog.text.count("this server does not offer to end an encoding") == 1
    assert "may go on" not in caplog.text


# Addresses


def below(path: str) -> Callable[[Received], bytes]:
    """A server below a path, with nothing else at its address."""

    def respond(request: Received) -> bytes:
        if request.target.startswith(f"{path}/System/Info/Public"):
            return answer(json={"Version": "10.11.11"})
        return answer(NOTHING, status=404)

    return respond


def redirecting(path: str) -> Callable[[Received], bytes]:
    """Jellyfin with a base path, which redirects everything else to its pages."""

    def respond(request: Received) -> bytes:
        if request.target.startswith(f"{path}/System/Info/Public"):
            return answer(json={"Version": "10.11.11"})
        return answer(status=302, headers={"Location": f"{path}/web/"})

    return respond


def page(_: Received) -> bytes:
    return answer(b"<html>", content_type="text/html")


CALLS: dict[str, Callable[[Way, str], Any]] = {
    "server": lambda way, url: way.call(url, lambda jf: jf.server(), retry=ONCE),
    "login": lambda way, url: way.enter(lambda kind: kind.login(url, "a", "b", retry=ONCE), lambda jf: jf.token),
    "quick_connect": lambda way, url: way.enter(
        lambda kind: kind.quick_connect(url, show=print, retry=ONCE), lambda jf: jf.token
    ),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("answers", "path"), [(below("/jellyfin"), "/jellyfin"), (redirecting("/media/jf"), "/media/jf"), (page, None)]
)
def test_a_base_path_that_was_forgotten_is_suggested(
    call: str, answers: Callable[[Received], bytes], path: str | None, way: Way
) -> None:
    with Recorder(answers) as server, pytest.raises((StatusError, UnexpectedAnswer)) as caught:
        CALLS[call](way, server.url)
    due = "http://nas/jellyfin" if path is None else f"give {server.url}{path} as the address"
    assert due in str(caught.value.hint)
    assert all("authorization" not in sent.headers for sent in server.requests if sent.target.startswith("/jellyfin"))


@pytest.mark.parametrize(
    ("sent", "hint"),
    [
        (answer(status=302, headers={"Location": "/jf/web/index.html?x#y"}), "give {url}/jf as the address"),
        (answer(status=302, headers={"Location": "https://elsewhere/jf/web/"}), "give the address that the redirect"),
        (answer(status=302, headers={"Location": "/login"}), "give the address that the redirect"),
        (answer(status=302, headers={"Location": "http://[/web/"}), "give the address that the redirect"),
        (answer(status=404, content_type="text/html"), "http://nas/jellyfin"),
        (answer(status=404, content_type="text/plain"), "check the id"),
        (answer(b"<html>", content_type="text/html"), "http://nas/jellyfin"),
    ],
)
def test_other_calls_are_told_what_their_answer_shows(sent: bytes, hint: str, way: Way) -> None:
    with Recorder([sent]) as server, pytest.raises((StatusError, UnexpectedAnswer)) as caught:
        way.call(server.url, lambda jf: jf.item(ITEM), retry=ONCE)
    assert hint.format(url=server.url) in str(caught.value.hint)


def test_a_wrong_password_does_not_make_the_address_wrong(way: Way) -> None:
    def respond(request: Received) -> bytes:
        return answer(json={"Version": "10.11.11"}) if "Public" in request.target else answer(NOTHING, status=404)

    with Recorder(respond) as server, pytest.raises(NotFound) as caught:
        CALLS["login"](way, server.url)
    assert "address" not in str(caught.value.hint)
    assert len(server.requests) == 2
