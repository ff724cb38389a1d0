# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="MetricItem")


@_attrs_define
class MetricItem:
    """A number for a part of what was counted.

    Attributes:
        metric_value (float | None | Unset): The number.
        dimension_value (None | str | Unset): For which object, country, device or the like it stands.
        emitted_at (None | str | Unset): For which hour or day it stands; the year 1 where it stands for none.
    """

    metric_value: float | None | Unset = UNSET
    dimension_value: None | str | Unset = UNSET
    emitted_at: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        metric_value: float | None | Unset
        if isinstance(self.metric_value, Unset):
            metric_value = UNSET
        else:
            metric_value = self.metric_value

        dimension_value: None | str | Unset
        if isinstance(self.dimension_value, Unset):
            dimension_value = UNSET
        else:
            dimension_value = self.dimension_value

        emitted_at: None | str | Unset
        if isinstance(self.emitted_at, Unset):
            emitted_at = UNSET
        else:
            emitted_at = self.emitted_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if metric_value is not UNSET:
            field_dict["metric_value"] = metric_value
        if dimension_value is not UNSET:
            field_dict["dimension_value"] = dimension_value
        if emitted_at is not UNSET:
            field_dict["emitted_at"] = emitted_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        metric_value = _data.pop("metric_value", UNSET)
        if metric_value is not UNSET and (metric_value.__class__ is not float or not _reading.is_finite(metric_value)):
            metric_value = _reading.optional(_reading.number, metric_value, None)
        dimension_value = _data.pop("dimension_value", UNSET)
        if dimension_value is not UNSET and dimension_value.__class__ is not str:
            dimension_value = _reading.optional(_reading.text, dimension_value, None)
        emitted_at = _data.pop("emitted_at", UNSET)
        if emitted_at is not UNSET and emitted_at.__class__ is not str:
            emitted_at = _reading.optional(_reading.text, emitted_at, None)
        _model = cls.__new__(cls)
        _model.metric_value = metric_value
        _model.dimension_value = dimension_value
        _model.emitted_at = emitted_at
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
