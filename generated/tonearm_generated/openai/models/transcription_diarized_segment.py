# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="TranscriptionDiarizedSegment")


@_attrs_define
class TranscriptionDiarizedSegment:
    """A stretch of text by one speaker.

    Attributes:
        speaker (str): A given name, or a letter.
        type_ (str | Unset): The words `transcript.text.segment`.
        id (str | Unset): Id of the segment.
        start (float | Unset): Begin in seconds.
        end (float | Unset): End in seconds.
        text (str | Unset):
    """

    speaker: str
    type_: str | Unset = UNSET
    id: str | Unset = UNSET
    start: float | Unset = UNSET
    end: float | Unset = UNSET
    text: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        speaker = self.speaker

        type_ = self.type_

        id = self.id

        start = self.start

        end = self.end

        text = self.text

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "speaker": speaker,
            }
        )
        if type_ is not UNSET:
            field_dict["type"] = type_
        if id is not UNSET:
            field_dict["id"] = id
        if start is not UNSET:
            field_dict["start"] = start
        if end is not UNSET:
            field_dict["end"] = end
        if text is not UNSET:
            field_dict["text"] = text

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        speaker = _data.pop("speaker", None)
        if speaker.__class__ is not str:
            speaker = _reading.required(_reading.text, speaker, "speaker")
        type_ = _data.pop("type", UNSET)
        if type_ is not UNSET and type_.__class__ is not str:
            type_ = _reading.optional(_reading.text, type_, UNSET)
        id = _data.pop("id", UNSET)
        if id is not UNSET and id.__class__ is not str:
            id = _reading.optional(_reading.text, id, UNSET)
        start = _data.pop("start", UNSET)
        if start is not UNSET and (start.__class__ is not float or not _reading.is_finite(start)):
            start = _reading.optional(_reading.number, start, UNSET)
        end = _data.pop("end", UNSET)
        if end is not UNSET and (end.__class__ is not float or not _reading.is_finite(end)):
            end = _reading.optional(_reading.number, end, UNSET)
        text = _data.pop("text", UNSET)
        if text is not UNSET and text.__class__ is not str:
            text = _reading.optional(_reading.text, text, UNSET)
        _model = cls.__new__(cls)
        _model.speaker = speaker
        _model.type_ = type_
        _model.id = id
        _model.start = start
        _model.end = end
        _model.text = text
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
