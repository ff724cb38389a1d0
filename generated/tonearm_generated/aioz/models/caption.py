# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="Caption")


@_attrs_define
class Caption:
    """A caption track.

    Attributes:
        language (str | Unset): Language tag of the track.
        url (str | Unset): Where the track is.
        status (str | Unset): How far the service is with the track; the known word is `done`.
        description (str | Unset): A text for people.
        is_default (bool | Unset): Whether players load it when nobody chooses.
        is_generated (bool | Unset): Whether the service has made it by itself.
    """

    language: str | Unset = UNSET
    url: str | Unset = UNSET
    status: str | Unset = UNSET
    description: str | Unset = UNSET
    is_default: bool | Unset = UNSET
    is_generated: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        language = self.language

        url = self.url

        status = self.status

        description = self.description

        is_default = self.is_default

        is_generated = self.is_generated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if language is not UNSET:
            field_dict["language"] = language
        if url is not UNSET:
            field_dict["url"] = url
        if status is not UNSET:
            field_dict["status"] = status
        if description is not UNSET:
            field_dict["description"] = description
        if is_default is not UNSET:
            field_dict["is_default"] = is_default
        if is_generated is not UNSET:
            field_dict["is_generated"] = is_generated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        language = _data.pop("language", UNSET)
        if language is not UNSET and language.__class__ is not str:
            language = _reading.optional(_reading.text, language, UNSET)
        url = _data.pop("url", UNSET)
        if url is not UNSET and url.__class__ is not str:
            url = _reading.optional(_reading.text, url, UNSET)
        status = _data.pop("status", UNSET)
        if status is not UNSET and status.__class__ is not str:
            status = _reading.optional(_reading.text, status, UNSET)
        description = _data.pop("description", UNSET)
        if description is not UNSET and description.__class__ is not str:
            description = _reading.optional(_reading.text, description, UNSET)
        is_default = _data.pop("is_default", UNSET)
        if is_default is not UNSET and is_default.__class__ is not bool:
            is_default = _reading.optional(_reading.flag, is_default, UNSET)
        is_generated = _data.pop("is_generated", UNSET)
        if is_generated is not UNSET and is_generated.__class__ is not bool:
            is_generated = _reading.optional(_reading.flag, is_generated, UNSET)
        _model = cls.__new__(cls)
        _model.language = language
        _model.url = url
        _model.status = status
        _model.description = description
        _model.is_default = is_default
        _model.is_generated = is_generated
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
