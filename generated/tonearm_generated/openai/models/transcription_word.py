# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="TranscriptionWord")


@_attrs_define
class TranscriptionWord:
    """A word, without punctuation.

    Attributes:
        word (str):
        start (float | Unset): Begin in seconds.
        end (float | Unset): End in seconds.
    """

    word: str
    start: float | Unset = UNSET
    end: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        word = self.word

        start = self.start

        end = self.end

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "word": word,
            }
        )
        if start is not UNSET:
            field_dict["start"] = start
        if end is not UNSET:
            field_dict["end"] = end

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        word = _data.pop("word", None)
        if word.__class__ is not str:
            word = _reading.required(_reading.text, word, "word")
        start = _data.pop("start", UNSET)
        if start is not UNSET and (start.__class__ is not float or not _reading.is_finite(start)):
            start = _reading.optional(_reading.number, start, UNSET)
        end = _data.pop("end", UNSET)
        if end is not UNSET and (end.__class__ is not float or not _reading.is_finite(end)):
            end = _reading.optional(_reading.number, end, UNSET)
        _model = cls.__new__(cls)
        _model.word = word
        _model.start = start
        _model.end = end
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
