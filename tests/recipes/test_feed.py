"""The feed of a playlist: what feedparser reads in it is what was published."""

from __future__ import annotations

import asyncio
import calendar
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

import feedparser
import httpx
import pytest
from attrs import evolve

from tests.recipes.published import CHAPTERS, ONCE, everything, publish, record
from tonearm import Aioz, AsyncAioz, ConnectionFailed, InvalidInput, NotFound, StatusError, UnexpectedAnswer, recipes
from tonearm.aioz import Assets, Media, Playlist, PlaylistItem, PublicFile, Track
from tonearm.recipes.rss import Episode, written
from tonearm.sandbox import Fault, Sandbox, start

PODCAST = "{https://podcastindex.org/namespace/1.0}"
TWO = pytest.mark.parametrize("way", ["sync", "async"])


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with start() as running:
        yield running


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def client(box: Sandbox) -> Iterator[Aioz]:
    with Aioz(base_url=box.aioz_url, token="sandbox-token", retry=ONCE) as client:
        yield client


@pytest.fixture
def show(client: Aioz) -> str:
    return client.create_playlist("Harbour <mornings> & more").id


def feed_of(box: Sandbox, way: str, show: str, **options: Any) -> recipes.Feed:
    if way == "sync":
        with Aioz(base_url=box.aioz_url, token="sandbox-token", retry=ONCE) as client:
            return recipes.feed(client, show, **options)

    async def read() -> recipes.Feed:
        async with AsyncAioz(base_url=box.aioz_url, token="sandbox-token", retry=ONCE) as client:
            return await recipes.async_feed(client, show, **options)

    return asyncio.run(read())


@TWO
def test_what_is_published_is_in_the_feed(way: str, box: Sandbox, client: Aioz, show: str, tmp_path: Path) -> None:
    talk = record(tmp_path / "talk.wav")
    media = publish(box, talk, **everything(show, title="Täl\u2028k <1> & 2", description="a ]]> b", tags=["x"])).media
    private = publish(box, talk, **everything(show, title="Private", is_public=False, again=True)).media
    client.add_to_playlist(show, media.id)  # twice in the playlist, once in the feed
    new = client.create("New")
    client.add_to_playlist(show, new.id)
    options = {"author": "Me", "email": "me@example.org", "category": "Technology", "language": "en"}
    made = feed_of(box, way, show, url="https://example.org/feed.xml/", **options)
    assert [one.id for one in made.episodes] == [media.id]
    skipped = {one.media_id: one.reason for one in made.skipped}
    assert skipped.keys() == {private.id, new.id}
    assert "401" in skipped[private.id]
    assert skipped[new.id] == "its status is new"
    read = feedparser.parse(made.xml)
    assert not read.bozo, read
    assert read.version == "rss20"
    assert (read.feed.title, read.feed.language) == ("Harbour <mornings> & more", "en")
    assert read.feed.author_detail == {"name": "Me", "email": "me@example.org"}
    assert ET.fromstring(made.xml).findtext("channel/{http://www.itunes.com/dtds/podcast-1.0.dtd}explicit") == "false"
    assert [one.term for one in read.feed.tags] == ["Technology"]
    guid = ET.fromstring(made.xml).findtext(f"channel/{PODCAST}guid")
    assert guid == str(uuid5(UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), "example.org/feed.xml"))
    (entry,) = read.entries
    assert (entry.title, entry.id, entry.summary) == ("Täl\u2028k <1> & 2", media.id, "a ]]> b")
    assert media.created_at is not None
    assert calendar.timegm(entry.published_parsed) == int(media.created_at.timestamp())
    (enclosure,) = entry.enclosures
    assert (enclosure.type, int(enclosure.length)) == ("audio/x-wav", talk.stat().st_size)
    assert httpx.get(enclosure.href).content == talk.read_bytes()
    item = ET.fromstring(made.xml).find("channel/item")
    assert item is not None
    said = {name: item.find(PODCAST + name) for name in ("transcript", "chapters", "alternateEnclosure")}
    transcript, chapters, other = said.values()
    assert transcript is not None
    assert chapters is not None
    assert other is not None
    assert (transcript.get("type"), transcript.get("language"), transcript.get("rel")) == ("text/vtt", "en", "captions")
    assert httpx.get(str(transcript.get("url"))).text.startswith("WEBVTT")
    assert httpx.get(str(chapters.get("url"))).content == CHAPTERS
    source = other.find(PODCAST + "source")
    assert source is not None
    assert (other.get("type"), source.get("uri")) == ("application/vnd.apple.mpegurl", media.assets.hls_url)


def test_an_empty_playlist_is_an_empty_feed(box: Sandbox, show: str) -> None:
    made = feed_of(box, "sync", show)
    read = feedparser.parse(made.xml)
    assert (read.bozo, read.entries, made.episodes, made.skipped) == (False, [], (), ())


def test_a_rendition_stands_in_for_a_source_that_is_not_public(
    box: Sandbox, client: Aioz, show: str, tmp_path: Path
) -> None:
    media = publish(box, record(tmp_path / "talk.wav"), **everything(show)).media
    with box.faults(Fault(path="*/source", status=403)):
        made = feed_of(box, "sync", show)
    (entry,) = feedparser.parse(made.xml).entries
    assert entry.enclosures[0].href == media.assets.hls_url
    assert entry.enclosures[0].type == "application/vnd.apple.mpegurl"
    with box.faults(Fault(path="*/source", status=403), Fault(path="*/m3u8", status=404)):
        made = feed_of(box, "sync", show)
    (skipped,) = made.skipped
    assert (skipped.media_id, "403" in skipped.reason, "404" in skipped.reason) == (media.id, True, True)


@TWO
def test_an_object_that_is_gone_is_named(way: str, box: Sandbox, client: Aioz, show: str) -> None:
    media = client.create("Gone")
    client.add_to_playlist(show, media.id)
    with box.faults(Fault(path=f"*/media/{media.id}", status=404)):
        made = feed_of(box, way, show)
    assert made.skipped == (recipes.Skipped(media.id, "Gone", "it does not exist any more"),)


@TWO
def test_a_place_without_an_object_is_named(
    way: str, box: Sandbox, client: Aioz, show: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = (PlaylistItem("1", None, "Lost"), PlaylistItem("2", None))
    found = evolve(client.playlist(show), items=items)

    async def playlist(*_: object) -> object:
        return found

    monkeypatch.setattr(Aioz, "playlist", lambda *_: found)
    monkeypatch.setattr(AsyncAioz, "playlist", playlist)
    why = "the playlist does not name its object"
    assert feed_of(box, way, show).skipped == (recipes.Skipped(None, "Lost", why), recipes.Skipped(None, None, why))


def test_a_server_that_fails_leaves_out_no_episode(box: Sandbox, show: str, tmp_path: Path) -> None:
    publish(box, record(tmp_path / "talk.wav"), **everything(show))
    with box.faults(Fault(path="*/source", drop_headers=True)), pytest.raises(ConnectionFailed):
        feed_of(box, "sync", show)


@pytest.mark.parametrize(
    ("wrong", "argument"),
    [
        ({"link": "example.org"}, "link"),
        ({"url": "ftp://example.org/feed"}, "url"),
        ({"image": ""}, "image"),
        ({"image": "https://[1/cover.png"}, "image"),
        ({"title": 1}, "title"),
        ({"colour": "red"}, "option"),
    ],
)
def test_options_that_make_no_sense_are_refused(box: Sandbox, show: str, wrong: Any, argument: str) -> None:
    before = len(box.requests)
    with pytest.raises(InvalidInput) as raised:
        feed_of(box, "sync", show, **wrong)
    assert raised.value.argument == argument
    assert len(box.requests) == before


def test_a_playlist_that_does_not_exist(box: Sandbox) -> None:
    with pytest.raises(NotFound):
        feed_of(box, "sync", "11111111-2222-4333-8444-555555555555")


BAD = "".join(map(chr, (*range(0x20), 0x7F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x1F600))) + "<a href=\"'&]]>"


def test_text_that_xml_cannot_hold_is_replaced() -> None:
    media = evolve(
        Media.sparse("1", title=BAD, type=None, status="done"),
        description=BAD,
        tags=(BAD,),
        duration=61.5,
        captions=(Track(BAD, None), Track(None, "en")),
        chapters=(Track(None, "en"),),
        assets=Assets(thumbnail_url=BAD, dash_player_url=BAD),
    )
    playlist = Playlist(BAD, BAD, (), {}, (), None, None, None, None, BAD, None, None, {})
    episode = Episode(media, PublicFile(BAD, BAD, None))
    plain = Episode(Media.sparse("2", title=None, type=None, status="done"), PublicFile("https://a/b", "audio/ogg", 1))
    for said in ({}, {"title": BAD, "author": BAD, "email": BAD, "category": BAD, "description": BAD, "language": BAD}):
        text = written(playlist, [episode, plain], said)  # type: ignore[arg-type]
        root = ET.fromstring(text.encode("utf-8"))
        title = root.findtext("channel/item/title")
        assert title is not None
        assert title.endswith("\U0001f600<a href=\"'&]]>")
        assert title.count("\ufffd") == 29 + 4
        enclosure = root.find("channel/item/enclosure")
        assert enclosure is not None
        assert enclosure.get("length") == "0"
        assert root.find("channel/item/pubDate") is None
        assert not feedparser.parse(text).bozo


def test_an_object_of_no_time_has_no_date() -> None:
    playlist = Playlist("p", "P", (), {}, (), None, None, None, None, None, None, None, {})
    late = datetime.max.replace(tzinfo=timezone(timedelta(hours=-5)))
    times = [datetime(2026, 3, 1), datetime(2026, 2, 1, 3, tzinfo=timezone(timedelta(hours=2))), late, None]  # noqa: DTZ001  # one without a zone
    media = [evolve(Media.sparse("1", title="T", type=None, status="done"), created_at=time) for time in times]
    text = written(playlist, [Episode(one, PublicFile("https://a/b", "audio/ogg", 1)) for one in media], {})
    root = ET.fromstring(text.encode())
    first = "Sun, 01 Mar 2026 00:00:00 GMT"
    dates = [item.findtext("pubDate") for item in root.iterfind("channel/item")]
    assert dates == [first, "Sun, 01 Feb 2026 01:00:00 GMT", None, None]
    assert root.findtext("channel/pubDate") == first


# What anyone may fetch


@TWO
def test_a_file_is_asked_for_without_a_key(way: str, box: Sandbox, client: Aioz, tmp_path: Path) -> None:
    media = publish(box, record(tmp_path / "talk.wav"), transcribe=False, is_public=True).media

    async def ask(url: str) -> PublicFile:
        async with AsyncAioz(base_url=box.aioz_url, token="sandbox-token", retry=ONCE) as other:
            return await other.public_file(url)

    found = client.public_file if way == "sync" else lambda url: asyncio.run(ask(url))
    before = len(box.requests)
    url = str(media.assets.source_url)
    size = (tmp_path / "talk.wav").stat().st_size
    assert found(url) == PublicFile(url, "audio/x-wav", size)
    (request,) = box.requests[before:]
    assert (request.header("authorization"), request.header("range")) == (None, "bytes=0-4095")
    with box.faults(Fault(path="*/source", content_type="application/octet-stream")):
        assert found(url).content_type == "audio/wav"
    with box.faults(Fault(path="*/elsewhere", status=302, headers={"Location": url})):
        assert found(f"{box.url}/elsewhere").content_type == "audio/x-wav"
    for wrong in ("file:///etc/passwd", "http://["):
        with pytest.raises(InvalidInput):
            found(wrong)
    fault = Fault(path="*/elsewhere", status=302, headers={"Location": "http://["})
    with box.faults(fault), pytest.raises(StatusError, match="not followed"):
        found(f"{box.url}/elsewhere")


SENT = {
    "the whole file": ({}, b"OggS" + bytes(9000), "audio/ogg", 9004),
    "less than was asked for": ({}, b"OggS", "audio/ogg", 4),
    "a range of no size": ({"Content-Range": "bytes 0-3/" + "9" * 5000}, b"OggS", "audio/ogg", None),
    "a range of an unknown size": ({"Content-Range": "bytes 0-3/*"}, b"OggS", "audio/ogg", None),
}


@pytest.mark.parametrize("name", SENT)
def test_what_a_server_sends_is_understood(name: str, box: Sandbox, client: Aioz) -> None:
    headers, body, kind, size = SENT[name]
    fault = Fault(path="*/file", status=206 if headers else 200, headers=headers, body=body)
    with box.faults(fault):
        assert client.public_file(f"{box.url}/file") == PublicFile(f"{box.url}/file", kind, size)


@pytest.mark.parametrize(("kind", "body"), [("text/html", b"<html>"), ("audio/ogg", b"")])
def test_a_page_or_nothing_is_no_file(kind: str, body: bytes, box: Sandbox, client: Aioz) -> None:
    fault = Fault(path="*/file", status=200, headers={"Content-Type": kind}, body=body)
    with box.faults(fault), pytest.raises(UnexpectedAnswer):
        client.public_file(f"{box.url}/file")
