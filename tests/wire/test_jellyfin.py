"""What Jellyfin's operations send, byte for byte."""

import asyncio
import platform
import re
from collections.abc import Awaitable, Callable
from typing import Any, cast, get_type_hints
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.wire.recorder import Received, Recorder, answer, check_golden
from tonearm import AsyncJellyfin, Jellyfin, __version__
from tonearm.jellyfin import AudioParams

ITEM = "4B3D2C1A0F9E4D8CB7A6958473625140"
SESSION = "6d1f0c7b2a3e4f5d8c9b0a1e2d3c4b5a"
SOUND = answer(b"sound", content_type="audio/mpeg")
HEAD = answer(content_type="audio/flac", headers={"Accept-Ranges": "bytes"})

ALL: AudioParams = {
    "container": "mp3",
    "static": False,
    "params": ";;audio-device;;;mp3",
    "tag": "a b+c&d=é",
    "device_profile_id": "generic",
    "play_session_id": SESSION,
    "segment_container": "ts",
    "segment_length": 6,
    "min_segments": 1,
    "media_source_id": "8f2b4d6a1c3e5f708192a3b4c5d6e7f8",
    "device_id": "living-room",
    "audio_codec": "opus,mp3",
    "enable_auto_stream_copy": True,
    "allow_video_stream_copy": True,
    "allow_audio_stream_copy": False,
    "break_on_non_key_frames": False,
    "audio_sample_rate": 48_000,
    "max_audio_bit_depth": 16,
    "audio_bit_rate": 192_000,
    "audio_channels": 2,
    "max_audio_channels": 2,
    "profile": "main",
    "level": "-3.1",
    "framerate": 25,
    "max_framerate": 29.97,
    "copy_timestamps": False,
    "start_time_ticks": 9_223_372_036_854_775_807,
    "width": 1280,
    "height": 720,
    "video_bit_rate": 2_147_483_647,
    "subtitle_stream_index": 2,
    "subtitle_method": "External",
    "max_ref_frames": 4,
    "max_video_bit_depth": 8,
    "require_avc": False,
    "de_interlace": False,
    "require_non_anamorphic": True,
    "transcoding_max_audio_channels": 2,
    "cpu_core_limit": 2,
    "live_stream_id": "5b1e6f0a9c8d4e7fb2a3c4d5e6f70819",
    "enable_mpegts_m2_ts_mode": False,
    "video_codec": "h264",
    "subtitle_codec": "srt",
    "transcode_reasons": "ContainerNotSupported",
    "audio_stream_index": 0,
    "video_stream_index": 0,
    "context": "Streaming",
    "stream_options": {"opus-audiochannels": "1", "flac-x": "a b"},
    "enable_audio_vbr_encoding": True,
}


async def _read(stream: Any) -> None:
    async with stream as audio:
        await audio.read()


def listen(client: Any, **asked: Any) -> Any:
    stream = client.stream(ITEM, **asked)
    if isinstance(client, AsyncJellyfin):
        return _read(stream)
    with stream as audio:
        return audio.read()


Operation = Callable[[Any], Any]
OPERATIONS: dict[str, tuple[Operation, bytes]] = {
    "get_audio_stream": (lambda jf: listen(jf, preset="original", play_session_id=SESSION), SOUND),
    "head_audio_stream": (lambda jf: jf.probe(ITEM), HEAD),
    "get_audio_stream_by_container": (
        lambda jf: listen(jf, preset="mp3_256", start=90.5, play_session_id=SESSION),
        SOUND,
    ),
    "stop_encoding_process": (lambda jf: jf.stop_encoding(SESSION), answer(status=204)),
    "get_audio_stream_by_container_all": (lambda jf: listen(jf, **ALL), SOUND),
    "head_audio_stream_by_container": (lambda jf: jf.probe(ITEM, container="opus", audio_bit_rate=96_000), HEAD),
    "head_audio_stream_by_container_all": (lambda jf: jf.probe(ITEM, **ALL), HEAD),
}
SETTINGS: dict[str, Any] = {"token": 'to"k,en+%41', "device_id": 'shelf "2", left'}


def record(operation: Operation, reply: bytes) -> Received:
    with Recorder([reply]) as server, Jellyfin(server.url + "/media/", **SETTINGS) as client:
        operation(client)
    (request,) = server.requests
    return request


def record_async(operation: Operation, reply: bytes) -> Received:
    async def perform(url: str) -> None:
        async with AsyncJellyfin(url, **SETTINGS) as client:
            await cast("Awaitable[object]", operation(client))

    with Recorder([reply]) as server:
        asyncio.run(perform(server.url + "/media/"))
    (request,) = server.requests
    return request


@pytest.fixture(autouse=True)
def _a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "node", lambda: "küche")


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_exactly_its_golden(name: str, way: Callable[..., Received]) -> None:
    sent = way(*OPERATIONS[name])
    check_golden(f"jellyfin/{name}", sent.raw.replace(f'Version="{__version__}"'.encode(), b'Version="VERSION"'))


def test_the_golden_with_everything_has_every_parameter_of_the_document() -> None:
    assert ALL.keys() == get_type_hints(AudioParams).keys()
    sent = record(*OPERATIONS["get_audio_stream_by_container_all"])
    query = dict(parse_qsl(urlsplit(sent.target).query))
    flat = ALL.keys() - {"container", "stream_options"}
    assert len(query) == len(flat) + 2
    assert query.keys() >= {re.sub("_(.)", lambda found: found[1].upper(), name) for name in flat}


def test_params_arrives_as_given_and_is_absent_when_not_given() -> None:
    queries = [dict(parse_qsl(urlsplit(record(*OPERATIONS[name]).target).query)) for name in OPERATIONS]
    assert [query.get("params") for query in queries] == [None, None, None, None, ALL["params"], None, ALL["params"]]


def test_booleans_are_words_and_stream_options_are_flat() -> None:
    query = dict(parse_qsl(urlsplit(record(*OPERATIONS["get_audio_stream_by_container_all"]).target).query))
    assert (query["requireNonAnamorphic"], query["static"]) == ("true", "false")
    assert (query["opus-audiochannels"], query["flac-x"]) == ("1", "a b")
    assert "streamOptions" not in query
