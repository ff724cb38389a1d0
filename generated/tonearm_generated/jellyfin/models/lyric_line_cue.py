# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="LyricLineCue")


@_attrs_define
class LyricLineCue:
    """When a part of a line is sung.

    Attributes:
        position (int | None | Unset): Where it begins in the line, in characters.
        end_position (int | None | Unset): Where it ends.
        start (int | None | Unset): When it begins, in ticks of 100 nanoseconds.
        end (int | None | Unset): When it ends.
    """

    position: int | None | Unset = UNSET
    end_position: int | None | Unset = UNSET
    start: int | None | Unset = UNSET
    end: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        position: int | None | Unset
        if isinstance(self.position, Unset):
            position = UNSET
        else:
            position = self.position

        end_position: int | None | Unset
        if isinstance(self.end_position, Unset):
            end_position = UNSET
        else:
            end_position = self.end_position

        start: int | None | Unset
        if isinstance(self.start, Unset):
            start = UNSET
        else:
            start = self.start

        end: int | None | Unset
        if isinstance(self.end, Unset):
            end = UNSET
        else:
            end = self.end

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if position is not UNSET:
            field_dict["Position"] = position
        if end_position is not UNSET:
            field_dict["EndPosition"] = end_position
        if start is not UNSET:
            field_dict["Start"] = start
        if end is not UNSET:
            field_dict["End"] = end

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        position = _data.pop("Position", UNSET)
        if position is not UNSET and position.__class__ is not int:
            position = _reading.optional(_reading.integer, position, None)
        end_position = _data.pop("EndPosition", UNSET)
        if end_position is not UNSET and end_position.__class__ is not int:
            end_position = _reading.optional(_reading.integer, end_position, None)
        start = _data.pop("Start", UNSET)
        if start is not UNSET and start.__class__ is not int:
            start = _reading.optional(_reading.integer, start, None)
        end = _data.pop("End", UNSET)
        if end is not UNSET and end.__class__ is not int:
            end = _reading.optional(_reading.integer, end, None)
        _model = cls.__new__(cls)
        _model.position = position
        _model.end_position = end_position
        _model.start = start
        _model.end = end
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
