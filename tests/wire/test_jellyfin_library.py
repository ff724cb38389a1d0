"""What Jellyfin's operations beside the streams send, byte for byte."""

import asyncio
import platform
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.inside.jellyfin import Pairing, accounts
from tests.jellyfin.ways import gathered, planned
from tests.wire.recorder import Received, Recorder, answer, check_golden
from tonearm import AsyncJellyfin, Jellyfin, __version__
from tonearm.jellyfin import Item, Lyrics

ITEM = "4B3D2C1A0F9E4D8CB7A6958473625140"
SESSION = "6d1f0c7b2a3e4f5d8c9b0a1e2d3c4b5a"
PAIRING = Pairing("123456", "6F1E&2D")
LYRICS = Lyrics.from_lrc("[00:01.00]Good evening.\n[00:02.5]Grüß Gott.\n")

TOKEN = answer(json={"AccessToken": "t"})
QUICK = answer(json={"Authenticated": True, "Secret": "s", "Code": "123456"})
ONE = answer(json={"Id": "i", "Version": "10.11.11"})
PAGE = answer(json={"Items": []})
SUNG = answer(json={"Lyrics": [{"Text": "Good evening."}]})
SOUND = answer(b"sound", content_type="audio/mpeg")
DONE = b"HTTP/1.1 204 No Content\r\n\r\n"


def heard(stream: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Read a stream to its end."""

    async def read(opened: Any) -> bytes:
        async with opened as audio:
            found: bytes = await audio.read()
            return found

    def listen(jf: Any) -> Any:
        if isinstance(jf, AsyncJellyfin):
            return read(stream(jf))
        with stream(jf) as audio:
            return audio.read()

    return listen


OPERATIONS: dict[str, tuple[Callable[[Any], Any], bytes]] = {
    "get_public_system_info": (lambda jf: jf.server(), ONE),
    "authenticate_user_by_name": (planned(lambda: accounts.log_in("ada", 'pass "word" é')), TOKEN),
    "authenticate_with_quick_connect": (planned(lambda: accounts.redeem(PAIRING)), TOKEN),
    "get_current_user": (lambda jf: jf.me(), ONE),
    "initiate_quick_connect": (planned(accounts.initiate), QUICK),
    "get_quick_connect_state": (planned(lambda: accounts.is_approved(PAIRING)), QUICK),
    "report_session_ended": (lambda jf: jf.logout(), DONE),
    "get_item": (lambda jf: jf.item(ITEM), ONE),
    "get_items": (gathered(lambda jf: jf.items()), PAGE),
    "get_items_all": (
        gathered(
            lambda jf: jf.search(
                "a b&c=é",
                parent=ITEM,
                artist=UUID(ITEM),
                genre="Folk & Country",
                favorite=True,
                sort_by="year",
                descending=True,
            )
        ),
        PAGE,
    ),
    "get_artists": (gathered(lambda jf: jf.artists(search="An")), PAGE),
    "get_playlist_items": (gathered(lambda jf: jf.playlist(ITEM)), PAGE),
    "add_item_to_playlist": (lambda jf: jf.add_to_playlist(ITEM, [ITEM, Item(ITEM.lower())]), DONE),
    "remove_item_from_playlist": (lambda jf: jf.remove_from_playlist(ITEM, ["e1", "e2"]), DONE),
    "create_playlist": (lambda jf: jf.create_playlist("Évening", [UUID(ITEM)]), ONE),
    "get_instant_mix_from_item": (lambda jf: jf.instant_mix(ITEM, limit=20), PAGE),
    "get_similar_items": (lambda jf: jf.similar(ITEM), PAGE),
    "get_posted_playback_info": (
        lambda jf: jf.playback(
            ITEM,
            ["flac", "mp4|aac|alac"],
            transcoding_container="ts",
            audio_codec="aac",
            max_streaming_bitrate=320_000,
            max_audio_channels=2,
            media_source_id=ITEM,
            hls=True,
        ),
        ONE,
    ),
    "get_item_image": (lambda jf: jf.cover(ITEM, max_width=600), answer(b"\xff\xd8\xff", content_type="image/jpeg")),
    "mark_favorite_item": (lambda jf: jf.set_favorite(ITEM), ONE),
    "unmark_favorite_item": (lambda jf: jf.set_favorite(ITEM, favorite=False), ONE),
    "get_universal_audio_stream": (heard(lambda jf: jf.universal(ITEM, ["flac", "mp4|aac"])), SOUND),
    "get_universal_audio_stream_all": (
        heard(
            lambda jf: jf.universal(
                ITEM,
                ["flac"],
                start=90.5,
                transcoding_container="opus",
                audio_codec="opus",
                audio_bit_rate=96_000,
                max_streaming_bitrate=320_000,
                max_audio_channels=2,
                max_audio_sample_rate=48_000,
                max_audio_bit_depth=16,
                media_source_id=ITEM,
                enable_audio_vbr_encoding=False,
            )
        ),
        SOUND,
    ),
    "get_lyrics": (lambda jf: jf.lyrics(ITEM), SUNG),
    "upload_lyrics": (lambda jf: jf.put_lyrics(ITEM, LYRICS), SUNG),
    "delete_lyrics": (lambda jf: jf.delete_lyrics(ITEM), DONE),
    "report_playback_start": (lambda jf: jf.report_start(ITEM, play_method="Transcode", can_seek=False), DONE),
    "report_playback_progress": (
        lambda jf: jf.report_progress(
            ITEM, 90.5, is_paused=True, can_seek=True, play_session_id=SESSION, media_source_id=ITEM
        ),
        DONE,
    ),
    "report_playback_stopped": (
        lambda jf: jf.report_stop(ITEM, 283.5, play_session_id=SESSION, media_source_id=ITEM, failed=False),
        DONE,
    ),
}
SETTINGS: dict[str, Any] = {"token": "tok", "device_id": "shelf", "user_id": "7f1a2b3c4d5e4f60817293a4b5c6d7e8"}


def record(operation: Callable[[Any], Any], reply: bytes) -> Received:
    with Recorder([reply]) as server, Jellyfin(server.url + "/media/", **SETTINGS) as client:
        operation(client)
    (request,) = server.requests
    return request


def record_async(operation: Callable[[Any], Any], reply: bytes) -> Received:
    async def perform(url: str) -> None:
        async with AsyncJellyfin(url, **SETTINGS) as client:
            await operation(client)

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


def test_lyrics_are_sent_with_their_length_and_a_login_without_a_token() -> None:
    sent = record(*OPERATIONS["upload_lyrics"])
    assert sent.headers["content-length"] == str(len(sent.body)) == str(len(LYRICS.to_lrc().encode()))
    assert sent.headers["content-type"] == "text/plain; charset=utf-8"
    assert "transfer-encoding" not in sent.headers
