# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="MetricTimeFrame")


@_attrs_define
class MetricTimeFrame:
    """A time.

    Attributes:
        from_ (str | Unset): Its begin, as the service writes it.
        to (str | Unset): Its end, as the service writes it.
    """

    from_: str | Unset = UNSET
    to: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from_ = self.from_

        to = self.to

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if from_ is not UNSET:
            field_dict["from"] = from_
        if to is not UNSET:
            field_dict["to"] = to

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        from_ = _data.pop("from", UNSET)
        if from_ is not UNSET and from_.__class__ is not str:
            from_ = _reading.optional(_reading.text, from_, UNSET)
        to = _data.pop("to", UNSET)
        if to is not UNSET and to.__class__ is not str:
            to = _reading.optional(_reading.text, to, UNSET)
        _model = cls.__new__(cls)
        _model.from_ = from_
        _model.to = to
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
