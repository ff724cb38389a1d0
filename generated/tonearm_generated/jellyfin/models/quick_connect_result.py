# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="QuickConnectResult")


@_attrs_define
class QuickConnectResult:
    """How a Quick Connect request stands.

    Attributes:
        authenticated (bool | None | Unset): Whether it is approved.
        secret (None | str | Unset): What to ask with.
        code (None | str | Unset): What the user types.
        device_id (None | str | Unset): Id of the device that waits.
        device_name (None | str | Unset): Name of the device.
        app_name (None | str | Unset): Name of the client.
        app_version (None | str | Unset): Version of the client.
        date_added (None | str | Unset): When it began.
    """

    authenticated: bool | None | Unset = UNSET
    secret: None | str | Unset = _attrs_field(default=UNSET, repr=False)
    code: None | str | Unset = UNSET
    device_id: None | str | Unset = UNSET
    device_name: None | str | Unset = UNSET
    app_name: None | str | Unset = UNSET
    app_version: None | str | Unset = UNSET
    date_added: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        authenticated: bool | None | Unset
        if isinstance(self.authenticated, Unset):
            authenticated = UNSET
        else:
            authenticated = self.authenticated

        secret: None | str | Unset
        if isinstance(self.secret, Unset):
            secret = UNSET
        else:
            secret = self.secret

        code: None | str | Unset
        if isinstance(self.code, Unset):
            code = UNSET
        else:
            code = self.code

        device_id: None | str | Unset
        if isinstance(self.device_id, Unset):
            device_id = UNSET
        else:
            device_id = self.device_id

        device_name: None | str | Unset
        if isinstance(self.device_name, Unset):
            device_name = UNSET
        else:
            device_name = self.device_name

        app_name: None | str | Unset
        if isinstance(self.app_name, Unset):
            app_name = UNSET
        else:
            app_name = self.app_name

        app_version: None | str | Unset
        if isinstance(self.app_version, Unset):
            app_version = UNSET
        else:
            app_version = self.app_version

        date_added: None | str | Unset
        if isinstance(self.date_added, Unset):
            date_added = UNSET
        else:
            date_added = self.date_added

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if authenticated is not UNSET:
            field_dict["Authenticated"] = authenticated
        if secret is not UNSET:
            field_dict["Secret"] = secret
        if code is not UNSET:
            field_dict["Code"] = code
        if device_id is not UNSET:
            field_dict["DeviceId"] = device_id
        if device_name is not UNSET:
            field_dict["DeviceName"] = device_name
        if app_name is not UNSET:
            field_dict["AppName"] = app_name
        if app_version is not UNSET:
            field_dict["AppVersion"] = app_version
        if date_added is not UNSET:
            field_dict["DateAdded"] = date_added

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        authenticated = _data.pop("Authenticated", UNSET)
        if authenticated is not UNSET and authenticated.__class__ is not bool:
            authenticated = _reading.optional(_reading.flag, authenticated, None)
        secret = _data.pop("Secret", UNSET)
        if secret is not UNSET and secret.__class__ is not str:
            secret = _reading.optional(_reading.text, secret, None)
        code = _data.pop("Code", UNSET)
        if code is not UNSET and code.__class__ is not str:
            code = _reading.optional(_reading.text, code, None)
        device_id = _data.pop("DeviceId", UNSET)
        if device_id is not UNSET and device_id.__class__ is not str:
            device_id = _reading.optional(_reading.text, device_id, None)
        device_name = _data.pop("DeviceName", UNSET)
        if device_name is not UNSET and device_name.__class__ is not str:
            device_name = _reading.optional(_reading.text, device_name, None)
        app_name = _data.pop("AppName", UNSET)
        if app_name is not UNSET and app_name.__class__ is not str:
            app_name = _reading.optional(_reading.text, app_name, None)
        app_version = _data.pop("AppVersion", UNSET)
        if app_version is not UNSET and app_version.__class__ is not str:
            app_version = _reading.optional(_reading.text, app_version, None)
        date_added = _data.pop("DateAdded", UNSET)
        if date_added is not UNSET and date_added.__class__ is not str:
            date_added = _reading.optional(_reading.text, date_added, None)
        _model = cls.__new__(cls)
        _model.authenticated = authenticated
        _model.secret = secret
        _model.code = code
        _model.device_id = device_id
        _model.device_name = device_name
        _model.app_name = app_name
        _model.app_version = app_version
        _model.date_added = date_added
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
