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
    from ..models.playlist_item_media import PlaylistItemMedia


T = TypeVar("T", bound="PlaylistItem")


@_attrs_define
class PlaylistItem:
    """One place in a playlist; the items are linked to their neighbours.

    Attributes:
        id (str | Unset): Id of the item.
        playlist_id (str | Unset): Id of the playlist.
        media_id (str | Unset): Id of the object.
        video_id (str | Unset): Id of the object, under the name of the clients' models.
        previous_id (None | str | Unset): The item before it, empty for the first.
        next_id (None | str | Unset): The item after it, empty for the last.
        media (None | PlaylistItemMedia | Unset): The object.
        video (None | PlaylistItemMedia | Unset): The object, under the key of the clients before v1.0.14.
        created_at (str | Unset): Time of creation, as the service writes it.
        updated_at (str | Unset): Time of the last change, as the service writes it.
    """

    id: str | Unset = UNSET
    playlist_id: str | Unset = UNSET
    media_id: str | Unset = UNSET
    video_id: str | Unset = UNSET
    previous_id: None | str | Unset = UNSET
    next_id: None | str | Unset = UNSET
    media: None | PlaylistItemMedia | Unset = UNSET
    video: None | PlaylistItemMedia | Unset = UNSET
    created_at: str | Unset = UNSET
    updated_at: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.playlist_item_media import PlaylistItemMedia  # noqa: PLC0415

        id = self.id

        playlist_id = self.playlist_id

        media_id = self.media_id

        video_id = self.video_id

        previous_id: None | str | Unset
        if isinstance(self.previous_id, Unset):
            previous_id = UNSET
        else:
            previous_id = self.previous_id

        next_id: None | str | Unset
        if isinstance(self.next_id, Unset):
            next_id = UNSET
        else:
            next_id = self.next_id

        media: dict[str, Any] | None | Unset
        if isinstance(self.media, Unset):
            media = UNSET
        elif isinstance(self.media, PlaylistItemMedia):
            media = self.media.to_dict()
        else:
            media = self.media

        video: dict[str, Any] | None | Unset
        if isinstance(self.video, Unset):
            video = UNSET
        elif isinstance(self.video, PlaylistItemMedia):
            video = self.video.to_dict()
        else:
            video = self.video

        created_at = self.created_at

        updated_at = self.updated_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if playlist_id is not UNSET:
            field_dict["playlist_id"] = playlist_id
        if media_id is not UNSET:
            field_dict["media_id"] = media_id
        if video_id is not UNSET:
            field_dict["video_id"] = video_id
        if previous_id is not UNSET:
            field_dict["previous_id"] = previous_id
        if next_id is not UNSET:
            field_dict["next_id"] = next_id
        if media is not UNSET:
            field_dict["media"] = media
        if video is not UNSET:
            field_dict["video"] = video
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("id", UNSET)
        if id is not UNSET and id.__class__ is not str:
            id = _reading.optional(_reading.text, id, UNSET)
        playlist_id = _data.pop("playlist_id", UNSET)
        if playlist_id is not UNSET and playlist_id.__class__ is not str:
            playlist_id = _reading.optional(_reading.text, playlist_id, UNSET)
        media_id = _data.pop("media_id", UNSET)
        if media_id is not UNSET and media_id.__class__ is not str:
            media_id = _reading.optional(_reading.text, media_id, UNSET)
        video_id = _data.pop("video_id", UNSET)
        if video_id is not UNSET and video_id.__class__ is not str:
            video_id = _reading.optional(_reading.text, video_id, UNSET)
        previous_id = _data.pop("previous_id", UNSET)
        if previous_id is not UNSET and previous_id.__class__ is not str:
            previous_id = _reading.optional(_reading.text, previous_id, None)
        next_id = _data.pop("next_id", UNSET)
        if next_id is not UNSET and next_id.__class__ is not str:
            next_id = _reading.optional(_reading.text, next_id, None)
        media = _data.pop("media", UNSET)
        if media is not UNSET:
            media = _reading.optional(_READ_MEDIA, media, None)
        video = _data.pop("video", UNSET)
        if video is not UNSET:
            video = _reading.optional(_READ_VIDEO, video, None)
        created_at = _data.pop("created_at", UNSET)
        if created_at is not UNSET and created_at.__class__ is not str:
            created_at = _reading.optional(_reading.text, created_at, UNSET)
        updated_at = _data.pop("updated_at", UNSET)
        if updated_at is not UNSET and updated_at.__class__ is not str:
            updated_at = _reading.optional(_reading.text, updated_at, UNSET)
        _model = cls.__new__(cls)
        _model.id = id
        _model.playlist_id = playlist_id
        _model.media_id = media_id
        _model.video_id = video_id
        _model.previous_id = previous_id
        _model.next_id = next_id
        _model.media = media
        _model.video = video
        _model.created_at = created_at
        _model.updated_at = updated_at
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


from ..models.playlist_item_media import PlaylistItemMedia

_READ_MEDIA = PlaylistItemMedia.from_dict
_READ_VIDEO = PlaylistItemMedia.from_dict
