# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="MediaStream")


@_attrs_define
class MediaStream:
    """A stream within a file.

    Attributes:
        type_ (None | str | Unset): Audio, Video, Subtitle, EmbeddedImage, Data or Lyric.
        codec (None | str | Unset): Its codec.
        channels (int | None | Unset): How many channels.
        sample_rate (int | None | Unset): Samples per second.
        bit_depth (int | None | Unset): Bits per sample.
        bit_rate (int | None | Unset): Bits per second.
    """

    type_: None | str | Unset = UNSET
    codec: None | str | Unset = UNSET
    channels: int | None | Unset = UNSET
    sample_rate: int | None | Unset = UNSET
    bit_depth: int | None | Unset = UNSET
    bit_rate: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        else:
            type_ = self.type_

        codec: None | str | Unset
        if isinstance(self.codec, Unset):
            codec = UNSET
        else:
            codec = self.codec

        channels: int | None | Unset
        if isinstance(self.channels, Unset):
            channels = UNSET
        else:
            channels = self.channels

        sample_rate: int | None | Unset
        if isinstance(self.sample_rate, Unset):
            sample_rate = UNSET
        else:
            sample_rate = self.sample_rate

        bit_depth: int | None | Unset
        if isinstance(self.bit_depth, Unset):
            bit_depth = UNSET
        else:
            bit_depth = self.bit_depth

        bit_rate: int | None | Unset
        if isinstance(self.bit_rate, Unset):
            bit_rate = UNSET
        else:
            bit_rate = self.bit_rate

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if type_ is not UNSET:
            field_dict["Type"] = type_
        if codec is not UNSET:
            field_dict["Codec"] = codec
        if channels is not UNSET:
            field_dict["Channels"] = channels
        if sample_rate is not UNSET:
            field_dict["SampleRate"] = sample_rate
        if bit_depth is not UNSET:
            field_dict["BitDepth"] = bit_depth
        if bit_rate is not UNSET:
            field_dict["BitRate"] = bit_rate

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        type_ = _data.pop("Type", UNSET)
        if type_ is not UNSET and type_.__class__ is not str:
            type_ = _reading.optional(_reading.text, type_, None)
        codec = _data.pop("Codec", UNSET)
        if codec is not UNSET and codec.__class__ is not str:
            codec = _reading.optional(_reading.text, codec, None)
        channels = _data.pop("Channels", UNSET)
        if channels is not UNSET and channels.__class__ is not int:
            channels = _reading.optional(_reading.integer, channels, None)
        sample_rate = _data.pop("SampleRate", UNSET)
        if sample_rate is not UNSET and sample_rate.__class__ is not int:
            sample_rate = _reading.optional(_reading.integer, sample_rate, None)
        bit_depth = _data.pop("BitDepth", UNSET)
        if bit_depth is not UNSET and bit_depth.__class__ is not int:
            bit_depth = _reading.optional(_reading.integer, bit_depth, None)
        bit_rate = _data.pop("BitRate", UNSET)
        if bit_rate is not UNSET and bit_rate.__class__ is not int:
            bit_rate = _reading.optional(_reading.integer, bit_rate, None)
        _model = cls.__new__(cls)
        _model.type_ = type_
        _model.codec = codec
        _model.channels = channels
        _model.sample_rate = sample_rate
        _model.bit_depth = bit_depth
        _model.bit_rate = bit_rate
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
