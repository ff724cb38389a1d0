"""Jellyfin: audio from your own server."""

from .._stream import AsyncAudioStream, AudioStream
from ._playing import PlaybackState, UniversalParams
from .aclient import AsyncJellyfin
from .client import Jellyfin
from .items import Item, ItemFilters, MediaSource, Server, SortBy, User
from .lyrics import LyricLine, Lyrics
from .presets import PresetName
from .types import AudioInfo, AudioParams, Download

__all__ = [
    "AsyncAudioStream",
    "AsyncJellyfin",
    "AudioInfo",
    "AudioParams",
    "AudioStream",
    "Download",
    "Item",
    "ItemFilters",
    "Jellyfin",
    "LyricLine",
    "Lyrics",
    "MediaSource",
    "PlaybackState",
    "PresetName",
    "Server",
    "SortBy",
    "UniversalParams",
    "User",
]
