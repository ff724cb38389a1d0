# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading

if TYPE_CHECKING:
    from ..models.shown_player_theme import ShownPlayerTheme


T = TypeVar("T", bound="PlayerThemeData")


@_attrs_define
class PlayerThemeData:
    """
    Attributes:
        player_theme (ShownPlayerTheme): A look of players.
    """

    player_theme: ShownPlayerTheme
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        player_theme = self.player_theme.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "player_theme": player_theme,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        player_theme = _data.pop("player_theme", None)
        player_theme = _reading.required(_READ_PLAYER_THEME, player_theme, "player_theme")
        _model = cls.__new__(cls)
        _model.player_theme = player_theme
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

_READ_PLAYER_THEME = ShownPlayerTheme.from_dict
