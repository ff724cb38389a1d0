# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.media_source_info import MediaSourceInfo


T = TypeVar("T", bound="PlaybackInfoResponse")


@_attrs_define
class PlaybackInfoResponse:
    """How an item can be played.

    Attributes:
        media_sources (list[MediaSourceInfo] | None | Unset): The files of the item, each with how it can be played.
        play_session_id (None | str | Unset): The play session of what is encoded.
        error_code (None | str | Unset): NotAllowed, NoCompatibleStream or RateLimitExceeded, where nothing can be
            played.
    """

    media_sources: list[MediaSourceInfo] | None | Unset = UNSET
    play_session_id: None | str | Unset = UNSET
    error_code: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        media_sources: list[dict[str, Any]] | None | Unset
        if isinstance(self.media_sources, Unset):
            media_sources = UNSET
        elif isinstance(self.media_sources, list):
            media_sources = []
            for media_sources_type_0_item_data in self.media_sources:
                media_sources_type_0_item = media_sources_type_0_item_data.to_dict()
                media_sources.append(media_sources_type_0_item)

        else:
            media_sources = self.media_sources

        play_session_id: None | str | Unset
        if isinstance(self.play_session_id, Unset):
            play_session_id = UNSET
        else:
            play_session_id = self.play_session_id

        error_code: None | str | Unset
        if isinstance(self.error_code, Unset):
            error_code = UNSET
        else:
            error_code = self.error_code

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if media_sources is not UNSET:
            field_dict["MediaSources"] = media_sources
        if play_session_id is not UNSET:
            field_dict["PlaySessionId"] = play_session_id
        if error_code is not UNSET:
            field_dict["ErrorCode"] = error_code

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        media_sources = _data.pop("MediaSources", UNSET)
        if media_sources is not UNSET:
            media_sources = _READ_MEDIA_SOURCES(media_sources) if media_sources.__class__ is list else None
        play_session_id = _data.pop("PlaySessionId", UNSET)
        if play_session_id is not UNSET and play_session_id.__class__ is not str:
            play_session_id = _reading.optional(_reading.text, play_session_id, None)
        error_code = _data.pop("ErrorCode", UNSET)
        if error_code is not UNSET and error_code.__class__ is not str:
            error_code = _reading.optional(_reading.text, error_code, None)
        _model = cls.__new__(cls)
        _model.media_sources = media_sources
        _model.play_session_id = play_session_id
        _model.error_code = error_code
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


from ..models.media_source_info import MediaSourceInfo

_READ_MEDIA_SOURCES = _reading.readable(MediaSourceInfo.from_dict)
