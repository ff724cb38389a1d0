"""Jellyfin: audio from your own server."""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
    from .._transfer import AsyncAudioStream, AudioStream
    from ._copy.entry import Beside
    from ._copy.kept import Kept
    from .async_client import AsyncJellyfin
    from .client import Jellyfin
    from .covers import Cover
    from .items import Item, ItemFilters, MediaSource, SortBy, UserData
    from .lyrics import LyricLine, Lyrics
    from .playback import PlayableSource, Playback
    from .presets import PresetName
    from .server import Server, User
    from .types import AudioInfo, AudioParams, Download, PlaybackState, PlayerParams, PlayMethod, UniversalParams

__all__ = [
    "AsyncAudioStream",
    "AsyncJellyfin",
    "AudioInfo",
    "AudioParams",
    "AudioStream",
    "Beside",
    "Cover",
    "Download",
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
            "Beside": "._copy.entry",
            "Cover": ".covers",
            "Download": ".types",
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
