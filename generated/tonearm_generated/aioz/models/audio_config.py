# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..models.sample_rate import SampleRate
from ..types import UNSET, Unset

T = TypeVar("T", bound="AudioConfig")


@_attrs_define
class AudioConfig:
    """Encoder settings of one rendition.

    Attributes:
        codec (Literal['aac'] | Unset): The only codec for audio.
        bitrate (int | Unset): Bits per second (not kilobits).
        channels (str | Unset): Number of channels, as text; `2` is the documented value.
        sample_rate (SampleRate | Unset): Samples per second.
        language (str | Unset): Language tag of the track (BCP 47).
        index (int | Unset): Track of the source file, counted from 0.
    """

    codec: Literal["aac"] | Unset = UNSET
    bitrate: int | Unset = UNSET
    channels: str | Unset = UNSET
    sample_rate: SampleRate | Unset = UNSET
    language: str | Unset = UNSET
    index: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        codec = self.codec

        bitrate = self.bitrate

        channels = self.channels

        sample_rate: int | Unset = UNSET
        if not isinstance(self.sample_rate, Unset):
            sample_rate = int(self.sample_rate)

        language = self.language

        index = self.index

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if codec is not UNSET:
            field_dict["codec"] = codec
        if bitrate is not UNSET:
            field_dict["bitrate"] = bitrate
        if channels is not UNSET:
            field_dict["channels"] = channels
        if sample_rate is not UNSET:
            field_dict["sample_rate"] = sample_rate
        if language is not UNSET:
            field_dict["language"] = language
        if index is not UNSET:
            field_dict["index"] = index

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        codec = _data.pop("codec", UNSET)
        if codec is not UNSET:
            codec = _reading.optional(_READ_CODEC, codec, UNSET)
        bitrate = _data.pop("bitrate", UNSET)
        if bitrate is not UNSET and bitrate.__class__ is not int:
            bitrate = _reading.optional(_reading.integer, bitrate, UNSET)
        channels = _data.pop("channels", UNSET)
        if channels is not UNSET and channels.__class__ is not str:
            channels = _reading.optional(_reading.text, channels, UNSET)
        sample_rate = _data.pop("sample_rate", UNSET)
        if sample_rate is not UNSET:
            sample_rate = _reading.optional(_READ_SAMPLE_RATE, sample_rate, UNSET)
        language = _data.pop("language", UNSET)
        if language is not UNSET and language.__class__ is not str:
            language = _reading.optional(_reading.text, language, UNSET)
        index = _data.pop("index", UNSET)
        if index is not UNSET and index.__class__ is not int:
            index = _reading.optional(_reading.integer, index, UNSET)
        _model = cls.__new__(cls)
        _model.codec = codec
        _model.bitrate = bitrate
        _model.channels = channels
        _model.sample_rate = sample_rate
        _model.language = language
        _model.index = index
        return _model


_READ_CODEC = _reading.constant("aac")
_READ_SAMPLE_RATE = _reading.word(SampleRate)
