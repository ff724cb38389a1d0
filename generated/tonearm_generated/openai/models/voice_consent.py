# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="VoiceConsent")


@_attrs_define
class VoiceConsent:
    """A recording in which a person consents to a voice.

    Attributes:
        id (str): Its id, which `consent` of a voice takes.
        object_ (str | Unset): The words `audio.voice_consent`.
        name (str | Unset): Name for people.
        language (str | Unset): Language of the phrase, as a BCP 47 tag.
        created_at (int | Unset): When it was uploaded, in seconds since 1970.
    """

    id: str
    object_: str | Unset = UNSET
    name: str | Unset = UNSET
    language: str | Unset = UNSET
    created_at: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        object_ = self.object_

        name = self.name

        language = self.language

        created_at = self.created_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if object_ is not UNSET:
            field_dict["object"] = object_
        if name is not UNSET:
            field_dict["name"] = name
        if language is not UNSET:
            field_dict["language"] = language
        if created_at is not UNSET:
            field_dict["created_at"] = created_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("id", None)
        if id.__class__ is not str:
            id = _reading.required(_reading.text, id, "id")
        object_ = _data.pop("object", UNSET)
        if object_ is not UNSET and object_.__class__ is not str:
            object_ = _reading.optional(_reading.text, object_, UNSET)
        name = _data.pop("name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, UNSET)
        language = _data.pop("language", UNSET)
        if language is not UNSET and language.__class__ is not str:
            language = _reading.optional(_reading.text, language, UNSET)
        created_at = _data.pop("created_at", UNSET)
        if created_at is not UNSET and created_at.__class__ is not int:
            created_at = _reading.optional(_reading.integer, created_at, UNSET)
        _model = cls.__new__(cls)
        _model.id = id
        _model.object_ = object_
        _model.name = name
        _model.language = language
        _model.created_at = created_at
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
