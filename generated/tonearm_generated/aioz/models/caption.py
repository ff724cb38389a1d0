# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
        d = dict(src_dict)
        language = d.pop("language", UNSET)

        url = d.pop("url", UNSET)

        status = d.pop("status", UNSET)

        description = d.pop("description", UNSET)

        is_default = d.pop("is_default", UNSET)

        is_generated = d.pop("is_generated", UNSET)

        caption = cls(
            language=language,
            url=url,
            status=status,
            description=description,
            is_default=is_default,
            is_generated=is_generated,
        )

        caption.additional_properties = d
        return caption

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
