# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="Model")


@_attrs_define
class Model:
    """A model that requests can name.

    Attributes:
        id (str): Its name.
        object_ (str | Unset): The word `model`.
        created (int | Unset): When it was made, in seconds since 1970.
        owned_by (str | Unset): Whose it is.
        shutdown_date (None | str | Unset): The day on which it is switched off, as YYYY-MM-DD, where that is announced.
    """

    id: str
    object_: str | Unset = UNSET
    created: int | Unset = UNSET
    owned_by: str | Unset = UNSET
    shutdown_date: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        object_ = self.object_

        created = self.created

        owned_by = self.owned_by

        shutdown_date: None | str | Unset
        if isinstance(self.shutdown_date, Unset):
            shutdown_date = UNSET
        else:
            shutdown_date = self.shutdown_date

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if object_ is not UNSET:
            field_dict["object"] = object_
        if created is not UNSET:
            field_dict["created"] = created
        if owned_by is not UNSET:
            field_dict["owned_by"] = owned_by
        if shutdown_date is not UNSET:
            field_dict["shutdown_date"] = shutdown_date

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("id", None)
        if id.__class__ is not str:
            id = _reading.required(_reading.text, id, "id")
        object_ = _data.pop("object", UNSET)
        if object_ is not UNSET and object_.__class__ is not str:
            object_ = _reading.optional(_reading.text, object_, UNSET)
        created = _data.pop("created", UNSET)
        if created is not UNSET and created.__class__ is not int:
            created = _reading.optional(_reading.integer, created, UNSET)
        owned_by = _data.pop("owned_by", UNSET)
        if owned_by is not UNSET and owned_by.__class__ is not str:
            owned_by = _reading.optional(_reading.text, owned_by, UNSET)
        shutdown_date = _data.pop("shutdown_date", UNSET)
        if shutdown_date is not UNSET and shutdown_date.__class__ is not str:
            shutdown_date = _reading.optional(_reading.text, shutdown_date, None)
        _model = cls.__new__(cls)
        _model.id = id
        _model.object_ = object_
        _model.created = created
        _model.owned_by = owned_by
        _model.shutdown_date = shutdown_date
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
