# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.metric_filter import MetricFilter


T = TypeVar("T", bound="MetricTotalRequest")


@_attrs_define
class MetricTotalRequest:
    """
    Attributes:
        from_ (int | Unset): Begin of the time, in seconds since 1970.
        to (int | Unset): End of the time, in seconds since 1970.
        filter_by (MetricFilter | Unset): What is counted at all; what is left out does not matter.
    """

    from_: int | Unset = UNSET
    to: int | Unset = UNSET
    filter_by: MetricFilter | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from_ = self.from_

        to = self.to

        filter_by: dict[str, Any] | Unset = UNSET
        if not isinstance(self.filter_by, Unset):
            filter_by = self.filter_by.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if from_ is not UNSET:
            field_dict["from"] = from_
        if to is not UNSET:
            field_dict["to"] = to
        if filter_by is not UNSET:
            field_dict["filter_by"] = filter_by

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        from_ = _data.pop("from", UNSET)
        if from_ is not UNSET and from_.__class__ is not int:
            from_ = _reading.optional(_reading.integer, from_, UNSET)
        to = _data.pop("to", UNSET)
        if to is not UNSET and to.__class__ is not int:
            to = _reading.optional(_reading.integer, to, UNSET)
        filter_by = _data.pop("filter_by", UNSET)
        if filter_by is not UNSET:
            filter_by = _reading.optional(_READ_FILTER_BY, filter_by, UNSET)
        _model = cls.__new__(cls)
        _model.from_ = from_
        _model.to = to
        _model.filter_by = filter_by
        return _model


from ..models.metric_filter import MetricFilter

_READ_FILTER_BY = MetricFilter.from_dict
