"""Presets, which are names for a format, codec, bit rate and channels; and file formats. All of it is data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, cast

from attrs import frozen

from .._base.validate import word
from .types import AudioParams

PresetName: TypeAlias = Literal[
    "original", "mp3_256", "mp3_128", "aac_256", "aac_128", "opus_128", "opus_96", "vorbis_192", "flac"
]
"""`original` is the unchanged file; the others name a codec and kilobits per second for two channels."""

PRESETS: Mapping[PresetName, AudioParams] = {
    "original": {"static": True},
    "mp3_256": {"container": "mp3", "audio_codec": "mp3", "audio_bit_rate": 256_000, "max_audio_channels": 2},
    "mp3_128": {"container": "mp3", "audio_codec": "mp3", "audio_bit_rate": 128_000, "max_audio_channels": 2},
    "aac_256": {"container": "m4a", "audio_codec": "aac", "audio_bit_rate": 256_000, "max_audio_channels": 2},
    "aac_128": {"container": "m4a", "audio_codec": "aac", "audio_bit_rate": 128_000, "max_audio_channels": 2},
    "opus_128": {"container": "opus", "audio_codec": "opus", "audio_bit_rate": 128_000, "max_audio_channels": 2},
    "opus_96": {"container": "opus", "audio_codec": "opus", "audio_bit_rate": 96_000, "max_audio_channels": 2},
    "vorbis_192": {"container": "ogg", "audio_codec": "vorbis", "audio_bit_rate": 192_000, "max_audio_channels": 2},
    "flac": {"container": "flac", "audio_codec": "flac"},
}
"""No preset exceeds 128,000 bits per second and channel, the server's limit, and each names its codec, because the
server's own choice fails for several formats (Jellyfin server source, StreamingHelpers, EncodingHelper)."""


@frozen
class Format:
    """A file format: its extensions, its media types (the usual one first), and its default codec.

    `codec` is None if the server has no codec that works by default.
    """

    extensions: tuple[str, ...]
    media_types: tuple[str, ...]
    codec: str | None


FORMATS = (
    Format(("mp3",), ("audio/mpeg", "audio/mp3"), "mp3"),
    Format(("flac",), ("audio/flac", "audio/x-flac"), "flac"),
    Format(("ogg", "oga", "opus"), ("audio/ogg", "audio/opus", "application/ogg"), "opus"),
    Format(("m4a", "m4b", "mp4"), ("audio/mp4", "audio/m4a", "audio/x-m4a", "video/mp4"), "aac"),
    Format(("aac",), ("audio/aac", "audio/x-aac"), "aac"),
    Format(("webm", "webma"), ("audio/webm", "video/webm"), "opus"),
    Format(("mka", "mkv"), ("audio/x-matroska", "video/x-matroska"), "aac"),
    Format(("ac3",), ("audio/ac3",), "ac3"),
    Format(("wav",), ("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"), None),
    Format(("wma",), ("audio/x-ms-wma",), None),
)


def params(preset: PresetName) -> AudioParams:
    """The parameters of a preset.

    Raises:
        InvalidInput: the preset is unknown.
    """
    return PRESETS[cast("PresetName", word(preset, "preset", PRESETS))]


def names(extension: str = "") -> str:
    """The presets for an extension, or else all presets that encode, in one line."""
    wanted = by_extension(extension)
    made = {name: by_extension(params["container"]) for name, params in PRESETS.items() if "container" in params}
    return ", ".join([name for name, known in made.items() if known is wanted] or made)


def by_extension(extension: str) -> Format | None:
    """The format of an extension, with or without its dot; None if it is unknown."""
    plain = extension.lower().removeprefix(".")
    return next((known for known in FORMATS if plain in known.extensions), None)


def by_media_type(media_type: str) -> Format | None:
    """The format of a media type; None if it is unknown."""
    return next((known for known in FORMATS if media_type in known.media_types), None)
