"""Asking what a stream would be."""

import pytest

from tests.jellyfin.conftest import House
from tests.jellyfin.ways import ONCE, Way
from tests.wire.recorder import Recorder, answer
from tonearm import BadRequest, ServiceFailed, UnexpectedAnswer
from tonearm.jellyfin import AudioInfo

ITEM = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"


def test_without_options_it_tells_of_the_original(house: House, way: Way) -> None:
    found = way.call(house.url, lambda jf: jf.probe(house.talk))
    size = (house.folder / "talk.flac").stat().st_size
    assert found == AudioInfo("audio/flac", size, resumable=True, duration=None)


def test_of_encoded_audio_it_tells_the_type_alone(house: House, way: Way) -> None:
    found = way.call(house.url, lambda jf: jf.probe(house.talk, container="opus", audio_bit_rate=96_000))
    assert found == AudioInfo("audio/ogg", None, resumable=False)


def test_it_sends_head_and_no_session(house: House, way: Way) -> None:
    way.call(house.url, lambda jf: jf.probe(house.talk, static=True, container="flac"))
    sent = house.box.requests[-1]
    assert (sent.method, sent.path.rpartition("/")[2]) == ("HEAD", "stream.flac")
    assert "playSessionId" not in sent.query


def test_the_servers_name_for_the_request_is_kept(way: Way) -> None:
    with Recorder([answer(content_type="audio/flac", headers={"X-Request-Id": "r1"})]) as server:
        assert way.call(server.url, lambda jf: jf.probe(ITEM)).request_id == "r1"


@pytest.mark.parametrize(("status", "error"), [(400, BadRequest), (500, ServiceFailed)])
def test_an_error_is_clear_although_it_has_no_body(status: int, error: type[Exception], way: Way) -> None:
    with Recorder([answer(status=status, content_type="text/plain", length=24)]) as server:
        with pytest.raises(error) as caught:
            way.call(server.url, lambda jf: jf.probe(ITEM), retry=ONCE)
        url = server.url
    assert str(caught.value) == f"HEAD {url}/Audio/{ITEM}/stream -> {status}: the server gave no reason"


def test_a_page_instead_of_audio_is_an_error(way: Way) -> None:
    with Recorder([answer(content_type="text/html")]) as server, pytest.raises(UnexpectedAnswer, match="not audio"):
        way.call(server.url, lambda jf: jf.probe(ITEM))
