# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..models.audio_preset import AudioPreset
from ..models.segment_container import SegmentContainer
from ..models.stream_format import StreamFormat

if TYPE_CHECKING:
    from ..models.audio_config import AudioConfig


T = TypeVar("T", bound="QualityConfig")


@_attrs_define
class QualityConfig:
    """One rendition to make.

    Attributes:
        resolution (AudioPreset): Name of an audio quality; it has nothing to do with picture size.
        type_ (StreamFormat): How the rendition is delivered.
        container_type (SegmentContainer): Container of the segments - `mpegts` or `mp4` with `hls`, `fmp4` with `dash`.
        audio_config (AudioConfig): Encoder settings of one rendition.
    """

    resolution: AudioPreset
    type_: StreamFormat
    container_type: SegmentContainer
    audio_config: AudioConfig

    def to_dict(self) -> dict[str, Any]:
        resolution = str(self.resolution)

        type_ = str(self.type_)

        container_type = str(self.container_type)

        audio_config = self.audio_config.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "resolution": resolution,
                "type": type_,
                "container_type": container_type,
                "audio_config": audio_config,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.audio_config import AudioConfig  # noqa: PLC0415

        d = dict(src_dict)
        resolution = AudioPreset(d.pop("resolution"))

        type_ = StreamFormat(d.pop("type"))

        container_type = SegmentContainer(d.pop("container_type"))

        audio_config = AudioConfig.from_dict(d.pop("audio_config"))

        quality_config = cls(
            resolution=resolution,
            type_=type_,
            container_type=container_type,
            audio_config=audio_config,
        )

        return quality_config
