# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.base_item_dto import BaseItemDto


T = TypeVar("T", bound="BaseItemDtoQueryResult")


@_attrs_define
class BaseItemDtoQueryResult:
    """A page of items.

    Attributes:
        items (list[BaseItemDto] | None | Unset): The items of the page.
        total_record_count (int | None | Unset): How many there are in all.
        start_index (int | None | Unset): How many were skipped.
    """

    items: list[BaseItemDto] | None | Unset = UNSET
    total_record_count: int | None | Unset = UNSET
    start_index: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        items: list[dict[str, Any]] | None | Unset
        if isinstance(self.items, Unset):
            items = UNSET
        elif isinstance(self.items, list):
            items = []
            for items_type_0_item_data in self.items:
                items_type_0_item = items_type_0_item_data.to_dict()
                items.append(items_type_0_item)

        else:
            items = self.items

        total_record_count: int | None | Unset
        if isinstance(self.total_record_count, Unset):
            total_record_count = UNSET
        else:
            total_record_count = self.total_record_count

        start_index: int | None | Unset
        if isinstance(self.start_index, Unset):
            start_index = UNSET
        else:
            start_index = self.start_index

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if items is not UNSET:
            field_dict["Items"] = items
        if total_record_count is not UNSET:
            field_dict["TotalRecordCount"] = total_record_count
        if start_index is not UNSET:
            field_dict["StartIndex"] = start_index

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        items = _data.pop("Items", UNSET)
        if items is not UNSET:
            items = _reading.whole(_READ_ITEMS, items, "Items", None)
        total_record_count = _data.pop("TotalRecordCount", UNSET)
        if total_record_count is not UNSET and total_record_count.__class__ is not int:
            total_record_count = _reading.optional(_reading.integer, total_record_count, None)
        start_index = _data.pop("StartIndex", UNSET)
        if start_index is not UNSET and start_index.__class__ is not int:
            start_index = _reading.optional(_reading.integer, start_index, None)
        _model = cls.__new__(cls)
        _model.items = items
        _model.total_record_count = total_record_count
        _model.start_index = start_index
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


from ..models.base_item_dto import BaseItemDto

_READ_ITEMS = _reading.every(BaseItemDto.from_dict)
