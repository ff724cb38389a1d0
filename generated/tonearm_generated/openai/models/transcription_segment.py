# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="TranscriptionSegment")


@_attrs_define
class TranscriptionSegment:
    """A stretch of text.

    Attributes:
        text (str):
        id (int | Unset): Number of the segment.
        seek (int | Unset): Where the recogniser looked, in hundredths of a second.
        start (float | Unset): Begin in seconds.
        end (float | Unset): End in seconds.
        tokens (list[int] | None | Unset): Token numbers of the text.
        temperature (float | Unset): The temperature that was used in the end.
        avg_logprob (float | Unset): Mean log probability; below -1 the text is doubtful.
        compression_ratio (float | Unset): How well the text compresses; above 2.4 it probably repeats itself.
        no_speech_prob (float | Unset): Probability that nothing is said.
    """

    text: str
    id: int | Unset = UNSET
    seek: int | Unset = UNSET
    start: float | Unset = UNSET
    end: float | Unset = UNSET
    tokens: list[int] | None | Unset = UNSET
    temperature: float | Unset = UNSET
    avg_logprob: float | Unset = UNSET
    compression_ratio: float | Unset = UNSET
    no_speech_prob: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        text = self.text

        id = self.id

        seek = self.seek

        start = self.start

        end = self.end

        tokens: list[int] | None | Unset
        if isinstance(self.tokens, Unset):
            tokens = UNSET
        elif isinstance(self.tokens, list):
            tokens = self.tokens

        else:
            tokens = self.tokens

        temperature = self.temperature

        avg_logprob = self.avg_logprob

        compression_ratio = self.compression_ratio

        no_speech_prob = self.no_speech_prob

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "text": text,
            }
        )
        if id is not UNSET:
            field_dict["id"] = id
        if seek is not UNSET:
            field_dict["seek"] = seek
        if start is not UNSET:
            field_dict["start"] = start
        if end is not UNSET:
            field_dict["end"] = end
        if tokens is not UNSET:
            field_dict["tokens"] = tokens
        if temperature is not UNSET:
            field_dict["temperature"] = temperature
        if avg_logprob is not UNSET:
            field_dict["avg_logprob"] = avg_logprob
        if compression_ratio is not UNSET:
            field_dict["compression_ratio"] = compression_ratio
        if no_speech_prob is not UNSET:
            field_dict["no_speech_prob"] = no_speech_prob

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        text = _data.pop("text", None)
        if text.__class__ is not str:
            text = _reading.required(_reading.text, text, "text")
        id = _data.pop("id", UNSET)
        if id is not UNSET and id.__class__ is not int:
            id = _reading.optional(_reading.integer, id, UNSET)
        seek = _data.pop("seek", UNSET)
        if seek is not UNSET and seek.__class__ is not int:
            seek = _reading.optional(_reading.integer, seek, UNSET)
        start = _data.pop("start", UNSET)
        if start is not UNSET and (start.__class__ is not float or not _reading.is_finite(start)):
            start = _reading.optional(_reading.number, start, UNSET)
        end = _data.pop("end", UNSET)
        if end is not UNSET and (end.__class__ is not float or not _reading.is_finite(end)):
            end = _reading.optional(_reading.number, end, UNSET)
        tokens = _data.pop("tokens", UNSET)
        if tokens is not UNSET:
            tokens = _READ_TOKENS(tokens) if tokens.__class__ is list else None
        temperature = _data.pop("temperature", UNSET)
        if temperature is not UNSET and (temperature.__class__ is not float or not _reading.is_finite(temperature)):
            temperature = _reading.optional(_reading.number, temperature, UNSET)
        avg_logprob = _data.pop("avg_logprob", UNSET)
        if avg_logprob is not UNSET and (avg_logprob.__class__ is not float or not _reading.is_finite(avg_logprob)):
            avg_logprob = _reading.optional(_reading.number, avg_logprob, UNSET)
        compression_ratio = _data.pop("compression_ratio", UNSET)
        if compression_ratio is not UNSET and (
            compression_ratio.__class__ is not float or not _reading.is_finite(compression_ratio)
        ):
            compression_ratio = _reading.optional(_reading.number, compression_ratio, UNSET)
        no_speech_prob = _data.pop("no_speech_prob", UNSET)
        if no_speech_prob is not UNSET and (
            no_speech_prob.__class__ is not float or not _reading.is_finite(no_speech_prob)
        ):
            no_speech_prob = _reading.optional(_reading.number, no_speech_prob, UNSET)
        _model = cls.__new__(cls)
        _model.text = text
        _model.id = id
        _model.seek = seek
        _model.start = start
        _model.end = end
        _model.tokens = tokens
        _model.temperature = temperature
        _model.avg_logprob = avg_logprob
        _model.compression_ratio = compression_ratio
        _model.no_speech_prob = no_speech_prob
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


_READ_TOKENS = _reading.readable(_reading.integer)
