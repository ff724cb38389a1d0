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
    from ..models.metric_time_frame import MetricTimeFrame


T = TypeVar("T", bound="MetricContext")


@_attrs_define
class MetricContext:
    """What was asked for, as the service understood it.

    Attributes:
        metric (str | Unset): What is counted.
        aggregation (str | Unset): How it is counted.
        breakdown (str | Unset): By what it is told apart.
        interval (str | Unset): For what each row stands.
        time_frame (MetricTimeFrame | Unset): A time.
    """

    metric: str | Unset = UNSET
    aggregation: str | Unset = UNSET
    breakdown: str | Unset = UNSET
    interval: str | Unset = UNSET
    time_frame: MetricTimeFrame | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        metric = self.metric

        aggregation = self.aggregation

        breakdown = self.breakdown

        interval = self.interval

        time_frame: dict[str, Any] | Unset = UNSET
        if not isinstance(self.time_frame, Unset):
            time_frame = self.time_frame.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if metric is not UNSET:
            field_dict["metric"] = metric
        if aggregation is not UNSET:
            field_dict["aggregation"] = aggregation
        if breakdown is not UNSET:
            field_dict["breakdown"] = breakdown
        if interval is not UNSET:
            field_dict["interval"] = interval
        if time_frame is not UNSET:
            field_dict["time_frame"] = time_frame

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        metric = _data.pop("metric", UNSET)
        if metric is not UNSET and metric.__class__ is not str:
            metric = _reading.optional(_reading.text, metric, UNSET)
        aggregation = _data.pop("aggregation", UNSET)
        if aggregation is not UNSET and aggregation.__class__ is not str:
            aggregation = _reading.optional(_reading.text, aggregation, UNSET)
        breakdown = _data.pop("breakdown", UNSET)
        if breakdown is not UNSET and breakdown.__class__ is not str:
            breakdown = _reading.optional(_reading.text, breakdown, UNSET)
        interval = _data.pop("interval", UNSET)
        if interval is not UNSET and interval.__class__ is not str:
            interval = _reading.optional(_reading.text, interval, UNSET)
        time_frame = _data.pop("time_frame", UNSET)
        if time_frame is not UNSET:
            time_frame = _reading.optional(_READ_TIME_FRAME, time_frame, UNSET)
        _model = cls.__new__(cls)
        _model.metric = metric
        _model.aggregation = aggregation
        _model.breakdown = breakdown
        _model.interval = interval
        _model.time_frame = time_frame
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


from ..models.metric_time_frame import MetricTimeFrame

_READ_TIME_FRAME = MetricTimeFrame.from_dict
