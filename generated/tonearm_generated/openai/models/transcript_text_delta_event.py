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
    from ..models.transcription_logprob import TranscriptionLogprob


T = TypeVar("T", bound="TranscriptTextDeltaEvent")


@_attrs_define
class TranscriptTextDeltaEvent:
    """A piece of text in a stream.

    Attributes:
        type_ (str): The words `transcript.text.delta`.
        delta (str | Unset): The piece.
        logprobs (list[TranscriptionLogprob] | None | Unset): Tokens with their probabilities, when asked for.
        segment_id (str | Unset): Id of the segment, with speakers.
    """

    type_: str
    delta: str | Unset = UNSET
    logprobs: list[TranscriptionLogprob] | None | Unset = UNSET
    segment_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        delta = self.delta

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

        segment_id = self.segment_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type_,
            }
        )
        if delta is not UNSET:
            field_dict["delta"] = delta
        if logprobs is not UNSET:
            field_dict["logprobs"] = logprobs
        if segment_id is not UNSET:
            field_dict["segment_id"] = segment_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        type_ = _data.pop("type", None)
        if type_.__class__ is not str:
            type_ = _reading.required(_reading.text, type_, "type")
        delta = _data.pop("delta", UNSET)
        if delta is not UNSET and delta.__class__ is not str:
            delta = _reading.optional(_reading.text, delta, UNSET)
        logprobs = _data.pop("logprobs", UNSET)
        if logprobs is not UNSET:
            logprobs = _READ_LOGPROBS(logprobs) if logprobs.__class__ is list else None
        segment_id = _data.pop("segment_id", UNSET)
        if segment_id is not UNSET and segment_id.__class__ is not str:
            segment_id = _reading.optional(_reading.text, segment_id, UNSET)
        _model = cls.__new__(cls)
        _model.type_ = type_
        _model.delta = delta
        _model.logprobs = logprobs
        _model.segment_id = segment_id
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


from ..models.transcription_logprob import TranscriptionLogprob

_READ_LOGPROBS = _reading.readable(TranscriptionLogprob.from_dict)
