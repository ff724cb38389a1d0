# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading

T = TypeVar("T", bound="RenameApiKeyRequest")


@_attrs_define
class RenameApiKeyRequest:
    """
    Attributes:
        api_key_name (str): A name for people.
    """

    api_key_name: str

    def to_dict(self) -> dict[str, Any]:
        api_key_name = self.api_key_name

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "api_key_name": api_key_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        api_key_name = _data.pop("api_key_name", None)
        if api_key_name.__class__ is not str:
            api_key_name = _reading.required(_reading.text, api_key_name, "api_key_name")
        _model = cls.__new__(cls)
        _model.api_key_name = api_key_name
        return _model
