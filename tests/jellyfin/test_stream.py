"""Listening while the audio comes, over real sockets."""

from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.jellyfin.conftest import House
from tests.jellyfin.ways import ONCE, Way
from tests.wire.recorder import Recorder, answer
from tonearm import AsyncJellyfin, InvalidInput, Jellyfin, NotFound, ServiceFailed, UnexpectedAnswer
from tonearm.jellyfin import PresetName, presets
from tonearm.sandbox import Exchange
from tonearm_generated.jellyfin.api.audio import get_audio_stream

ITEM = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"


def sessions(exchanges: list[Exchange]) -> list[str]:
    return [parse_qs(exchange.query)["playSessionId"][0] for exchange in exchanges]


@pytest.mark.parametrize("name", presets.PRESETS)
def test_every_preset_brings_audio_of_its_format(name: PresetName, house: House, way: Way) -> None:
    heard = way.listen(house.url, house.talk, preset=name)
    made = presets.by_extension(presets.PRESETS[name].get("container", "flac"))
    assert presets.by_media_type(heard.content_type) is made
    assert len(heard.bodies[0]) > 10_000


def test_the_original_comes_as_it_is_and_with_its_size(house: House, way: Way) -> None:
    heard = way.listen(house.url, house.long, preset="original")
    assert heard.bodies == [house.long_file.read_bytes()]
    assert heard.size == 3_000_000


def test_each_opening_has_a_session_of_its_own(house: House, way: Way) -> None:
    before = len(house.box.requests)
    way.listen(house.url, house.talk, preset="mp3_128", restarts=(0.0, 1.0))
    way.listen(house.url, house.talk, preset="mp3_128")
    asked = house.asked(before)
    assert len(set(sessions(asked))) == len(asked) == 4
    ticks = [parse_qs(exchange.query).get("startTimeTicks") for exchange in asked]
    assert ticks == [None, ["0"], ["10000000"], None]


def test_a_restart_leaves_a_session_that_was_given(house: House, way: Way) -> None:
    before = len(house.box.requests)
    way.listen(house.url, house.talk, preset="mp3_128", start=2, play_session_id="mine", restarts=(1.0,))
    first, second = sessions(house.asked(before))
    assert first == "mine"
    assert second != "mine"


def test_retries_keep_the_session(house: House, way: Way) -> None:
    before = len(house.box.requests)
    starting = {"Retry-After": "000", "Content-Type": "text/html"}
    house.box.fault(path="*/stream*", status=503, headers=starting, body=b"<p>starting</p>")
    house.box.fault(path="*/stream*", drop_headers=True)
    way.listen(house.url, house.talk, preset="mp3_128")
    asked = sessions(house.asked(before))
    assert len(asked) == 3
    assert len(set(asked)) == 1


def test_a_server_that_does_not_come_up_is_a_clear_error(house: House, way: Way) -> None:
    headers = {"Retry-After": "005", "Content-Type": "text/html", "Message": "Startup in progress"}
    house.box.fault(path="*/stream*", status=503, headers=headers, body=b"<p>wait</p>")
    with pytest.raises(ServiceFailed) as caught:
        way.listen(house.url, house.talk, preset="mp3_128", retry=ONCE)
    assert (caught.value.status, caught.value.retry_after) == (503, 5.0)
    assert caught.value.message == "Startup in progress"


def test_an_item_that_is_not_there_is_not_found(house: House, way: Way) -> None:
    with pytest.raises(NotFound, match=r"GET .*/stream\.mp3 -> 404: Error processing request\."):
        way.listen(house.url, ITEM, preset="mp3_128")


def test_the_original_cannot_restart_elsewhere(house: House, way: Way) -> None:
    again = way.listen(house.url, house.talk, preset="original", restarts=(0.0,))
    assert again.bodies[0] == again.bodies[1]
    with pytest.raises(InvalidInput, match="from its beginning"):
        way.listen(house.url, house.talk, preset="original", restarts=(1.0,))


NO_AUDIO: list[tuple[dict[str, Any], str]] = [
    ({"body": b"", "content_type": "audio/mpeg"}, "the body is empty"),
    ({"body": b"<html>log in</html>", "content_type": "text/html; charset=utf-8"}, "text/html, not audio"),
    ({"body": b"{}", "content_type": "application/problem+json"}, "json, not audio"),
    (
        {"body": b"sound", "content_type": "audio/mpeg", "headers": {"Content-Encoding": "gzip"}},
        "compressed (gzip)",
    ),
]


@pytest.mark.parametrize(("given", "says"), NO_AUDIO)
def test_a_success_that_is_no_audio_is_an_error(given: dict[str, Any], says: str, way: Way) -> None:
    with Recorder([answer(**given)]) as server, pytest.raises(UnexpectedAnswer) as caught:
        way.listen(server.url, ITEM, preset="mp3_128")
    assert says in str(caught.value)
    assert caught.value.status == 200


def test_the_generated_client_works_on_the_same_connections(house: House) -> None:
    with Jellyfin(house.url, token="sandbox-token") as jf:
        reply = get_audio_stream.sync_detailed(
            house.talk, client=jf.generated, container="mp3", audio_codec="mp3", params=";;x"
        )
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "audio/mpeg"
    assert house.box.requests[-1].header("authorization") == "***"
    assert "container=mp3&params=%3B%3Bx&" in house.box.requests[-1].query


@pytest.mark.anyio
async def test_the_generated_coroutines_work_on_the_same_connections(house: House) -> None:
    async with AsyncJellyfin(house.url) as jf:
        reply = await get_audio_stream.asyncio_detailed(house.talk, client=jf.generated, static=True)
    assert reply.content == (house.folder / "talk.flac").read_bytes()
