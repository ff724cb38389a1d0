# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.transcript import Transcript


T = TypeVar("T", bound="TranscriptData")


@_attrs_define
class TranscriptData:
    """
    Attributes:
        media_transcript (Transcript | Unset): A transcript.
    """

    media_transcript: Transcript | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        media_transcript: dict[str, Any] | Unset = UNSET
        if not isinstance(self.media_transcript, Unset):
            media_transcript = self.media_transcript.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if media_transcript is not UNSET:
            field_dict["media_transcript"] = media_transcript

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        media_transcript = _data.pop("media_transcript", UNSET)
        if media_transcript is not UNSET:
            media_transcript = _reading.optional(_READ_MEDIA_TRANSCRIPT, media_transcript, UNSET)
        _model = cls.__new__(cls)
        _model.media_transcript = media_transcript
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


from ..models.transcript import Transcript

_READ_MEDIA_TRANSCRIPT = Transcript.from_dict
