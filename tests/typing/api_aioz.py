"""How the AIOZ clients are typed: checked as strictly as the checkers can, never run."""
# pyright: strict

import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, assert_type

import httpx

from tonearm import Aioz, Answers, AsyncAioz, Progress, Retry
from tonearm.aioz import (
    AccountInfo,
    ApiKey,
    Assets,
    Cost,
    DataUsage,
    Download,
    LiveKey,
    LiveStream,
    Media,
    MetricRow,
    Page,
    PlayerTheme,
    Playlist,
    PlaylistItem,
    Quality,
    QualityConfig,
    RegisteredWebhook,
    Track,
    Unfinished,
    Webhook,
)
from tonearm_generated.aioz import Client


def show(progress: Progress) -> None:
    assert_type(progress.done, int)
    assert_type(progress.total, int | None)


def blocking(http: httpx.Client) -> None:
    with Aioz(public_key="p", secret_key="s", timeout=5, deadline=60.0, retry=Retry(attempts=2), http=http) as aioz:
        assert_type(aioz, Aioz)
        assert_type(aioz.with_options(timeout=5), Aioz)
        assert_type(aioz.with_options(deadline=None), Aioz)
        aioz.with_options(deadline="none")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        assert_type(aioz.cost(["standard", "highest"], duration=283.5), Cost)
        assert_type(aioz.upload("talk.flac", title="Talk", preset="highest", tags=["podcast"], on_progress=show), Media)
        aioz.upload(Path("talk.flac"), qualities=[QualityConfig("good", type="dash", container_type="fmp4")])
        aioz.upload(b"bytes", title="Bytes", wait=True)
        aioz.upload(BytesIO(b"bytes"), title="File", first_index=0, part_size=10_000_000)
        aioz.upload(
            sys.stdin.buffer, title="Stream", size=10, workers=2, state=Path("journal"), max_price=1, duration=9.5
        )
        left = aioz.unfinished()
        assert_type(left, Answers[Unfinished])
        assert_type(left[0].source, Path | None)
        assert_type(aioz.resume(left[0].state, source=b"bytes", on_progress=show), Media)
        assert_type(Media.from_webhook({"media_id": "i"}), Media)
        media = aioz.create("Talk", preset=("good", "dash:good"), metadata={"genre": "podcast"}, is_public=False)
        assert_type(aioz.upload_part(media.id, b"x", index=1, start=0, total=1), None)
        assert_type(aioz.complete(media.id), None)
        assert_type(aioz.wait(media.id, timeout=600, on_change=print), Media)
        assert_type(aioz.get(media.id), Media)
        assert_type(aioz.page(limit=10, order_by="desc", status="done", tags=["a"], metadata={"k": "v"}), Page)
        assert_type(aioz.list(search="talk", status=["done", "fail"], sort_by="title"), Iterator[Media])
        assert_type(aioz.update(media.id, title="New", description="", tags=[]), Media)
        assert_type(aioz.delete(media.id, missing_ok=True), None)
        assert_type(aioz.captions(media.id), Answers[Track])
        assert_type(aioz.put_transcript(media.id, "en", "talk.vtt"), Track)
        assert_type(aioz.delete_chapters(media.id, "fr-CA"), None)
        assert_type(aioz.put_thumbnail(media.id, Path("cover.png")), None)
        assert_type(aioz.set_default_captions(media.id, "en", False), None)
        assert_type(aioz.player(media.id), Media)
        hook = aioz.create_webhook("https://example.org", events=["encoding_failed"], name="n")
        aioz.create_webhook("https://example.org", events=["failed"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
        assert_type(aioz.webhooks(), Answers[RegisteredWebhook])
        assert_type(aioz.update_webhook(hook.id, url="https://example.org/new"), RegisteredWebhook)
        assert_type(aioz.check_webhook(hook.id), None)
        assert_type(Webhook.from_request(b"{}").media, Media)
        assert_type(aioz.account(), AccountInfo)
        key = aioz.create_live_key("n", save=True)
        assert_type(key.stream_key, str | None)
        assert_type(aioz.live_keys(), Answers[LiveKey])
        assert_type(aioz.create_live_stream(key.id, "t", qualities=[QualityConfig("good")]), LiveStream)
        assert_type(aioz.live_streams(key.id), Answers[LiveStream])
        assert_type(aioz.create_player_theme(main_color="#ffffff", control_bar_height=48), PlayerTheme)
        aioz.create_player_theme(control_bar_height="48px")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        assert_type(aioz.player_themes(search="n"), Answers[PlayerTheme])
        assert_type(aioz.add_player_theme(media.id, "t"), None)
        assert_type(aioz.metric_total("watch_time", "average", start=0, countries="FR"), float)
        aioz.metric_total("plays")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        assert_type(aioz.metric_by("play", "device-type", media=[media.id]), Answers[MetricRow])
        assert_type(aioz.metric_over_time("play", "hour", tags=["a"]), Answers[MetricRow])
        assert_type(aioz.data_usage(start=0, end=datetime.now(UTC)), Answers[DataUsage])
        assert_type(aioz.create_api_key("n", ttl=60, only_upload=True).secret, str | None)
        assert_type(aioz.api_keys(search="n"), Answers[ApiKey])
        playlist = aioz.create_playlist("Mornings", tags=["water"], metadata={"k": "v"})
        assert_type(playlist, Playlist)
        assert_type(aioz.playlists(search="m", sort_by="name"), Iterator[Playlist])
        assert_type(aioz.add_to_playlist(playlist.id, media.id).items, tuple[PlaylistItem, ...])
        assert_type(aioz.move_in_playlist(playlist.id, "item", after="other"), Playlist)
        assert_type(aioz.update_playlist(playlist.id, cover=Path("cover.png")), Playlist)
        assert_type(aioz.remove_from_playlist(playlist.id, "item"), None)
        assert_type(aioz.download_source(media.id, "talk.flac", on_progress=show), Download)
        assert_type(aioz.generated, Client)


async def asynchronous(http: httpx.AsyncClient) -> None:
    async with AsyncAioz(token="t", base_url="http://127.0.0.1:8787/aioz/api", http=http) as aioz:
        assert_type(aioz, AsyncAioz)
        assert_type(await aioz.cost("standard", duration=1), Cost)
        assert_type(await aioz.upload("talk.flac", on_progress=show), Media)
        assert_type(await aioz.wait("id"), Media)
        assert_type(await aioz.resume("journal"), Media)
        assert_type(await aioz.unfinished(), Answers[Unfinished])
        assert_type(await aioz.page(), Page)
        assert_type(aioz.list(tags=["a"]), AsyncIterator[Media])
        async for media in aioz.list():
            assert_type(media, Media)
        assert_type(await aioz.delete("id"), None)
        assert_type(await aioz.put_captions("id", "en", b"WEBVTT"), Track)
        assert_type(await aioz.download_source("id", BytesIO()), Download)
        assert_type(aioz.generated, Client)


def answers(media: Media, page: Page, cost: Cost) -> None:
    assert_type(media.id, str)
    assert_type(media.title, str | None)
    assert_type(media.status, str | None)
    assert_type(media.duration, float | None)
    assert_type(media.size, int | None)
    assert_type(media.tags, tuple[str, ...])
    assert_type(media.metadata, Mapping[str, str])
    assert_type(media.qualities, tuple[Quality, ...])
    assert_type(media.captions, tuple[Track, ...])
    assert_type(media.assets, Assets)
    assert_type(media.assets.hls_url, str | None)
    assert_type(media.created_at, datetime | None)
    assert_type(media.raw, Mapping[str, Any])
    assert_type(media.request_id, str | None)
    assert_type(page.items, tuple[Media, ...])
    assert_type(page.next_offset, int | None)
    assert_type(cost.price, float)
    assert_type(cost.is_enough, bool | None)


def mistakes(aioz: Aioz) -> None:
    # Each of these must be an error: an ignore that is not needed is one itself.
    aioz.upload("talk.flac", preset="loud")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    aioz.upload(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    aioz.page(status="ready")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    aioz.page(titel="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    aioz.cost("good", 5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    QualityConfig("best")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Aioz("key")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
