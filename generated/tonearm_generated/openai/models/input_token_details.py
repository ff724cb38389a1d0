# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="InputTokenDetails")


@_attrs_define
class InputTokenDetails:
    """What the input tokens were spent on.

    Attributes:
        text_tokens (int | Unset):
        audio_tokens (int | Unset):
    """

    text_tokens: int | Unset = UNSET
    audio_tokens: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        text_tokens = self.text_tokens

        audio_tokens = self.audio_tokens

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if text_tokens is not UNSET:
            field_dict["text_tokens"] = text_tokens
        if audio_tokens is not UNSET:
            field_dict["audio_tokens"] = audio_tokens

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        text_tokens = _data.pop("text_tokens", UNSET)
        if text_tokens is not UNSET and text_tokens.__class__ is not int:
            text_tokens = _reading.optional(_reading.integer, text_tokens, UNSET)
        audio_tokens = _data.pop("audio_tokens", UNSET)
        if audio_tokens is not UNSET and audio_tokens.__class__ is not int:
            audio_tokens = _reading.optional(_reading.integer, audio_tokens, UNSET)
        _model = cls.__new__(cls)
        _model.text_tokens = text_tokens
        _model.audio_tokens = audio_tokens
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
