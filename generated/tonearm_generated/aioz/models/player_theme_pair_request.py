# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading

T = TypeVar("T", bound="PlayerThemePairRequest")


@_attrs_define
class PlayerThemePairRequest:
    """
    Attributes:
        media_id (str): Id of the object.
        player_theme_id (str): Id of the look.
    """

    media_id: str
    player_theme_id: str

    def to_dict(self) -> dict[str, Any]:
        media_id = self.media_id

        player_theme_id = self.player_theme_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "media_id": media_id,
                "player_theme_id": player_theme_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        media_id = _data.pop("media_id", None)
        if media_id.__class__ is not str:
            media_id = _reading.required(_reading.text, media_id, "media_id")
        player_theme_id = _data.pop("player_theme_id", None)
        if player_theme_id.__class__ is not str:
            player_theme_id = _reading.required(_reading.text, player_theme_id, "player_theme_id")
        _model = cls.__new__(cls)
        _model.media_id = media_id
        _model.player_theme_id = player_theme_id
        return _model
