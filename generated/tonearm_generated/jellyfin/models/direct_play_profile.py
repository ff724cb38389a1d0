# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="DirectPlayProfile")


@_attrs_define
class DirectPlayProfile:
    """A file format that a player plays as it is.

    Attributes:
        type_ (str): Audio.
        container (str): The file format, or several with commas between.
        audio_codec (str | Unset): The codecs that it may hold, with commas between; any when left out.
    """

    type_: str
    container: str
    audio_codec: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        container = self.container

        audio_codec = self.audio_codec

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "Type": type_,
                "Container": container,
            }
        )
        if audio_codec is not UNSET:
            field_dict["AudioCodec"] = audio_codec

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
        audio_codec = _data.pop("AudioCodec", UNSET)
        if audio_codec is not UNSET and audio_codec.__class__ is not str:
            audio_codec = _reading.optional(_reading.text, audio_codec, UNSET)
        _model = cls.__new__(cls)
        _model.type_ = type_
        _model.container = container
        _model.audio_codec = audio_codec
        return _model
