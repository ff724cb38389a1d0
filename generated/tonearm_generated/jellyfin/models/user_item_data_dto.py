# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="UserItemDataDto")


@_attrs_define
class UserItemDataDto:
    """What an item is to the user.

    Attributes:
        playback_position_ticks (int | None | Unset): Where playback ended, in ticks of 100 nanoseconds.
        play_count (int | None | Unset): How often it was played.
        is_favorite (bool | None | Unset): Whether it is a favourite.
        last_played_date (None | str | Unset): When it was played last.
        played (bool | None | Unset): Whether it was played.
        item_id (None | str | Unset): Id of the item.
    """

    playback_position_ticks: int | None | Unset = UNSET
    play_count: int | None | Unset = UNSET
    is_favorite: bool | None | Unset = UNSET
    last_played_date: None | str | Unset = UNSET
    played: bool | None | Unset = UNSET
    item_id: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        playback_position_ticks: int | None | Unset
        if isinstance(self.playback_position_ticks, Unset):
            playback_position_ticks = UNSET
        else:
            playback_position_ticks = self.playback_position_ticks

        play_count: int | None | Unset
        if isinstance(self.play_count, Unset):
            play_count = UNSET
        else:
            play_count = self.play_count

        is_favorite: bool | None | Unset
        if isinstance(self.is_favorite, Unset):
            is_favorite = UNSET
        else:
            is_favorite = self.is_favorite

        last_played_date: None | str | Unset
        if isinstance(self.last_played_date, Unset):
            last_played_date = UNSET
        else:
            last_played_date = self.last_played_date

        played: bool | None | Unset
        if isinstance(self.played, Unset):
            played = UNSET
        else:
            played = self.played

        item_id: None | str | Unset
        if isinstance(self.item_id, Unset):
            item_id = UNSET
        else:
            item_id = self.item_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if playback_position_ticks is not UNSET:
            field_dict["PlaybackPositionTicks"] = playback_position_ticks
        if play_count is not UNSET:
            field_dict["PlayCount"] = play_count
        if is_favorite is not UNSET:
            field_dict["IsFavorite"] = is_favorite
        if last_played_date is not UNSET:
            field_dict["LastPlayedDate"] = last_played_date
        if played is not UNSET:
            field_dict["Played"] = played
        if item_id is not UNSET:
            field_dict["ItemId"] = item_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        playback_position_ticks = _data.pop("PlaybackPositionTicks", UNSET)
        if playback_position_ticks is not UNSET and playback_position_ticks.__class__ is not int:
            playback_position_ticks = _reading.optional(_reading.integer, playback_position_ticks, None)
        play_count = _data.pop("PlayCount", UNSET)
        if play_count is not UNSET and play_count.__class__ is not int:
            play_count = _reading.optional(_reading.integer, play_count, None)
        is_favorite = _data.pop("IsFavorite", UNSET)
        if is_favorite is not UNSET and is_favorite.__class__ is not bool:
            is_favorite = _reading.optional(_reading.flag, is_favorite, None)
        last_played_date = _data.pop("LastPlayedDate", UNSET)
        if last_played_date is not UNSET and last_played_date.__class__ is not str:
            last_played_date = _reading.optional(_reading.text, last_played_date, None)
        played = _data.pop("Played", UNSET)
        if played is not UNSET and played.__class__ is not bool:
            played = _reading.optional(_reading.flag, played, None)
        item_id = _data.pop("ItemId", UNSET)
        if item_id is not UNSET and item_id.__class__ is not str:
            item_id = _reading.optional(_reading.text, item_id, None)
        _model = cls.__new__(cls)
        _model.playback_position_ticks = playback_position_ticks
        _model.play_count = play_count
        _model.is_favorite = is_favorite
        _model.last_played_date = last_played_date
        _model.played = played
        _model.item_id = item_id
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
