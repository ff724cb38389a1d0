# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.player_controls import PlayerControls
    from ..models.player_look import PlayerLook


T = TypeVar("T", bound="CreatePlayerThemeRequest")


@_attrs_define
class CreatePlayerThemeRequest:
    """
    Attributes:
        name (str | Unset): A name for people.
        is_default (bool | Unset): Whether objects without a look of their own have it.
        theme (PlayerLook | Unset): Colours and sizes.
        controls (PlayerControls | Unset): What the player does.
    """

    name: str | Unset = UNSET
    is_default: bool | Unset = UNSET
    theme: PlayerLook | Unset = UNSET
    controls: PlayerControls | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        is_default = self.is_default

        theme: dict[str, Any] | Unset = UNSET
        if not isinstance(self.theme, Unset):
            theme = self.theme.to_dict()

        controls: dict[str, Any] | Unset = UNSET
        if not isinstance(self.controls, Unset):
            controls = self.controls.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if is_default is not UNSET:
            field_dict["is_default"] = is_default
        if theme is not UNSET:
            field_dict["theme"] = theme
        if controls is not UNSET:
            field_dict["controls"] = controls

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        name = _data.pop("name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, UNSET)
        is_default = _data.pop("is_default", UNSET)
        if is_default is not UNSET and is_default.__class__ is not bool:
            is_default = _reading.optional(_reading.flag, is_default, UNSET)
        theme = _data.pop("theme", UNSET)
        if theme is not UNSET:
            theme = _reading.optional(_READ_THEME, theme, UNSET)
        controls = _data.pop("controls", UNSET)
        if controls is not UNSET:
            controls = _reading.optional(_READ_CONTROLS, controls, UNSET)
        _model = cls.__new__(cls)
        _model.name = name
        _model.is_default = is_default
        _model.theme = theme
        _model.controls = controls
        return _model


from ..models.player_controls import PlayerControls
from ..models.player_look import PlayerLook

_READ_THEME = PlayerLook.from_dict
_READ_CONTROLS = PlayerControls.from_dict
