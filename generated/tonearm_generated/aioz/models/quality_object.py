# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityObject")


@_attrs_define
class QualityObject:
    """One rendition and its state.

    Attributes:
        name (str | Unset): Name of the quality; it was sent as `resolution`.
        status (str | Unset): State of this rendition.
        type_ (str | Unset): `hls` or `dash`.
        audio_bitrate (int | Unset): Bits per second of the audio.
        audio_codec (str | Unset):
        video_bitrate (int | Unset): Bits per second of a picture; not used for audio.
        video_codec (str | Unset):
    """

    name: str | Unset = UNSET
    status: str | Unset = UNSET
    type_: str | Unset = UNSET
    audio_bitrate: int | Unset = UNSET
    audio_codec: str | Unset = UNSET
    video_bitrate: int | Unset = UNSET
    video_codec: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        status = self.status

        type_ = self.type_

        audio_bitrate = self.audio_bitrate

        audio_codec = self.audio_codec

        video_bitrate = self.video_bitrate

        video_codec = self.video_codec

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if status is not UNSET:
            field_dict["status"] = status
        if type_ is not UNSET:
            field_dict["type"] = type_
        if audio_bitrate is not UNSET:
            field_dict["audio_bitrate"] = audio_bitrate
        if audio_codec is not UNSET:
            field_dict["audio_codec"] = audio_codec
        if video_bitrate is not UNSET:
            field_dict["video_bitrate"] = video_bitrate
        if video_codec is not UNSET:
            field_dict["video_codec"] = video_codec

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        name = _data.pop("name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, UNSET)
        status = _data.pop("status", UNSET)
        if status is not UNSET and status.__class__ is not str:
            status = _reading.optional(_reading.text, status, UNSET)
        type_ = _data.pop("type", UNSET)
        if type_ is not UNSET and type_.__class__ is not str:
            type_ = _reading.optional(_reading.text, type_, UNSET)
        audio_bitrate = _data.pop("audio_bitrate", UNSET)
        if audio_bitrate is not UNSET and audio_bitrate.__class__ is not int:
            audio_bitrate = _reading.optional(_reading.integer, audio_bitrate, UNSET)
        audio_codec = _data.pop("audio_codec", UNSET)
        if audio_codec is not UNSET and audio_codec.__class__ is not str:
            audio_codec = _reading.optional(_reading.text, audio_codec, UNSET)
        video_bitrate = _data.pop("video_bitrate", UNSET)
        if video_bitrate is not UNSET and video_bitrate.__class__ is not int:
            video_bitrate = _reading.optional(_reading.integer, video_bitrate, UNSET)
        video_codec = _data.pop("video_codec", UNSET)
        if video_codec is not UNSET and video_codec.__class__ is not str:
            video_codec = _reading.optional(_reading.text, video_codec, UNSET)
        _model = cls.__new__(cls)
        _model.name = name
        _model.status = status
        _model.type_ = type_
        _model.audio_bitrate = audio_bitrate
        _model.audio_codec = audio_codec
        _model.video_bitrate = video_bitrate
        _model.video_codec = video_codec
        _model.additional_properties = _data
        _model.raw = src_dict
        return _model

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
