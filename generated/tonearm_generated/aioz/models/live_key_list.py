# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.live_key import LiveKey


T = TypeVar("T", bound="LiveKeyList")


@_attrs_define
class LiveKeyList:
    """
    Attributes:
        live_stream_keys (list[LiveKey] | None | Unset): The rows.
        total (int | Unset): Number of all rows.
    """

    live_stream_keys: list[LiveKey] | None | Unset = UNSET
    total: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        live_stream_keys: list[dict[str, Any]] | None | Unset
        if isinstance(self.live_stream_keys, Unset):
            live_stream_keys = UNSET
        elif isinstance(self.live_stream_keys, list):
            live_stream_keys = []
            for live_stream_keys_type_0_item_data in self.live_stream_keys:
                live_stream_keys_type_0_item = live_stream_keys_type_0_item_data.to_dict()
                live_stream_keys.append(live_stream_keys_type_0_item)

        else:
            live_stream_keys = self.live_stream_keys

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if live_stream_keys is not UNSET:
            field_dict["live_stream_keys"] = live_stream_keys
        if total is not UNSET:
            field_dict["total"] = total

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        live_stream_keys = _data.pop("live_stream_keys", UNSET)
        if live_stream_keys is not UNSET:
            live_stream_keys = _reading.whole(_READ_LIVE_STREAM_KEYS, live_stream_keys, "live_stream_keys", None)
        total = _data.pop("total", UNSET)
        if total is not UNSET and total.__class__ is not int:
            total = _reading.optional(_reading.integer, total, UNSET)
        _model = cls.__new__(cls)
        _model.live_stream_keys = live_stream_keys
        _model.total = total
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


from ..models.live_key import LiveKey

_READ_LIVE_STREAM_KEYS = _reading.every(LiveKey.from_dict)
