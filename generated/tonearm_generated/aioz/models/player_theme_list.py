# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.shown_player_theme import ShownPlayerTheme


T = TypeVar("T", bound="PlayerThemeList")


@_attrs_define
class PlayerThemeList:
    """
    Attributes:
        player_themes (list[ShownPlayerTheme] | None | Unset): One page of looks.
        total (int | Unset): Number of looks that match, on all pages.
    """

    player_themes: list[ShownPlayerTheme] | None | Unset = UNSET
    total: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        player_themes: list[dict[str, Any]] | None | Unset
        if isinstance(self.player_themes, Unset):
            player_themes = UNSET
        elif isinstance(self.player_themes, list):
            player_themes = []
            for player_themes_type_0_item_data in self.player_themes:
                player_themes_type_0_item = player_themes_type_0_item_data.to_dict()
                player_themes.append(player_themes_type_0_item)

        else:
            player_themes = self.player_themes

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if player_themes is not UNSET:
            field_dict["player_themes"] = player_themes
        if total is not UNSET:
            field_dict["total"] = total

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        player_themes = _data.pop("player_themes", UNSET)
        if player_themes is not UNSET:
            player_themes = _reading.whole(_READ_PLAYER_THEMES, player_themes, "player_themes", None)
        total = _data.pop("total", UNSET)
        if total is not UNSET and total.__class__ is not int:
            total = _reading.optional(_reading.integer, total, UNSET)
        _model = cls.__new__(cls)
        _model.player_themes = player_themes
        _model.total = total
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


from ..models.shown_player_theme import ShownPlayerTheme

_READ_PLAYER_THEMES = _reading.every(ShownPlayerTheme.from_dict)
