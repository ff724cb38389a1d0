# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="MovePlaylistItemRequest")


@_attrs_define
class MovePlaylistItemRequest:
    """
    Attributes:
        current_id (str): The item to move.
        previous_id (str | Unset): The item that it comes after; left out for the first place.
        next_id (str | Unset): The item that it comes before; left out for the last place.
    """

    current_id: str
    previous_id: str | Unset = UNSET
    next_id: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        current_id = self.current_id

        previous_id = self.previous_id

        next_id = self.next_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "current_id": current_id,
            }
        )
        if previous_id is not UNSET:
            field_dict["previous_id"] = previous_id
        if next_id is not UNSET:
            field_dict["next_id"] = next_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        current_id = _data.pop("current_id", None)
        if current_id.__class__ is not str:
            current_id = _reading.required(_reading.text, current_id, "current_id")
        previous_id = _data.pop("previous_id", UNSET)
        if previous_id is not UNSET and previous_id.__class__ is not str:
            previous_id = _reading.optional(_reading.text, previous_id, UNSET)
        next_id = _data.pop("next_id", UNSET)
        if next_id is not UNSET and next_id.__class__ is not str:
            next_id = _reading.optional(_reading.text, next_id, UNSET)
        _model = cls.__new__(cls)
        _model.current_id = current_id
        _model.previous_id = previous_id
        _model.next_id = next_id
        return _model
