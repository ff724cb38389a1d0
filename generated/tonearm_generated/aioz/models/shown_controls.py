# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="ShownControls")


@_attrs_define
class ShownControls:
    """What the player does, as the service shows it.

    Attributes:
        enable_api (bool | None | Unset): Whether a page may steer the player.
        enable_controls (bool | None | Unset): Whether it has controls.
        force_autoplay (bool | None | Unset): Whether it begins by itself.
        force_loop (bool | None | Unset): Whether it begins again at the end.
        hide_title (bool | None | Unset): Whether it hides the title.
    """

    enable_api: bool | None | Unset = UNSET
    enable_controls: bool | None | Unset = UNSET
    force_autoplay: bool | None | Unset = UNSET
    force_loop: bool | None | Unset = UNSET
    hide_title: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        enable_api: bool | None | Unset
        if isinstance(self.enable_api, Unset):
            enable_api = UNSET
        else:
            enable_api = self.enable_api

        enable_controls: bool | None | Unset
        if isinstance(self.enable_controls, Unset):
            enable_controls = UNSET
        else:
            enable_controls = self.enable_controls

        force_autoplay: bool | None | Unset
        if isinstance(self.force_autoplay, Unset):
            force_autoplay = UNSET
        else:
            force_autoplay = self.force_autoplay

        force_loop: bool | None | Unset
        if isinstance(self.force_loop, Unset):
            force_loop = UNSET
        else:
            force_loop = self.force_loop

        hide_title: bool | None | Unset
        if isinstance(self.hide_title, Unset):
            hide_title = UNSET
        else:
            hide_title = self.hide_title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if enable_api is not UNSET:
            field_dict["enable_api"] = enable_api
        if enable_controls is not UNSET:
            field_dict["enable_controls"] = enable_controls
        if force_autoplay is not UNSET:
            field_dict["force_autoplay"] = force_autoplay
        if force_loop is not UNSET:
            field_dict["force_loop"] = force_loop
        if hide_title is not UNSET:
            field_dict["hide_title"] = hide_title

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        enable_api = _data.pop("enable_api", UNSET)
        if enable_api is not UNSET and enable_api.__class__ is not bool:
            enable_api = _reading.optional(_reading.flag, enable_api, None)
        enable_controls = _data.pop("enable_controls", UNSET)
        if enable_controls is not UNSET and enable_controls.__class__ is not bool:
            enable_controls = _reading.optional(_reading.flag, enable_controls, None)
        force_autoplay = _data.pop("force_autoplay", UNSET)
        if force_autoplay is not UNSET and force_autoplay.__class__ is not bool:
            force_autoplay = _reading.optional(_reading.flag, force_autoplay, None)
        force_loop = _data.pop("force_loop", UNSET)
        if force_loop is not UNSET and force_loop.__class__ is not bool:
            force_loop = _reading.optional(_reading.flag, force_loop, None)
        hide_title = _data.pop("hide_title", UNSET)
        if hide_title is not UNSET and hide_title.__class__ is not bool:
            hide_title = _reading.optional(_reading.flag, hide_title, None)
        _model = cls.__new__(cls)
        _model.enable_api = enable_api
        _model.enable_controls = enable_controls
        _model.force_autoplay = force_autoplay
        _model.force_loop = force_loop
        _model.hide_title = hide_title
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
