"""AIOZ Stream: hosted audio."""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
    from .account import AccountInfo, ApiKey
    from .async_client import AsyncAioz
    from .broadcast import LiveKey, LiveStream
    from .checks import check_cover, check_creation, check_track
    from .client import Aioz
    from .media import Media, Page
    from .metrics import DataUsage, MetricRow
    from .options import (
        CreateOptions,
        ListOptions,
        MetricOptions,
        PageOptions,
        PlayerThemeOptions,
        PlaylistListOptions,
        PlaylistOptions,
        UpdateOptions,
        UploadOptions,
    )
    from .playlist import Playlist, PlaylistItem
    from .theme import PlayerTheme
    from .types import Assets, Cost, Download, ListFilters, PublicFile, Quality, QualityConfig, Track, Unfinished
    from .webhook import RegisteredWebhook, Webhook

__all__ = [
    "AccountInfo",
    "Aioz",
    "ApiKey",
    "Assets",
    "AsyncAioz",
    "Cost",
    "CreateOptions",
    "DataUsage",
    "Download",
    "ListFilters",
    "ListOptions",
    "LiveKey",
    "LiveStream",
    "Media",
    "MetricOptions",
    "MetricRow",
    "Page",
    "PageOptions",
    "PlayerTheme",
    "PlayerThemeOptions",
    "Playlist",
    "PlaylistItem",
    "PlaylistListOptions",
    "PlaylistOptions",
    "PublicFile",
    "Quality",
    "QualityConfig",
    "RegisteredWebhook",
    "Track",
    "Unfinished",
    "UpdateOptions",
    "UploadOptions",
    "Webhook",
    "check_cover",
    "check_creation",
    "check_track",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "AccountInfo": ".account",
            "ApiKey": ".account",
            "DataUsage": ".metrics",
            "LiveKey": ".broadcast",
            "LiveStream": ".broadcast",
            "PlayerTheme": ".theme",
            "PlayerThemeOptions": ".options",
            "MetricOptions": ".options",
            "MetricRow": ".metrics",
            "UploadOptions": ".options",
            "Webhook": ".webhook",
            "check_cover": ".checks",
            "check_creation": ".checks",
            "check_track": ".checks",
            "UpdateOptions": ".options",
            "PageOptions": ".options",
            "Playlist": ".playlist",
            "PlaylistItem": ".playlist",
            "PlaylistListOptions": ".options",
            "PlaylistOptions": ".options",
            "ListOptions": ".options",
            "CreateOptions": ".options",
            "Aioz": ".client",
            "Assets": ".types",
            "AsyncAioz": ".async_client",
            "Cost": ".types",
            "Download": ".types",
            "ListFilters": ".types",
            "Media": ".media",
            "Page": ".media",
            "Quality": ".types",
            "QualityConfig": ".types",
            "RegisteredWebhook": ".webhook",
            "Track": ".types",
            "PublicFile": ".types",
            "Unfinished": ".types",
        },
    )
