# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="AuthenticateUserByName")


@_attrs_define
class AuthenticateUserByName:
    """Name and password.

    Attributes:
        username (str): Name of the user.
        pw (str): The password; may be empty.
    """

    username: str
    pw: str

    def to_dict(self) -> dict[str, Any]:
        username = self.username

        pw = self.pw

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "Username": username,
                "Pw": pw,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        username = d.pop("Username")

        pw = d.pop("Pw")

        authenticate_user_by_name = cls(
            username=username,
            pw=pw,
        )

        return authenticate_user_by_name
