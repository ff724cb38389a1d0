"""Jellyfin: audio from your own server."""

from .._stream import AsyncAudioStream, AudioStream
from ._album import Kept
from .aclient import AsyncJellyfin
from .client import Jellyfin
from .items import Item, ItemFilters, MediaSource, Server, SortBy, User
from .lyrics import LyricLine, Lyrics
from .presets import PresetName
from .types import AudioInfo, AudioParams, Download, PlaybackState, PlayMethod, UniversalParams

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
    "Kept",
    "LyricLine",
    "Lyrics",
    "MediaSource",
    "PlayMethod",
    "PlaybackState",
    "PresetName",
    "Server",
    "SortBy",
    "UniversalParams",
    "User",
]
