# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="UpdateLiveKeyRequest")


@_attrs_define
class UpdateLiveKeyRequest:
    """
    Attributes:
        name (str | Unset): A name for people.
        save (bool | Unset): Whether broadcasts become objects when they end.
    """

    name: str | Unset = UNSET
    save: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        save = self.save

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if save is not UNSET:
            field_dict["save"] = save

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        name = _data.pop("name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, UNSET)
        save = _data.pop("save", UNSET)
        if save is not UNSET and save.__class__ is not bool:
            save = _reading.optional(_reading.flag, save, UNSET)
        _model = cls.__new__(cls)
        _model.name = name
        _model.save = save
        return _model
