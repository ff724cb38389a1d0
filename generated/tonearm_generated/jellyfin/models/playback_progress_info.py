# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..models.play_method import PlayMethod
from ..types import UNSET, Unset

T = TypeVar("T", bound="PlaybackProgressInfo")


@_attrs_define
class PlaybackProgressInfo:
    """Playback that goes on.

    Attributes:
        item_id (str): What is played.
        can_seek (bool | Unset): Whether the player can go elsewhere.
        media_source_id (str | Unset): Which version of it.
        is_paused (bool | Unset): Whether it pauses.
        position_ticks (int | Unset): Where, in ticks of 100 nanoseconds.
        play_method (PlayMethod | Unset): How the item is played - encoded, repacked, or as it is.
        play_session_id (str | Unset): The play session.
    """

    item_id: str
    can_seek: bool | Unset = UNSET
    media_source_id: str | Unset = UNSET
    is_paused: bool | Unset = UNSET
    position_ticks: int | Unset = UNSET
    play_method: PlayMethod | Unset = UNSET
    play_session_id: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        item_id = self.item_id

        can_seek = self.can_seek

        media_source_id = self.media_source_id

        is_paused = self.is_paused

        position_ticks = self.position_ticks

        play_method: str | Unset = UNSET
        if not isinstance(self.play_method, Unset):
            play_method = str(self.play_method)

        play_session_id = self.play_session_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ItemId": item_id,
            }
        )
        if can_seek is not UNSET:
            field_dict["CanSeek"] = can_seek
        if media_source_id is not UNSET:
            field_dict["MediaSourceId"] = media_source_id
        if is_paused is not UNSET:
            field_dict["IsPaused"] = is_paused
        if position_ticks is not UNSET:
            field_dict["PositionTicks"] = position_ticks
        if play_method is not UNSET:
            field_dict["PlayMethod"] = play_method
        if play_session_id is not UNSET:
            field_dict["PlaySessionId"] = play_session_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        item_id = _data.pop("ItemId", None)
        if item_id.__class__ is not str:
            item_id = _reading.required(_reading.text, item_id, "ItemId")
        can_seek = _data.pop("CanSeek", UNSET)
        if can_seek is not UNSET and can_seek.__class__ is not bool:
            can_seek = _reading.optional(_reading.flag, can_seek, UNSET)
        media_source_id = _data.pop("MediaSourceId", UNSET)
        if media_source_id is not UNSET and media_source_id.__class__ is not str:
            media_source_id = _reading.optional(_reading.text, media_source_id, UNSET)
        is_paused = _data.pop("IsPaused", UNSET)
        if is_paused is not UNSET and is_paused.__class__ is not bool:
            is_paused = _reading.optional(_reading.flag, is_paused, UNSET)
        position_ticks = _data.pop("PositionTicks", UNSET)
        if position_ticks is not UNSET and position_ticks.__class__ is not int:
            position_ticks = _reading.optional(_reading.integer, position_ticks, UNSET)
        play_method = _data.pop("PlayMethod", UNSET)
        if play_method is not UNSET:
            play_method = _reading.optional(_READ_PLAY_METHOD, play_method, UNSET)
        play_session_id = _data.pop("PlaySessionId", UNSET)
        if play_session_id is not UNSET and play_session_id.__class__ is not str:
            play_session_id = _reading.optional(_reading.text, play_session_id, UNSET)
        _model = cls.__new__(cls)
        _model.item_id = item_id
        _model.can_seek = can_seek
        _model.media_source_id = media_source_id
        _model.is_paused = is_paused
        _model.position_ticks = position_ticks
        _model.play_method = play_method
        _model.play_session_id = play_session_id
        return _model


_READ_PLAY_METHOD = _reading.word(PlayMethod)
