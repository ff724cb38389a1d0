# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="Cost")


@_attrs_define
class Cost:
    """An estimated price.

    Attributes:
        price (float): US dollars.
        is_enough (bool | Unset): Whether the balance of the account covers it.
    """

    price: float
    is_enough: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        price = self.price

        is_enough = self.is_enough

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "price": price,
            }
        )
        if is_enough is not UNSET:
            field_dict["is_enough"] = is_enough

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        price = _data.pop("price", None)
        if price.__class__ is not float or not _reading.is_finite(price):
            price = _reading.required(_reading.number, price, "price")
        is_enough = _data.pop("is_enough", UNSET)
        if is_enough is not UNSET and is_enough.__class__ is not bool:
            is_enough = _reading.optional(_reading.flag, is_enough, UNSET)
        _model = cls.__new__(cls)
        _model.price = price
        _model.is_enough = is_enough
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
