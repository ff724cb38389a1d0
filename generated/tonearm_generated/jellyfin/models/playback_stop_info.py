# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="PlaybackStopInfo")


@_attrs_define
class PlaybackStopInfo:
    """Playback that has ended.

    Attributes:
        item_id (str): What was played.
        media_source_id (str | Unset): Which version of it.
        position_ticks (int | Unset): Where, in ticks of 100 nanoseconds.
        play_session_id (str | Unset): The play session.
        failed (bool | Unset): Whether it ended with an error.
    """

    item_id: str
    media_source_id: str | Unset = UNSET
    position_ticks: int | Unset = UNSET
    play_session_id: str | Unset = UNSET
    failed: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        item_id = self.item_id

        media_source_id = self.media_source_id

        position_ticks = self.position_ticks

        play_session_id = self.play_session_id

        failed = self.failed

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ItemId": item_id,
            }
        )
        if media_source_id is not UNSET:
            field_dict["MediaSourceId"] = media_source_id
        if position_ticks is not UNSET:
            field_dict["PositionTicks"] = position_ticks
        if play_session_id is not UNSET:
            field_dict["PlaySessionId"] = play_session_id
        if failed is not UNSET:
            field_dict["Failed"] = failed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        item_id = _data.pop("ItemId", None)
        if item_id.__class__ is not str:
            item_id = _reading.required(_reading.text, item_id, "ItemId")
        media_source_id = _data.pop("MediaSourceId", UNSET)
        if media_source_id is not UNSET and media_source_id.__class__ is not str:
            media_source_id = _reading.optional(_reading.text, media_source_id, UNSET)
        position_ticks = _data.pop("PositionTicks", UNSET)
        if position_ticks is not UNSET and position_ticks.__class__ is not int:
            position_ticks = _reading.optional(_reading.integer, position_ticks, UNSET)
        play_session_id = _data.pop("PlaySessionId", UNSET)
        if play_session_id is not UNSET and play_session_id.__class__ is not str:
            play_session_id = _reading.optional(_reading.text, play_session_id, UNSET)
        failed = _data.pop("Failed", UNSET)
        if failed is not UNSET and failed.__class__ is not bool:
            failed = _reading.optional(_reading.flag, failed, UNSET)
        _model = cls.__new__(cls)
        _model.item_id = item_id
        _model.media_source_id = media_source_id
        _model.position_ticks = position_ticks
        _model.play_session_id = play_session_id
        _model.failed = failed
        return _model
