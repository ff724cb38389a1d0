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
    from ..models.user_dto import UserDto


T = TypeVar("T", bound="AuthenticationResult")


@_attrs_define
class AuthenticationResult:
    """A token, and whose it is.

    Attributes:
        access_token (str): The token.
        user (None | Unset | UserDto): The user.
        server_id (None | str | Unset): Id of the server.
    """

    access_token: str = _attrs_field(repr=False)
    user: None | Unset | UserDto = UNSET
    server_id: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.user_dto import UserDto  # noqa: PLC0415

        access_token = self.access_token

        user: dict[str, Any] | None | Unset
        if isinstance(self.user, Unset):
            user = UNSET
        elif isinstance(self.user, UserDto):
            user = self.user.to_dict()
        else:
            user = self.user

        server_id: None | str | Unset
        if isinstance(self.server_id, Unset):
            server_id = UNSET
        else:
            server_id = self.server_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "AccessToken": access_token,
            }
        )
        if user is not UNSET:
            field_dict["User"] = user
        if server_id is not UNSET:
            field_dict["ServerId"] = server_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        access_token = _data.pop("AccessToken", None)
        if access_token.__class__ is not str:
            access_token = _reading.required(_reading.text, access_token, "AccessToken")
        user = _data.pop("User", UNSET)
        if user is not UNSET:
            user = _reading.optional(_READ_USER, user, None)
        server_id = _data.pop("ServerId", UNSET)
        if server_id is not UNSET and server_id.__class__ is not str:
            server_id = _reading.optional(_reading.text, server_id, None)
        _model = cls.__new__(cls)
        _model.access_token = access_token
        _model.user = user
        _model.server_id = server_id
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


from ..models.user_dto import UserDto

_READ_USER = UserDto.from_dict
