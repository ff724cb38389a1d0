"""The feed of a playlist: the asyncio function."""

from __future__ import annotations

from typing import Unpack

import tonearm

from .. import AsyncAioz, NotFound
from .feed_answer import Feed, Skipped, checked, refusal
from .options import FeedOptions
from .rss import Episode, written


async def async_feed(aioz: AsyncAioz, playlist: str, **options: Unpack[FeedOptions]) -> Feed:
    """Write the feed of a podcast from a playlist: RSS 2.0 with the elements of iTunes and the podcast namespace.

    Each object with a public file (the uploaded one, or else a rendition) is an episode, and its captions are the
    transcript. `Feed.skipped` names the other objects.

    Args:
        aioz: the client of AIOZ Stream.
        playlist: the id of the playlist.
        **options: see FeedOptions.

    Returns:
        The feed, its episodes, and the skipped objects.

    Raises:
        InvalidInput: an option is invalid; nothing was sent.
        NotFound: this account has no such playlist.
    """
    checked_options = checked(options)
    listed = await aioz.playlist(playlist)
    episodes: list[Episode] = []
    skipped: list[Skipped] = []
    for item in {item.media_id or item.id: item for item in listed.items}.values():  # an object may be in it twice
        if not item.media_id:
            skipped.append(Skipped(None, item.title, "the playlist does not name its object"))
            continue
        try:
            media = await aioz.get(item.media_id)
        except NotFound:
            skipped.append(Skipped(item.media_id, item.title, "it does not exist any more"))
            continue
        episode = await _episode(aioz, media)
        if isinstance(episode, Episode):
            episodes.append(episode)
        else:
            skipped.append(episode)
    return Feed(
        written(listed, episodes, checked_options), tuple(episode.media for episode in episodes), tuple(skipped)
    )


async def _episode(aioz: AsyncAioz, media: tonearm.aioz.Media) -> Episode | Skipped:
    """The files of an object for players: the uploaded one, or else the first rendition that is public."""
    if media.status != "done":
        return Skipped(media.id, media.title, f"its status is {media.status}")
    assets = media.assets
    files: list[tonearm.aioz.PublicFile] = []
    reasons: list[str] = []
    for url in (assets.source_url, assets.mp4_url, assets.hls_url):
        if not url or (files and url != assets.hls_url):
            continue
        try:
            files.append(await aioz.public_file(url))
        except refusal as error:
            reasons.append(str(error))
    if not files:
        return Skipped(media.id, media.title, "; ".join(reasons) or "it has no address")
    return Episode(media, *files)
