"""Audio qualities by name, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, cast, get_args

from .._base.validate import word
from ..errors import InvalidInput
from .types import QualityConfig, Resolution

PresetName: TypeAlias = Literal[
    "standard", "good", "highest", "lossless", "dash:standard", "dash:good", "dash:highest", "dash:lossless"
]
"""A quality: HLS in MPEG-TS segments, or with the prefix ``dash:`` DASH in fragmented MP4."""

Preset: TypeAlias = PresetName | Sequence[PresetName]
"""One quality or several."""

BIT_RATES: Mapping[str, int | None] = {"standard": 128_000, "good": 192_000, "highest": 320_000, "lossless": None}
"""Bits per second. The document states `standard` and `highest`, and none for `lossless`; 192,000 for `good` is our
choice from its range for high quality (AIOZ Audio document, "Audio Encoding Configuration")."""


def names(preset: Preset) -> list[PresetName]:
    """Check the names of presets.

    Raises:
        InvalidInput: a name is unknown, or no name is given.
    """
    chosen = cast("list[PresetName]", [preset] if isinstance(preset, str) else list(preset))
    if not chosen:
        raise InvalidInput.of("preset", preset, "at least one name of a preset")
    for name in chosen:
        word(name, "preset", get_args(PresetName))
    return chosen


def resolutions(preset: Preset) -> list[str]:
    """The names of the qualities, each once, as prices do not depend on HLS or DASH."""
    return list(dict.fromkeys(name.removeprefix("dash:") for name in names(preset)))


def qualities(preset: Preset) -> list[QualityConfig]:
    """The quality objects of presets."""
    return [_quality(name) for name in names(preset)]


def _quality(name: PresetName) -> QualityConfig:
    dash = name.startswith("dash:")
    resolution = cast("Resolution", name.removeprefix("dash:"))
    return QualityConfig(
        resolution,
        type="dash" if dash else "hls",
        container_type="fmp4" if dash else "mpegts",
        bitrate=BIT_RATES[resolution],
    )
