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
    from ..models.transcription_language import TranscriptionLanguage
    from ..models.transcription_logprob import TranscriptionLogprob


T = TypeVar("T", bound="CreateTranscriptionResponseJson")


@_attrs_define
class CreateTranscriptionResponseJson:
    """A transcript without times.

    Attributes:
        text (str): All that is said.
        languages (list[TranscriptionLanguage] | None | Unset): Languages that were heard.
        logprobs (list[TranscriptionLogprob] | None | Unset): Tokens with their probabilities, when asked for.
        usage (DurationUsage | None | TokenUsage | Unset): What the answer cost.
    """

    text: str
    languages: list[TranscriptionLanguage] | None | Unset = UNSET
    logprobs: list[TranscriptionLogprob] | None | Unset = UNSET
    usage: DurationUsage | None | TokenUsage | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.duration_usage import DurationUsage  # noqa: PLC0415
        from ..models.token_usage import TokenUsage  # noqa: PLC0415

        text = self.text

        languages: list[dict[str, Any]] | None | Unset
        if isinstance(self.languages, Unset):
            languages = UNSET
        elif isinstance(self.languages, list):
            languages = []
            for languages_type_0_item_data in self.languages:
                languages_type_0_item = languages_type_0_item_data.to_dict()
                languages.append(languages_type_0_item)

        else:
            languages = self.languages

        logprobs: list[dict[str, Any]] | None | Unset
        if isinstance(self.logprobs, Unset):
            logprobs = UNSET
        elif isinstance(self.logprobs, list):
            logprobs = []
            for logprobs_type_0_item_data in self.logprobs:
                logprobs_type_0_item = logprobs_type_0_item_data.to_dict()
                logprobs.append(logprobs_type_0_item)

        else:
            logprobs = self.logprobs

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
            }
        )
        if languages is not UNSET:
            field_dict["languages"] = languages
        if logprobs is not UNSET:
            field_dict["logprobs"] = logprobs
        if usage is not UNSET:
            field_dict["usage"] = usage

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        text = _data.pop("text", None)
        if text.__class__ is not str:
            text = _reading.required(_reading.text, text, "text")
        languages = _data.pop("languages", UNSET)
        if languages is not UNSET:
            languages = _READ_LANGUAGES(languages) if languages.__class__ is list else None
        logprobs = _data.pop("logprobs", UNSET)
        if logprobs is not UNSET:
            logprobs = _READ_LOGPROBS(logprobs) if logprobs.__class__ is list else None
        usage = _data.pop("usage", UNSET)
        if usage is not UNSET:
            usage = _reading.optional(_READ_USAGE, usage, None)
        _model = cls.__new__(cls)
        _model.text = text
        _model.languages = languages
        _model.logprobs = logprobs
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
from ..models.transcription_language import TranscriptionLanguage
from ..models.transcription_logprob import TranscriptionLogprob

_READ_LANGUAGES = _reading.readable(TranscriptionLanguage.from_dict)
_READ_LOGPROBS = _reading.readable(TranscriptionLogprob.from_dict)
_READ_USAGE: _reading.Reader[TokenUsage | DurationUsage] = _reading.first(
    (TokenUsage.from_dict, DurationUsage.from_dict)
)
