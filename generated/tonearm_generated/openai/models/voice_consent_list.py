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
    from ..models.voice_consent import VoiceConsent


T = TypeVar("T", bound="VoiceConsentList")


@_attrs_define
class VoiceConsentList:
    """A page of consents.

    Attributes:
        data (list[VoiceConsent]): The consents.
        object_ (str | Unset): The word `list`.
        first_id (None | str | Unset): Id of the first one.
        last_id (None | str | Unset): Id of the last one.
        has_more (bool | None | Unset): Whether there is another page.
    """

    data: list[VoiceConsent]
    object_: str | Unset = UNSET
    first_id: None | str | Unset = UNSET
    last_id: None | str | Unset = UNSET
    has_more: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        data = []
        for data_item_data in self.data:
            data_item = data_item_data.to_dict()
            data.append(data_item)

        object_ = self.object_

        first_id: None | str | Unset
        if isinstance(self.first_id, Unset):
            first_id = UNSET
        else:
            first_id = self.first_id

        last_id: None | str | Unset
        if isinstance(self.last_id, Unset):
            last_id = UNSET
        else:
            last_id = self.last_id

        has_more: bool | None | Unset
        if isinstance(self.has_more, Unset):
            has_more = UNSET
        else:
            has_more = self.has_more

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "data": data,
            }
        )
        if object_ is not UNSET:
            field_dict["object"] = object_
        if first_id is not UNSET:
            field_dict["first_id"] = first_id
        if last_id is not UNSET:
            field_dict["last_id"] = last_id
        if has_more is not UNSET:
            field_dict["has_more"] = has_more

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        data = _data.pop("data", None)
        data = _reading.required(_READ_DATA, data, "data")
        object_ = _data.pop("object", UNSET)
        if object_ is not UNSET and object_.__class__ is not str:
            object_ = _reading.optional(_reading.text, object_, UNSET)
        first_id = _data.pop("first_id", UNSET)
        if first_id is not UNSET and first_id.__class__ is not str:
            first_id = _reading.optional(_reading.text, first_id, None)
        last_id = _data.pop("last_id", UNSET)
        if last_id is not UNSET and last_id.__class__ is not str:
            last_id = _reading.optional(_reading.text, last_id, None)
        has_more = _data.pop("has_more", UNSET)
        if has_more is not UNSET and has_more.__class__ is not bool:
            has_more = _reading.optional(_reading.flag, has_more, None)
        _model = cls.__new__(cls)
        _model.data = data
        _model.object_ = object_
        _model.first_id = first_id
        _model.last_id = last_id
        _model.has_more = has_more
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


from ..models.voice_consent import VoiceConsent

_READ_DATA = _reading.every(VoiceConsent.from_dict)
