# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="Voice")


@_attrs_define
class Voice:
    """A voice of your own.

    Attributes:
        id (str): Its id, which `voice` of speech takes.
        object_ (str | Unset): The words `audio.voice`.
        name (str | Unset): Name for people.
        type_ (str | Unset): What it was made of, `audio_sample` or `prompt`.
        created_at (int | Unset): When it was made, in seconds since 1970.
        prompt (None | str | Unset): The description that it was made from, where that is kept.
    """

    id: str
    object_: str | Unset = UNSET
    name: str | Unset = UNSET
    type_: str | Unset = UNSET
    created_at: int | Unset = UNSET
    prompt: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        object_ = self.object_

        name = self.name

        type_ = self.type_

        created_at = self.created_at

        prompt: None | str | Unset
        if isinstance(self.prompt, Unset):
            prompt = UNSET
        else:
            prompt = self.prompt

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
        if type_ is not UNSET:
            field_dict["type"] = type_
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if prompt is not UNSET:
            field_dict["prompt"] = prompt

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
        type_ = _data.pop("type", UNSET)
        if type_ is not UNSET and type_.__class__ is not str:
            type_ = _reading.optional(_reading.text, type_, UNSET)
        created_at = _data.pop("created_at", UNSET)
        if created_at is not UNSET and created_at.__class__ is not int:
            created_at = _reading.optional(_reading.integer, created_at, UNSET)
        prompt = _data.pop("prompt", UNSET)
        if prompt is not UNSET and prompt.__class__ is not str:
            prompt = _reading.optional(_reading.text, prompt, None)
        _model = cls.__new__(cls)
        _model.id = id
        _model.object_ = object_
        _model.name = name
        _model.type_ = type_
        _model.created_at = created_at
        _model.prompt = prompt
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
