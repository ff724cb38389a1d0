# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading

T = TypeVar("T", bound="DefaultTrackRequest")


@_attrs_define
class DefaultTrackRequest:
    """
    Attributes:
        is_default (bool): Whether players load this language when nobody chooses.
    """

    is_default: bool

    def to_dict(self) -> dict[str, Any]:
        is_default = self.is_default

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "is_default": is_default,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        is_default = _data.pop("is_default", None)
        if is_default.__class__ is not bool:
            is_default = _reading.required(_reading.flag, is_default, "is_default")
        _model = cls.__new__(cls)
        _model.is_default = is_default
        return _model
