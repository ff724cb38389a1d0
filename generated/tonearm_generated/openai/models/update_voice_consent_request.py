# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading

T = TypeVar("T", bound="UpdateVoiceConsentRequest")


@_attrs_define
class UpdateVoiceConsentRequest:
    """What can be changed of a consent.

    Attributes:
        name (str): Name for people.
    """

    name: str

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        name = _data.pop("name", None)
        if name.__class__ is not str:
            name = _reading.required(_reading.text, name, "name")
        _model = cls.__new__(cls)
        _model.name = name
        return _model
