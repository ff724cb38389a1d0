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
    from ..models.problem_errors import ProblemErrors


T = TypeVar("T", bound="ProblemDetails")


@_attrs_define
class ProblemDetails:
    """What is wrong with a request (RFC 9457).

    Attributes:
        type_ (None | str | Unset): Address of an explanation.
        title (None | str | Unset): Summary.
        status (int | None | Unset): The HTTP status again.
        detail (None | str | Unset): What is wrong in this case.
        instance (None | str | Unset): Address of this case.
        trace_id (None | str | Unset): Id for the log of the server.
        errors (None | ProblemErrors | Unset): Findings by parameter.
    """

    type_: None | str | Unset = UNSET
    title: None | str | Unset = UNSET
    status: int | None | Unset = UNSET
    detail: None | str | Unset = UNSET
    instance: None | str | Unset = UNSET
    trace_id: None | str | Unset = UNSET
    errors: None | ProblemErrors | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.problem_errors import ProblemErrors  # noqa: PLC0415

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        else:
            type_ = self.type_

        title: None | str | Unset
        if isinstance(self.title, Unset):
            title = UNSET
        else:
            title = self.title

        status: int | None | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        else:
            status = self.status

        detail: None | str | Unset
        if isinstance(self.detail, Unset):
            detail = UNSET
        else:
            detail = self.detail

        instance: None | str | Unset
        if isinstance(self.instance, Unset):
            instance = UNSET
        else:
            instance = self.instance

        trace_id: None | str | Unset
        if isinstance(self.trace_id, Unset):
            trace_id = UNSET
        else:
            trace_id = self.trace_id

        errors: dict[str, Any] | None | Unset
        if isinstance(self.errors, Unset):
            errors = UNSET
        elif isinstance(self.errors, ProblemErrors):
            errors = self.errors.to_dict()
        else:
            errors = self.errors

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if type_ is not UNSET:
            field_dict["type"] = type_
        if title is not UNSET:
            field_dict["title"] = title
        if status is not UNSET:
            field_dict["status"] = status
        if detail is not UNSET:
            field_dict["detail"] = detail
        if instance is not UNSET:
            field_dict["instance"] = instance
        if trace_id is not UNSET:
            field_dict["traceId"] = trace_id
        if errors is not UNSET:
            field_dict["errors"] = errors

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        type_ = _data.pop("type", UNSET)
        if type_ is not UNSET and type_.__class__ is not str:
            type_ = _reading.optional(_reading.text, type_, None)
        title = _data.pop("title", UNSET)
        if title is not UNSET and title.__class__ is not str:
            title = _reading.optional(_reading.text, title, None)
        status = _data.pop("status", UNSET)
        if status is not UNSET and status.__class__ is not int:
            status = _reading.optional(_reading.integer, status, None)
        detail = _data.pop("detail", UNSET)
        if detail is not UNSET and detail.__class__ is not str:
            detail = _reading.optional(_reading.text, detail, None)
        instance = _data.pop("instance", UNSET)
        if instance is not UNSET and instance.__class__ is not str:
            instance = _reading.optional(_reading.text, instance, None)
        trace_id = _data.pop("traceId", UNSET)
        if trace_id is not UNSET and trace_id.__class__ is not str:
            trace_id = _reading.optional(_reading.text, trace_id, None)
        errors = _data.pop("errors", UNSET)
        if errors is not UNSET:
            errors = _reading.optional(_READ_ERRORS, errors, None)
        _model = cls.__new__(cls)
        _model.type_ = type_
        _model.title = title
        _model.status = status
        _model.detail = detail
        _model.instance = instance
        _model.trace_id = trace_id
        _model.errors = errors
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


from ..models.problem_errors import ProblemErrors

_READ_ERRORS = ProblemErrors.from_dict
