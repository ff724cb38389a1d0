# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="ApiKey")


@_attrs_define
class ApiKey:
    """A pair of keys.

    Attributes:
        id (str): Id of the pair.
        name (str | Unset): A name for people.
        public_key (str | Unset): The public half.
        secret (None | str | Unset): The secret half, which only the answer to its making has.
        truncated_secret (None | str | Unset): The ends of the secret half, by which people know it again.
        ttl (float | None | str | Unset): Seconds in which it is valid, counted from its making.
        type_ (str | Unset): What it may do.
        created_at (None | str | Unset): Time of creation, as the service writes it.
        updated_at (None | str | Unset): Time of the last change, as the service writes it.
        expired_at (None | str | Unset): Time at which it ends to be valid, as the service writes it.
        last_requested_at (None | str | Unset): Time of its last use, as the service writes it.
    """

    id: str
    name: str | Unset = UNSET
    public_key: str | Unset = UNSET
    secret: None | str | Unset = _attrs_field(default=UNSET, repr=False)
    truncated_secret: None | str | Unset = UNSET
    ttl: float | None | str | Unset = UNSET
    type_: str | Unset = UNSET
    created_at: None | str | Unset = UNSET
    updated_at: None | str | Unset = UNSET
    expired_at: None | str | Unset = UNSET
    last_requested_at: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        public_key = self.public_key

        secret: None | str | Unset
        if isinstance(self.secret, Unset):
            secret = UNSET
        else:
            secret = self.secret

        truncated_secret: None | str | Unset
        if isinstance(self.truncated_secret, Unset):
            truncated_secret = UNSET
        else:
            truncated_secret = self.truncated_secret

        ttl: float | None | str | Unset
        if isinstance(self.ttl, Unset):
            ttl = UNSET
        else:
            ttl = self.ttl

        type_ = self.type_

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        else:
            created_at = self.created_at

        updated_at: None | str | Unset
        if isinstance(self.updated_at, Unset):
            updated_at = UNSET
        else:
            updated_at = self.updated_at

        expired_at: None | str | Unset
        if isinstance(self.expired_at, Unset):
            expired_at = UNSET
        else:
            expired_at = self.expired_at

        last_requested_at: None | str | Unset
        if isinstance(self.last_requested_at, Unset):
            last_requested_at = UNSET
        else:
            last_requested_at = self.last_requested_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if public_key is not UNSET:
            field_dict["public_key"] = public_key
        if secret is not UNSET:
            field_dict["secret"] = secret
        if truncated_secret is not UNSET:
            field_dict["truncated_secret"] = truncated_secret
        if ttl is not UNSET:
            field_dict["ttl"] = ttl
        if type_ is not UNSET:
            field_dict["type"] = type_
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at
        if expired_at is not UNSET:
            field_dict["expired_at"] = expired_at
        if last_requested_at is not UNSET:
            field_dict["last_requested_at"] = last_requested_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("id", None)
        if id.__class__ is not str:
            id = _reading.required(_reading.text, id, "id")
        name = _data.pop("name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, UNSET)
        public_key = _data.pop("public_key", UNSET)
        if public_key is not UNSET and public_key.__class__ is not str:
            public_key = _reading.optional(_reading.text, public_key, UNSET)
        secret = _data.pop("secret", UNSET)
        if secret is not UNSET and secret.__class__ is not str:
            secret = _reading.optional(_reading.text, secret, None)
        truncated_secret = _data.pop("truncated_secret", UNSET)
        if truncated_secret is not UNSET and truncated_secret.__class__ is not str:
            truncated_secret = _reading.optional(_reading.text, truncated_secret, None)
        ttl = _data.pop("ttl", UNSET)
        if ttl is not UNSET:
            ttl = _reading.optional(_READ_TTL, ttl, None)
        type_ = _data.pop("type", UNSET)
        if type_ is not UNSET and type_.__class__ is not str:
            type_ = _reading.optional(_reading.text, type_, UNSET)
        created_at = _data.pop("created_at", UNSET)
        if created_at is not UNSET and created_at.__class__ is not str:
            created_at = _reading.optional(_reading.text, created_at, None)
        updated_at = _data.pop("updated_at", UNSET)
        if updated_at is not UNSET and updated_at.__class__ is not str:
            updated_at = _reading.optional(_reading.text, updated_at, None)
        expired_at = _data.pop("expired_at", UNSET)
        if expired_at is not UNSET and expired_at.__class__ is not str:
            expired_at = _reading.optional(_reading.text, expired_at, None)
        last_requested_at = _data.pop("last_requested_at", UNSET)
        if last_requested_at is not UNSET and last_requested_at.__class__ is not str:
            last_requested_at = _reading.optional(_reading.text, last_requested_at, None)
        _model = cls.__new__(cls)
        _model.id = id
        _model.name = name
        _model.public_key = public_key
        _model.secret = secret
        _model.truncated_secret = truncated_secret
        _model.ttl = ttl
        _model.type_ = type_
        _model.created_at = created_at
        _model.updated_at = updated_at
        _model.expired_at = expired_at
        _model.last_requested_at = last_requested_at
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


_READ_TTL: _reading.Reader[str | float] = _reading.first((_reading.text, _reading.number))
