# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="PublicSystemInfo")


@_attrs_define
class PublicSystemInfo:
    """Which server this is.

    Attributes:
        version (str): Its version.
        local_address (None | str | Unset): Its address in its own network.
        server_name (None | str | Unset): Its name.
        product_name (None | str | Unset): Name of the program.
        operating_system (None | str | Unset): No longer told.
        id (None | str | Unset): Its id.
        startup_wizard_completed (bool | None | Unset): Whether it has been set up.
    """

    version: str
    local_address: None | str | Unset = UNSET
    server_name: None | str | Unset = UNSET
    product_name: None | str | Unset = UNSET
    operating_system: None | str | Unset = UNSET
    id: None | str | Unset = UNSET
    startup_wizard_completed: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        version = self.version

        local_address: None | str | Unset
        if isinstance(self.local_address, Unset):
            local_address = UNSET
        else:
            local_address = self.local_address

        server_name: None | str | Unset
        if isinstance(self.server_name, Unset):
            server_name = UNSET
        else:
            server_name = self.server_name

        product_name: None | str | Unset
        if isinstance(self.product_name, Unset):
            product_name = UNSET
        else:
            product_name = self.product_name

        operating_system: None | str | Unset
        if isinstance(self.operating_system, Unset):
            operating_system = UNSET
        else:
            operating_system = self.operating_system

        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        startup_wizard_completed: bool | None | Unset
        if isinstance(self.startup_wizard_completed, Unset):
            startup_wizard_completed = UNSET
        else:
            startup_wizard_completed = self.startup_wizard_completed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "Version": version,
            }
        )
        if local_address is not UNSET:
            field_dict["LocalAddress"] = local_address
        if server_name is not UNSET:
            field_dict["ServerName"] = server_name
        if product_name is not UNSET:
            field_dict["ProductName"] = product_name
        if operating_system is not UNSET:
            field_dict["OperatingSystem"] = operating_system
        if id is not UNSET:
            field_dict["Id"] = id
        if startup_wizard_completed is not UNSET:
            field_dict["StartupWizardCompleted"] = startup_wizard_completed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        version = _data.pop("Version", None)
        if version.__class__ is not str:
            version = _reading.required(_reading.text, version, "Version")
        local_address = _data.pop("LocalAddress", UNSET)
        if local_address is not UNSET and local_address.__class__ is not str:
            local_address = _reading.optional(_reading.text, local_address, None)
        server_name = _data.pop("ServerName", UNSET)
        if server_name is not UNSET and server_name.__class__ is not str:
            server_name = _reading.optional(_reading.text, server_name, None)
        product_name = _data.pop("ProductName", UNSET)
        if product_name is not UNSET and product_name.__class__ is not str:
            product_name = _reading.optional(_reading.text, product_name, None)
        operating_system = _data.pop("OperatingSystem", UNSET)
        if operating_system is not UNSET and operating_system.__class__ is not str:
            operating_system = _reading.optional(_reading.text, operating_system, None)
        id = _data.pop("Id", UNSET)
        if id is not UNSET and id.__class__ is not str:
            id = _reading.optional(_reading.text, id, None)
        startup_wizard_completed = _data.pop("StartupWizardCompleted", UNSET)
        if startup_wizard_completed is not UNSET and startup_wizard_completed.__class__ is not bool:
            startup_wizard_completed = _reading.optional(_reading.flag, startup_wizard_completed, None)
        _model = cls.__new__(cls)
        _model.version = version
        _model.local_address = local_address
        _model.server_name = server_name
        _model.product_name = product_name
        _model.operating_system = operating_system
        _model.id = id
        _model.startup_wizard_completed = startup_wizard_completed
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
