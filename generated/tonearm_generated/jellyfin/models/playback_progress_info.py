# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define

from ..models.play_method import PlayMethod
from ..types import UNSET, Unset

T = TypeVar("T", bound="PlaybackProgressInfo")


@_attrs_define
class PlaybackProgressInfo:
    """Playback that goes on.

    Attributes:
        item_id (UUID): What is played.
        can_seek (bool | Unset): Whether the player can go elsewhere.
        media_source_id (str | Unset): Which version of it.
        is_paused (bool | Unset): Whether it pauses.
        position_ticks (int | Unset): Where, in ticks of 100 nanoseconds.
        play_method (PlayMethod | Unset): How the item is played - encoded, repacked, or as it is.
        play_session_id (str | Unset): The play session.
    """

    item_id: UUID
    can_seek: bool | Unset = UNSET
    media_source_id: str | Unset = UNSET
    is_paused: bool | Unset = UNSET
    position_ticks: int | Unset = UNSET
    play_method: PlayMethod | Unset = UNSET
    play_session_id: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        item_id = str(self.item_id)

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
        d = dict(src_dict)
        item_id = UUID(d.pop("ItemId"))

        can_seek = d.pop("CanSeek", UNSET)

        media_source_id = d.pop("MediaSourceId", UNSET)

        is_paused = d.pop("IsPaused", UNSET)

        position_ticks = d.pop("PositionTicks", UNSET)

        _play_method = d.pop("PlayMethod", UNSET)
        play_method: PlayMethod | Unset
        if isinstance(_play_method, Unset):
            play_method = UNSET
        else:
            play_method = PlayMethod(_play_method)

        play_session_id = d.pop("PlaySessionId", UNSET)

        playback_progress_info = cls(
            item_id=item_id,
            can_seek=can_seek,
            media_source_id=media_source_id,
            is_paused=is_paused,
            position_ticks=position_ticks,
            play_method=play_method,
            play_session_id=play_session_id,
        )

        return playback_progress_info
