"""Jellyfin's audio in segments, as players fetch it (HTTP Live Streaming)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import av
import httpx
import numpy as np
import pytest

import tonearm
from tonearm import sandbox
from tonearm.sandbox import Sandbox, library
from tonearm.sandbox.audio import ENCODINGS, encode

SECONDS, RATE = 10.0, 24_000
SONG = library.item_id("song.flac")


@pytest.fixture(scope="module")
def sound() -> "np.ndarray[Any, Any]":
    """A tone that rises, so that no stretch of it is like another."""
    times = np.arange(int(SECONDS * RATE)) / RATE
    return (9_000 * np.sin(2 * np.pi * (200 * times + 90 * times**2))).astype("<i2")


@pytest.fixture(scope="module")
def box(sound: "np.ndarray[Any, Any]", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder: Path = tmp_path_factory.mktemp("library")
    (folder / "song.flac").write_bytes(b"".join(encode([sound.tobytes()], ENCODINGS["flac"], rate=RATE)))
    with sandbox.start(library=folder) as running:
        yield running


@pytest.fixture(scope="module")
def client(box: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=box.jellyfin_url, headers={"Authorization": 'MediaBrowser Token="sandbox-token"'}
    ) as one:
        yield one


def query(**more: str | int) -> dict[str, str | int]:
    return {"mediaSourceId": SONG.hex, "audioCodec": "aac", "ApiKey": "sandbox-token", **more}


def named(answer: httpx.Response) -> list[str]:
    """What the lines of a playlist that are no tags name, as URLs."""
    assert answer.status_code == 200, answer.text
    assert answer.text.startswith("#EXTM3U\n")
    return [str(answer.url.join(line)) for line in answer.text.splitlines() if not line.startswith("#")]


def played(url: str) -> "np.ndarray[Any, Any]":
    """What FFmpeg, as a player that is given nothing but the address, decodes."""
    with av.open(url) as player:
        resampler = av.AudioResampler("s16", "mono", RATE)
        frames = [one for frame in player.decode(audio=0) for one in resampler.resample(frame)]
        return np.concatenate([frame.to_ndarray()[0] for frame in [*frames, *resampler.resample(None)]])


@pytest.mark.parametrize("container", ["ts", "mp4"])
def test_a_player_hears_the_whole_song(
    box: Sandbox, client: httpx.Client, sound: "np.ndarray[Any, Any]", container: str
) -> None:
    path = f"/Audio/{SONG}/master.m3u8"
    [variant] = named(client.get(path, params=query(segmentContainer=container)))
    segments = named(client.get(variant))
    assert len(segments) == 4
    assert all(f"/hls1/main/{number}.{container}?" in url for number, url in enumerate(segments))
    heard = played(str(httpx.URL(f"{box.jellyfin_url}{path}", params=query(segmentContainer=container))))
    assert abs(len(heard) - len(sound)) <= 3 * 1024  # the encoder's own delay and its last frame
    delays = [np.corrcoef(heard[shift : shift + RATE], sound[:RATE])[0, 1] for shift in range(3 * 1024)]
    shift = int(np.argmax(delays))
    for second in range(int(SECONDS) - 1):
        place = slice(second * RATE, (second + 1) * RATE)
        assert np.corrcoef(heard[shift:][place], sound[place])[0, 1] > 0.98, second


def test_the_library_hands_out_what_a_player_can_play(box: Sandbox, sound: "np.ndarray[Any, Any]") -> None:
    with tonearm.Jellyfin(box.jellyfin_url, token="sandbox-token") as jellyfin:
        found = jellyfin.playback(SONG, ["mp3"], hls=True, with_key=True)
        url = found.sources[0].url
    assert url is not None
    assert "/master.m3u8?" in url
    assert abs(len(played(url)) - len(sound)) <= 3 * 1024


def test_universal_gives_the_playlist_where_segments_are_wanted(box: Sandbox, client: httpx.Client) -> None:
    asked = {"container": "mp3", "transcodingProtocol": "hls", "transcodingContainer": "ts", "audioCodec": "aac"}
    [variant] = named(client.get(f"/Audio/{SONG}/universal", params=asked))
    assert f"/Audio/{SONG}/main.m3u8?" in variant
    assert len(named(client.get(variant))) == 4


def test_an_ended_play_session_leaves_nothing_and_is_made_again_for_who_asks(
    box: Sandbox, client: httpx.Client
) -> None:
    first = named(client.get(f"/Audio/{SONG}/main.m3u8", params=query(playSessionId="s", deviceId="d")))[0]
    before = client.get(first).content
    folder = box.jellyfin.segments.files()
    ended = client.delete("/Videos/ActiveEncodings", params={"deviceId": "d", "playSessionId": "S"})
    assert ended.status_code == 204
    assert len(box.jellyfin.segments.files()) == len(folder) - 1
    assert client.get(first).content == before


@pytest.mark.parametrize(
    ("path", "left_out", "more", "status"),
    [
        ("main.m3u8", "ApiKey", {}, 401),
        ("main.m3u8", "audioCodec", {}, 500),
        ("main.m3u8", "", {"segmentContainer": "ogg"}, 500),
        ("main.m3u8", "", {"audioCodec": "nonsense"}, 500),
        ("master.m3u8", "mediaSourceId", {}, 400),
        ("master.m3u8", "ApiKey", {}, 401),
        ("hls1/main/0.ts", "", {}, 400),
        ("hls1/main/x.ts", "", {"runtimeTicks": 0, "actualSegmentLengthTicks": 1}, 400),
        ("hls1/main/9.ts", "", {"runtimeTicks": 0, "actualSegmentLengthTicks": 1}, 404),
        ("hls1/main/0.ogg", "", {"runtimeTicks": 0, "actualSegmentLengthTicks": 1}, 500),
    ],
)
def test_what_the_server_refuses(
    box: Sandbox, path: str, left_out: str, more: dict[str, str | int], status: int
) -> None:
    asked = {name: value for name, value in query(**more).items() if name != left_out}
    assert httpx.get(f"{box.jellyfin_url}/Audio/{SONG}/{path}", params=asked).status_code == status


def test_an_item_that_is_not_there_has_no_segments(client: httpx.Client) -> None:
    for path in ("master.m3u8", "main.m3u8"):
        assert client.get(f"/Audio/{UUID(int=1)}/{path}", params=query()).status_code == 404
