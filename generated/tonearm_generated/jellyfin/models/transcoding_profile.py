# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading

T = TypeVar("T", bound="TranscodingProfile")


@_attrs_define
class TranscodingProfile:
    """A format that a file is encoded to.

    Attributes:
        type_ (str): Audio.
        container (str): The file format; of HLS that of its segments.
        audio_codec (str): The codec.
        protocol (str): http for one stream, hls for a list of segments.
    """

    type_: str
    container: str
    audio_codec: str
    protocol: str

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        container = self.container

        audio_codec = self.audio_codec

        protocol = self.protocol

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "Type": type_,
                "Container": container,
                "AudioCodec": audio_codec,
                "Protocol": protocol,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        type_ = _data.pop("Type", None)
        if type_.__class__ is not str:
            type_ = _reading.required(_reading.text, type_, "Type")
        container = _data.pop("Container", None)
        if container.__class__ is not str:
            container = _reading.required(_reading.text, container, "Container")
        audio_codec = _data.pop("AudioCodec", None)
        if audio_codec.__class__ is not str:
            audio_codec = _reading.required(_reading.text, audio_codec, "AudioCodec")
        protocol = _data.pop("Protocol", None)
        if protocol.__class__ is not str:
            protocol = _reading.required(_reading.text, protocol, "Protocol")
        _model = cls.__new__(cls)
        _model.type_ = type_
        _model.container = container
        _model.audio_codec = audio_codec
        _model.protocol = protocol
        return _model
