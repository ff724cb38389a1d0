"""Jellyfin: audio from your own server."""

from .._stream import AsyncAudioStream, AudioStream
from .aclient import AsyncJellyfin
from .client import Jellyfin
from .presets import PresetName
from .types import AudioInfo, AudioParams, Download

__all__ = [
    "AsyncAudioStream",
    "AsyncJellyfin",
    "AudioInfo",
    "AudioParams",
    "AudioStream",
    "Download",
    "Jellyfin",
    "PresetName",
]
