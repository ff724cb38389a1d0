# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading

T = TypeVar("T", bound="MetadataPair")


@_attrs_define
class MetadataPair:
    """One pair of an object's metadata, as sent.

    Attributes:
        key (str):
        value (str):
    """

    key: str
    value: str

    def to_dict(self) -> dict[str, Any]:
        key = self.key

        value = self.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "key": key,
                "value": value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        key = _data.pop("key", None)
        if key.__class__ is not str:
            key = _reading.required(_reading.text, key, "key")
        value = _data.pop("value", None)
        if value.__class__ is not str:
            value = _reading.required(_reading.text, value, "value")
        _model = cls.__new__(cls)
        _model.key = key
        _model.value = value
        return _model
