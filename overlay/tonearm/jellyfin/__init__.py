"""Jellyfin: audio from your own server."""

from .aclient import AsyncJellyfin
from .client import Jellyfin
from .presets import PresetName
from .types import AudioInfo, AudioParams, Download

__all__ = ["AsyncJellyfin", "AudioInfo", "AudioParams", "Download", "Jellyfin", "PresetName"]
