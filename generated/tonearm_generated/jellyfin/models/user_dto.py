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
    from ..models.user_policy import UserPolicy


T = TypeVar("T", bound="UserDto")


@_attrs_define
class UserDto:
    """A user.

    Attributes:
        id (str): Id of the user.
        name (None | str | Unset): Name of the user.
        server_id (None | str | Unset): Id of the server.
        has_password (bool | None | Unset): Whether there is a password.
        policy (None | Unset | UserPolicy): What the user may do.
    """

    id: str
    name: None | str | Unset = UNSET
    server_id: None | str | Unset = UNSET
    has_password: bool | None | Unset = UNSET
    policy: None | Unset | UserPolicy = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.user_policy import UserPolicy  # noqa: PLC0415

        id = self.id

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        server_id: None | str | Unset
        if isinstance(self.server_id, Unset):
            server_id = UNSET
        else:
            server_id = self.server_id

        has_password: bool | None | Unset
        if isinstance(self.has_password, Unset):
            has_password = UNSET
        else:
            has_password = self.has_password

        policy: dict[str, Any] | None | Unset
        if isinstance(self.policy, Unset):
            policy = UNSET
        elif isinstance(self.policy, UserPolicy):
            policy = self.policy.to_dict()
        else:
            policy = self.policy

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "Id": id,
            }
        )
        if name is not UNSET:
            field_dict["Name"] = name
        if server_id is not UNSET:
            field_dict["ServerId"] = server_id
        if has_password is not UNSET:
            field_dict["HasPassword"] = has_password
        if policy is not UNSET:
            field_dict["Policy"] = policy

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("Id", None)
        if id.__class__ is not str:
            id = _reading.required(_reading.text, id, "Id")
        name = _data.pop("Name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, None)
        server_id = _data.pop("ServerId", UNSET)
        if server_id is not UNSET and server_id.__class__ is not str:
            server_id = _reading.optional(_reading.text, server_id, None)
        has_password = _data.pop("HasPassword", UNSET)
        if has_password is not UNSET and has_password.__class__ is not bool:
            has_password = _reading.optional(_reading.flag, has_password, None)
        policy = _data.pop("Policy", UNSET)
        if policy is not UNSET:
            policy = _reading.optional(_READ_POLICY, policy, None)
        _model = cls.__new__(cls)
        _model.id = id
        _model.name = name
        _model.server_id = server_id
        _model.has_password = has_password
        _model.policy = policy
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


from ..models.user_policy import UserPolicy

_READ_POLICY = UserPolicy.from_dict
