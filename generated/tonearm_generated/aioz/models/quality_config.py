# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
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
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        resolution = _data.pop("resolution", None)
        resolution = _reading.required(_READ_RESOLUTION, resolution, "resolution")
        type_ = _data.pop("type", None)
        type_ = _reading.required(_READ_TYPE_, type_, "type")
        container_type = _data.pop("container_type", None)
        container_type = _reading.required(_READ_CONTAINER_TYPE, container_type, "container_type")
        audio_config = _data.pop("audio_config", None)
        audio_config = _reading.required(_READ_AUDIO_CONFIG, audio_config, "audio_config")
        _model = cls.__new__(cls)
        _model.resolution = resolution
        _model.type_ = type_
        _model.container_type = container_type
        _model.audio_config = audio_config
        return _model


from ..models.audio_config import AudioConfig

_READ_RESOLUTION = _reading.word(AudioPreset)
_READ_TYPE_ = _reading.word(StreamFormat)
_READ_CONTAINER_TYPE = _reading.word(SegmentContainer)
_READ_AUDIO_CONFIG = AudioConfig.from_dict
