"""Uses of the Jellyfin clients that must be accepted, and those that must not; checked, never run."""
# pyright: strict

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import assert_type
from uuid import UUID

from tonearm import Answers, AsyncAudioStream, AsyncJellyfin, AudioStream, Jellyfin, Progress
from tonearm.jellyfin import AudioInfo, AudioParams, Download, Item, Kept, Lyrics, User

ITEM = UUID("4b3d2c1a-0f9e-4d8c-b7a6-958473625140")
LOUNGE: AudioParams = {"container": "mp3", "audio_bit_rate": 128_000, "stream_options": {"mp3-audiochannels": "1"}}


def show(progress: Progress) -> None:
    assert_type(progress.done, int)


def listen(jf: Jellyfin) -> Iterator[bytes]:
    with jf.stream(ITEM, preset="mp3_256", start=timedelta(minutes=1), subtitle_method="Hls") as audio:
        assert_type(audio, AudioStream)
        assert_type(audio.read(4096), bytes)
        assert_type(audio.size, int | None)
        audio.restart(90.0)
        yield from audio


def keep(jf: Jellyfin, folder: Path) -> Download:
    assert_type(jf.probe(ITEM), AudioInfo)
    assert_type(jf.probe(ITEM, **LOUNGE).size, int | None)
    assert_type(jf.url(ITEM, with_key=True, **LOUNGE), str)
    jf.download(ITEM, BytesIO(), preset=None, **LOUNGE)
    return jf.download(ITEM, folder, on_progress=show)


async def keep_async(url: str, folder: Path) -> tuple[str, ...]:
    async with AsyncJellyfin(url, token="t", device_id="d") as jf:
        async with jf.stream("4b3d2c1a0f9e4d8cb7a6958473625140", container="opus") as audio:
            assert_type(audio, AsyncAudioStream)
            async for block in audio:
                assert_type(block, bytes)
        assert_type(jf.url(ITEM, preset="flac"), str)
        assert_type(await jf.probe(ITEM), AudioInfo)
        done = await jf.download(ITEM, str(folder), preset="opus_96")
    assert_type(done.path, Path | None)
    return done.verified


def find(url: str) -> Iterator[Item]:
    jf = Jellyfin.login(url, "ada", "secret", device_id="desk")
    assert_type(jf, Jellyfin)
    assert_type(Jellyfin.quick_connect(url, show=print, wait=60), Jellyfin)
    assert_type(jf.token, str | None)
    assert_type(jf.me(), User)
    assert_type(jf.server().ready, bool | None)
    assert_type(jf.search("evening", genre="Choral", sort_by="year"), Iterator[Item])
    assert_type(jf.items(parent=ITEM, artist="4b3d2c1a0f9e4d8cb7a6958473625140"), Iterator[Item])
    assert_type(jf.item(ITEM).duration, float | None)
    assert_type([source.size for source in jf.item(ITEM).sources], list[int | None])
    for album in jf.albums(search="blue"):
        assert_type(jf.download_all(album.id, "folder", preset="mp3_256", workers=4), Answers[Kept])
    jf.download_all(list(jf.playlist(ITEM)), Path("folder"), on_progress=show)
    yield from jf.artists()


def play(jf: Jellyfin) -> None:
    with jf.universal(ITEM, ["flac", "mp4|aac"], start=1.5, max_audio_channels=2) as audio:
        assert_type(audio, AudioStream)
        jf.report_start(ITEM, play_session_id=audio.play_session_id or "", play_method="Transcode")
    jf.report_progress(ITEM, timedelta(seconds=9), is_paused=True)
    jf.report_stop(ITEM, 10, failed=False)
    assert_type(jf.put_lyrics(ITEM, Lyrics.from_lrc("[00:01.00]a")).to_lrc(), str)
    assert_type([line.start for line in jf.lyrics(ITEM).lines], list[float | None])


async def find_async(url: str) -> None:
    async with await AsyncJellyfin.login(url, "ada", "secret") as jf:
        assert_type(jf, AsyncJellyfin)
        async for item in jf.search("evening"):
            assert_type(item, Item)
        assert_type(await jf.item(ITEM), Item)
        assert_type(await jf.download_all(ITEM, "folder"), Answers[Kept])
        async with jf.universal(ITEM, ["mp3"]) as audio:
            assert_type(audio, AsyncAudioStream)
        await jf.logout()


def wrong(jf: Jellyfin) -> None:
    jf.items(sort_by="loudness")  # type: ignore[arg-type]  # no such order  # pyright: ignore[reportArgumentType]
    jf.items(album=ITEM)  # type: ignore[call-arg]  # no such filter  # pyright: ignore[reportCallIssue]
    jf.report_start(ITEM, play_method="Play")  # type: ignore[arg-type]  # no such word  # pyright: ignore[reportArgumentType]
    jf.put_lyrics(ITEM, b"words")  # type: ignore[arg-type]  # lyrics or a path  # pyright: ignore[reportArgumentType]
    jf.stream(ITEM, preset="mp3_320")  # type: ignore[arg-type]  # no such preset  # pyright: ignore[reportArgumentType]
    jf.stream(ITEM, context="Other")  # type: ignore[arg-type]  # no such word  # pyright: ignore[reportArgumentType]
    jf.stream(ITEM, audio_bit_rate="128k")  # type: ignore[arg-type]  # bits per second  # pyright: ignore[reportArgumentType]
    jf.stream(ITEM, bitrate=1)  # type: ignore[call-arg]  # no such parameter  # pyright: ignore[reportCallIssue]
    jf.url(ITEM, "mp3_256")  # type: ignore[call-arg]  # by name only  # pyright: ignore[reportCallIssue]
