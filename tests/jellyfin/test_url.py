"""URLs for players outside: equal for equal questions, and without a key unless it is asked for."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.jellyfin.conftest import House
from tests.jellyfin.ways import Way
from tests.wire.recorder import Recorder, answer
from tonearm import ConfigurationError, Jellyfin

ITEM = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"
OTHER = "4b3d2c1a-0f9e-4d8c-b7a6-958473625141"


def session(url: str) -> str:
    return dict(parse_qsl(urlsplit(url).query))["playSessionId"]


def test_it_gives_the_same_bytes_as_the_client(house: House, way: Way) -> None:
    url = way.call(house.url, lambda jf: jf.url(house.talk, preset="mp3_128"))
    heard = way.listen(house.url, house.talk, preset="mp3_128")
    assert httpx.get(url).content == heard.bodies[0]
    original = way.call(house.url, lambda jf: jf.url(house.talk, preset="original"))
    assert httpx.get(original).content == (house.folder / "talk.flac").read_bytes()


def test_it_is_what_the_client_would_send(way: Way) -> None:
    with Recorder([answer(b"sound", content_type="audio/mpeg")]) as server:
        url = way.call(
            server.url + "/a%20b", lambda jf: jf.url(ITEM, preset="mp3_128", tag="a b&c", play_session_id="s")
        )
        way.listen(server.url + "/a%20b", ITEM, preset="mp3_128", tag="a b&c", play_session_id="s")
    assert url == server.url + server.requests[0].target


def test_nothing_is_sent(way: Way) -> None:
    with Recorder([]) as server:
        assert way.call(server.url, lambda jf: jf.url(ITEM, preset="flac")).startswith(server.url)
        assert server.connections == 0


ASKED: list[dict[str, Any]] = [
    {"preset": "mp3_256"},
    {"preset": "mp3_128"},
    {"preset": "opus_128"},
    {"preset": "mp3_256", "start": 1},
    {"preset": "mp3_256", "max_audio_channels": 1},
    {"preset": "mp3_256", "audio_sample_rate": 48_000},
    {"preset": "mp3_256", "media_source_id": "0" * 32},
    {"preset": "mp3_256", "stream_options": {"mp3-audiochannels": "1"}},
    {"preset": "mp3_256", "enable_audio_vbr_encoding": False},
    {"preset": "mp3_256", "cpu_core_limit": 1},
    {"container": "aac"},
    {"static": True},
]


def test_equal_questions_give_equal_sessions_and_others_others() -> None:
    with Jellyfin("http://nas", device_id="d") as one, Jellyfin("http://nas", device_id="d") as two:
        urls = [one.url(item, **asked) for item in (ITEM, OTHER) for asked in ASKED]
        assert urls == [two.url(item, **asked) for item in (ITEM, OTHER) for asked in ASKED]
    assert len({session(url) for url in urls}) == len(urls)


def test_the_order_of_arguments_makes_no_difference() -> None:
    with Jellyfin("http://nas") as nas:
        one = nas.url(ITEM, container="mp3", audio_bit_rate=1, stream_options={"a": "1", "b": "2"})
        two = nas.url(ITEM, stream_options={"b": "2", "a": "1"}, audio_bit_rate=1, container="mp3")
    assert session(one) == session(two)


def test_a_session_that_is_given_is_used() -> None:
    with Jellyfin("http://nas") as nas:
        assert session(nas.url(ITEM, preset="flac", play_session_id="mine")) == "mine"


def test_the_key_is_in_it_only_when_asked_and_changes_nothing_else() -> None:
    with Jellyfin("http://nas", token="secret+key") as nas:
        plain, keyed = nas.url(ITEM, preset="flac"), nas.url(ITEM, preset="flac", with_key=True)
    assert "secret" not in plain
    assert keyed == plain + "&ApiKey=secret%2Bkey"


def test_a_key_that_is_not_there_cannot_be_in_it(way: Way) -> None:
    with pytest.raises(ConfigurationError, match="give a token"):
        way.call("http://nas", lambda jf: jf.url(ITEM, preset="flac", with_key=True))
