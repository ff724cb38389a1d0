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
    from ..models.transcription_segment import TranscriptionSegment
    from ..models.transcription_word import TranscriptionWord


T = TypeVar("T", bound="CreateTranscriptionResponseVerboseJson")


@_attrs_define
class CreateTranscriptionResponseVerboseJson:
    """A transcript with times; `language` tells it from the other two.

    Attributes:
        language (str): English name of the language.
        text (str): All that is said.
        task (str | Unset): The word `transcribe`.
        duration (float | Unset): Length of the audio in seconds.
        words (list[TranscriptionWord] | None | Unset): Words with their times, when asked for.
        segments (list[TranscriptionSegment] | None | Unset): Stretches of text with their times.
        usage (DurationUsage | None | TokenUsage | Unset): What the answer cost.
    """

    language: str
    text: str
    task: str | Unset = UNSET
    duration: float | Unset = UNSET
    words: list[TranscriptionWord] | None | Unset = UNSET
    segments: list[TranscriptionSegment] | None | Unset = UNSET
    usage: DurationUsage | None | TokenUsage | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.duration_usage import DurationUsage  # noqa: PLC0415
        from ..models.token_usage import TokenUsage  # noqa: PLC0415

        language = self.language

        text = self.text

        task = self.task

        duration = self.duration

        words: list[dict[str, Any]] | None | Unset
        if isinstance(self.words, Unset):
            words = UNSET
        elif isinstance(self.words, list):
            words = []
            for words_type_0_item_data in self.words:
                words_type_0_item = words_type_0_item_data.to_dict()
                words.append(words_type_0_item)

        else:
            words = self.words

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
                "language": language,
                "text": text,
            }
        )
        if task is not UNSET:
            field_dict["task"] = task
        if duration is not UNSET:
            field_dict["duration"] = duration
        if words is not UNSET:
            field_dict["words"] = words
        if segments is not UNSET:
            field_dict["segments"] = segments
        if usage is not UNSET:
            field_dict["usage"] = usage

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
        words = _data.pop("words", UNSET)
        if words is not UNSET:
            words = _reading.whole(_READ_WORDS, words, "words", None)
        segments = _data.pop("segments", UNSET)
        if segments is not UNSET:
            segments = _reading.whole(_READ_SEGMENTS, segments, "segments", None)
        usage = _data.pop("usage", UNSET)
        if usage is not UNSET:
            usage = _reading.optional(_READ_USAGE, usage, None)
        _model = cls.__new__(cls)
        _model.language = language
        _model.text = text
        _model.task = task
        _model.duration = duration
        _model.words = words
        _model.segments = segments
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
from ..models.transcription_segment import TranscriptionSegment
from ..models.transcription_word import TranscriptionWord

_READ_WORDS = _reading.every(TranscriptionWord.from_dict)
_READ_SEGMENTS = _reading.every(TranscriptionSegment.from_dict)
_READ_USAGE: _reading.Reader[TokenUsage | DurationUsage] = _reading.first(
    (TokenUsage.from_dict, DurationUsage.from_dict)
)
