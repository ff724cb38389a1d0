"""Jellyfin: audio from your own server."""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
    from .._transfer import AsyncAudioStream, AudioStream
    from ._copy.kept import Kept
    from .async_client import AsyncJellyfin
    from .client import Jellyfin
    from .covers import Cover
    from .items import Item, ItemFilters, MediaSource, SortBy, UserData
    from .lyrics import LyricLine, Lyrics
    from .options import DownloadAllOptions, DownloadOptions
    from .playback import PlayableSource, Playback
    from .presets import PresetName
    from .server import Server, User
    from .types import (
        AudioInfo,
        AudioParams,
        Beside,
        Download,
        PlaybackState,
        PlayerParams,
        PlayMethod,
        UniversalParams,
    )

__all__ = [
    "AsyncAudioStream",
    "AsyncJellyfin",
    "AudioInfo",
    "AudioParams",
    "AudioStream",
    "Beside",
    "Cover",
    "Download",
    "DownloadAllOptions",
    "DownloadOptions",
    "Item",
    "ItemFilters",
    "Jellyfin",
    "Kept",
    "LyricLine",
    "Lyrics",
    "MediaSource",
    "PlayMethod",
    "PlayableSource",
    "Playback",
    "PlaybackState",
    "PlayerParams",
    "PresetName",
    "Server",
    "SortBy",
    "UniversalParams",
    "User",
    "UserData",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "AsyncAudioStream": ".._transfer",
            "AsyncJellyfin": ".async_client",
            "AudioInfo": ".types",
            "AudioParams": ".types",
            "AudioStream": ".._transfer",
            "Beside": ".types",
            "Cover": ".covers",
            "Download": ".types",
            "DownloadAllOptions": ".options",
            "DownloadOptions": ".options",
            "Item": ".items",
            "ItemFilters": ".items",
            "Jellyfin": ".client",
            "Kept": "._copy.kept",
            "LyricLine": ".lyrics",
            "Lyrics": ".lyrics",
            "MediaSource": ".items",
            "PlayMethod": ".types",
            "PlayableSource": ".playback",
            "Playback": ".playback",
            "PlaybackState": ".types",
            "PlayerParams": ".types",
            "PresetName": ".presets",
            "Server": ".server",
            "SortBy": ".items",
            "UniversalParams": ".types",
            "User": ".server",
            "UserData": ".items",
        },
    )
