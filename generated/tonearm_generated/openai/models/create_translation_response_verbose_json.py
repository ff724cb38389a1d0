# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.transcription_segment import TranscriptionSegment


T = TypeVar("T", bound="CreateTranslationResponseVerboseJson")


@_attrs_define
class CreateTranslationResponseVerboseJson:
    """A translation with times.

    Attributes:
        language (str): The word `english`.
        text (str): All that is said, in English.
        task (str | Unset): The word `translate`.
        duration (float | Unset): Length of the audio in seconds.
        segments (list[TranscriptionSegment] | None | Unset): Stretches of text with their times.
    """

    language: str
    text: str
    task: str | Unset = UNSET
    duration: float | Unset = UNSET
    segments: list[TranscriptionSegment] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        language = self.language

        text = self.text

        task = self.task

        duration = self.duration

        segments: list[dict[str, Any]] | None | Unset
        if isinstance(self.segments, Unset):
            segments = UNSET
        elif isinstance(self.segments, list):
            segments = []
            for segments_type_0_item_data in self.segments:
                segments_type_0_item = segments_type_0_item_data.to_dict()
                segments.append(segments_type_0_item)

        else:
            segments = self.segments

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "language": language,
                "text": text,
            }
        )
        if task is not UNSET:
            field_dict["task"] = task
        if duration is not UNSET:
            field_dict["duration"] = duration
        if segments is not UNSET:
            field_dict["segments"] = segments

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        language = _data.pop("language", None)
        if language.__class__ is not str:
            language = _reading.required(_reading.text, language, "language")
        text = _data.pop("text", None)
        if text.__class__ is not str:
            text = _reading.required(_reading.text, text, "text")
        task = _data.pop("task", UNSET)
        if task is not UNSET and task.__class__ is not str:
            task = _reading.optional(_reading.text, task, UNSET)
        duration = _data.pop("duration", UNSET)
        if duration is not UNSET and (duration.__class__ is not float or not _reading.is_finite(duration)):
            duration = _reading.optional(_reading.number, duration, UNSET)
        segments = _data.pop("segments", UNSET)
        if segments is not UNSET:
            segments = _reading.whole(_READ_SEGMENTS, segments, "segments", None)
        _model = cls.__new__(cls)
        _model.language = language
        _model.text = text
        _model.task = task
        _model.duration = duration
        _model.segments = segments
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


from ..models.transcription_segment import TranscriptionSegment

_READ_SEGMENTS = _reading.every(TranscriptionSegment.from_dict)
