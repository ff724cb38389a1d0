# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading

T = TypeVar("T", bound="AuthenticateUserByName")


@_attrs_define
class AuthenticateUserByName:
    """Name and password.

    Attributes:
        username (str): Name of the user.
        pw (str): The password; may be empty.
    """

    username: str
    pw: str = _attrs_field(repr=False)

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
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        username = _data.pop("Username", None)
        if username.__class__ is not str:
            username = _reading.required(_reading.text, username, "Username")
        pw = _data.pop("Pw", None)
        if pw.__class__ is not str:
            pw = _reading.required(_reading.text, pw, "Pw")
        _model = cls.__new__(cls)
        _model.username = username
        _model.pw = pw
        return _model
