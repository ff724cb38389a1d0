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
    from ..models.duration_usage import DurationUsage
    from ..models.token_usage import TokenUsage
    from ..models.transcription_diarized_segment import TranscriptionDiarizedSegment


T = TypeVar("T", bound="CreateTranscriptionResponseDiarizedJson")


@_attrs_define
class CreateTranscriptionResponseDiarizedJson:
    """A transcript with speakers.

    Attributes:
        text (str): All that is said.
        segments (list[TranscriptionDiarizedSegment]): Stretches of text with their times and speakers.
        task (str | Unset): The word `transcribe`.
        duration (float | Unset): Length of the audio in seconds.
        usage (DurationUsage | None | TokenUsage | Unset): What the answer cost.
    """

    text: str
    segments: list[TranscriptionDiarizedSegment]
    task: str | Unset = UNSET
    duration: float | Unset = UNSET
    usage: DurationUsage | None | TokenUsage | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.duration_usage import DurationUsage  # noqa: PLC0415
        from ..models.token_usage import TokenUsage  # noqa: PLC0415

        text = self.text

        segments = []
        for segments_item_data in self.segments:
            segments_item = segments_item_data.to_dict()
            segments.append(segments_item)

        task = self.task

        duration = self.duration

        usage: dict[str, Any] | None | Unset
        if isinstance(self.usage, Unset):
            usage = UNSET
        elif isinstance(self.usage, TokenUsage):
            usage = self.usage.to_dict()
        elif isinstance(self.usage, DurationUsage):
            usage = self.usage.to_dict()
        else:
            usage = self.usage

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "text": text,
                "segments": segments,
            }
        )
        if task is not UNSET:
            field_dict["task"] = task
        if duration is not UNSET:
            field_dict["duration"] = duration
        if usage is not UNSET:
            field_dict["usage"] = usage

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        text = _data.pop("text", None)
        if text.__class__ is not str:
            text = _reading.required(_reading.text, text, "text")
        segments = _data.pop("segments", None)
        segments = _reading.required(_READ_SEGMENTS, segments, "segments")
        task = _data.pop("task", UNSET)
        if task is not UNSET and task.__class__ is not str:
            task = _reading.optional(_reading.text, task, UNSET)
        duration = _data.pop("duration", UNSET)
        if duration is not UNSET and (duration.__class__ is not float or not _reading.is_finite(duration)):
            duration = _reading.optional(_reading.number, duration, UNSET)
        usage = _data.pop("usage", UNSET)
        if usage is not UNSET:
            usage = _reading.optional(_READ_USAGE, usage, None)
        _model = cls.__new__(cls)
        _model.text = text
        _model.segments = segments
        _model.task = task
        _model.duration = duration
        _model.usage = usage
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


from ..models.duration_usage import DurationUsage
from ..models.token_usage import TokenUsage
from ..models.transcription_diarized_segment import TranscriptionDiarizedSegment

_READ_SEGMENTS = _reading.every(TranscriptionDiarizedSegment.from_dict)
_READ_USAGE: _reading.Reader[TokenUsage | DurationUsage] = _reading.first(
    (TokenUsage.from_dict, DurationUsage.from_dict)
)
