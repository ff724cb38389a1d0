"""Checks the arguments of callers, and turns them into generated request models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from tonearm_generated.aioz import models
from tonearm_generated.aioz.constraints import AudioConfig, CreateAudioRequest, MetadataPair
from tonearm_generated.aioz.types import UNSET

from ..._base import validate
from ..._base.coerce import Maybe
from ...errors import InvalidInput
from ..types import QualityConfig, Status

_CONTAINERS = {"hls": ("mpegts", "mp4"), "dash": ("fmp4",)}
MOST_PAIRS = CreateAudioRequest.metadata.max_items or 0

maybe = Maybe(UNSET)
"""Makes the value of an optional field for generated code."""


def public(value: bool) -> bool:
    """Whether anyone may play the object."""
    return validate.flag(value, "is_public")


def search(value: str) -> str:
    """Text to search for."""
    return validate.encodable(value, "search")


def theme(value: str) -> str:
    """The id of a player's theme; an empty id removes it."""
    return validate.encodable(value, "player_theme_id")


def title(value: str) -> str:
    """A title of 1 to 255 characters."""
    return validate.text(value, "title", CreateAudioRequest.title)


def description(value: str) -> str:
    """A description of at most 1000 characters."""
    return validate.text(value, "description", CreateAudioRequest.description)


def tags(values: Sequence[str]) -> list[str]:
    """At most 50 tags of at most 255 characters."""
    return validate.items(values, "tags", CreateAudioRequest.tags)


def pairs(values: Mapping[str, str]) -> list[models.MetadataPair]:
    """Metadata as a list of pairs, which the service requires."""
    if not isinstance(values, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("metadata", values, "a mapping")
    if len(values) > MOST_PAIRS:
        raise InvalidInput.of("metadata", len(values), f"a mapping of at most {MOST_PAIRS} pairs")
    return [
        models.MetadataPair(
            validate.text(key, "metadata", MetadataPair.key, within="each name"),
            validate.text(value, "metadata", MetadataPair.value, within=f"the value of {key!r}"),
        )
        for key, value in values.items()
    ]


def statuses(value: Status | Sequence[Status]) -> list[models.MediaStatus]:
    """One status or several."""
    words = [value] if isinstance(value, str) else value
    return [models.MediaStatus(validate.word(word, "status", get_args(Status))) for word in words]


def quality(config: QualityConfig) -> models.QualityConfig:
    """A quality object, checked by the service's documented limits (AIOZ Audio document, "Audio Config Details")."""
    if not isinstance(config, QualityConfig):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("qualities", config, "a list of QualityConfig")
    validate.word(config.type, "type", _CONTAINERS)
    if config.container_type not in _CONTAINERS[config.type]:
        allowed = " or ".join(_CONTAINERS[config.type])
        raise InvalidInput.of("container_type", config.container_type, f"{allowed} for {config.type}")
    validate.text(config.channels, "channels", AudioConfig.channels, "a number as text, such as '2'")
    return models.QualityConfig(
        resolution=models.AudioPreset(validate.word(config.resolution, "resolution", list(models.AudioPreset))),
        type_=models.StreamFormat(config.type),
        container_type=models.SegmentContainer(config.container_type),
        audio_config=models.AudioConfig(
            codec="aac",
            bitrate=maybe(config.bitrate, _bit_rate),
            channels=config.channels,
            sample_rate=maybe(config.sample_rate, _sample_rate),
            language=maybe(config.language, validate.language_tag),
            index=maybe(config.index, lambda value: validate.integer(value, "index", AudioConfig.index)),
        ),
    )


def _bit_rate(value: int) -> int:
    if validate.integer(value, "bitrate", AudioConfig.bitrate) < 1000:
        raise InvalidInput.of("bitrate", value, "in bits per second", hint=f"did you mean {value * 1000}?")
    return value


def _sample_rate(value: int) -> models.SampleRate:
    if value not in list(models.SampleRate):
        known = ", ".join(str(int(rate)) for rate in models.SampleRate)
        raise InvalidInput.of("sample_rate", value, f"one of {known}")
    return models.SampleRate(value)
