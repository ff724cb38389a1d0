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
    from ..models.playlist_item import PlaylistItem


T = TypeVar("T", bound="Playlist")


@_attrs_define
class Playlist:
    """A playlist.

    Attributes:
        id (str): Id of the playlist.
        user_id (str | Unset): Id of the account.
        name (str | Unset): Name that listeners see.
        playlist_type (str | Unset): The kind of media in it, `audio` here.
        tags (Any | Unset): Free words, in a list or in one text with commas.
        metadata (Any | Unset): Free pairs, as a map or in a list.
        items (list[PlaylistItem] | None | Unset): The items, under the key of the clients of today.
        video_items (list[PlaylistItem] | None | Unset): The items, under the key of the clients before v1.0.14.
        item_count (int | Unset): Number of items.
        duration (float | Unset): Length of all items in seconds.
        size (int | Unset): Bytes of all items.
        thumbnail_url (None | str | Unset): Cover picture.
        playlist_url (None | str | Unset): Page that plays it.
        iframe (None | str | Unset): HTML to embed that page.
        created_at (str | Unset): Time of creation, as the service writes it.
        updated_at (str | Unset): Time of the last change, as the service writes it.
    """

    id: str
    user_id: str | Unset = UNSET
    name: str | Unset = UNSET
    playlist_type: str | Unset = UNSET
    tags: Any | Unset = UNSET
    metadata: Any | Unset = UNSET
    items: list[PlaylistItem] | None | Unset = UNSET
    video_items: list[PlaylistItem] | None | Unset = UNSET
    item_count: int | Unset = UNSET
    duration: float | Unset = UNSET
    size: int | Unset = UNSET
    thumbnail_url: None | str | Unset = UNSET
    playlist_url: None | str | Unset = UNSET
    iframe: None | str | Unset = UNSET
    created_at: str | Unset = UNSET
    updated_at: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        user_id = self.user_id

        name = self.name

        playlist_type = self.playlist_type

        tags = self.tags

        metadata = self.metadata

        items: list[dict[str, Any]] | None | Unset
        if isinstance(self.items, Unset):
            items = UNSET
        elif isinstance(self.items, list):
            items = []
            for items_type_0_item_data in self.items:
                items_type_0_item = items_type_0_item_data.to_dict()
                items.append(items_type_0_item)

        else:
            items = self.items

        video_items: list[dict[str, Any]] | None | Unset
        if isinstance(self.video_items, Unset):
            video_items = UNSET
        elif isinstance(self.video_items, list):
            video_items = []
            for video_items_type_0_item_data in self.video_items:
                video_items_type_0_item = video_items_type_0_item_data.to_dict()
                video_items.append(video_items_type_0_item)

        else:
            video_items = self.video_items

        item_count = self.item_count

        duration = self.duration

        size = self.size

        thumbnail_url: None | str | Unset
        if isinstance(self.thumbnail_url, Unset):
            thumbnail_url = UNSET
        else:
            thumbnail_url = self.thumbnail_url

        playlist_url: None | str | Unset
        if isinstance(self.playlist_url, Unset):
            playlist_url = UNSET
        else:
            playlist_url = self.playlist_url

        iframe: None | str | Unset
        if isinstance(self.iframe, Unset):
            iframe = UNSET
        else:
            iframe = self.iframe

        created_at = self.created_at

        updated_at = self.updated_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if user_id is not UNSET:
            field_dict["user_id"] = user_id
        if name is not UNSET:
            field_dict["name"] = name
        if playlist_type is not UNSET:
            field_dict["playlist_type"] = playlist_type
        if tags is not UNSET:
            field_dict["tags"] = tags
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if items is not UNSET:
            field_dict["items"] = items
        if video_items is not UNSET:
            field_dict["video_items"] = video_items
        if item_count is not UNSET:
            field_dict["item_count"] = item_count
        if duration is not UNSET:
            field_dict["duration"] = duration
        if size is not UNSET:
            field_dict["size"] = size
        if thumbnail_url is not UNSET:
            field_dict["thumbnail_url"] = thumbnail_url
        if playlist_url is not UNSET:
            field_dict["playlist_url"] = playlist_url
        if iframe is not UNSET:
            field_dict["iframe"] = iframe
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("id", None)
        if id.__class__ is not str:
            id = _reading.required(_reading.text, id, "id")
        user_id = _data.pop("user_id", UNSET)
        if user_id is not UNSET and user_id.__class__ is not str:
            user_id = _reading.optional(_reading.text, user_id, UNSET)
        name = _data.pop("name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, UNSET)
        playlist_type = _data.pop("playlist_type", UNSET)
        if playlist_type is not UNSET and playlist_type.__class__ is not str:
            playlist_type = _reading.optional(_reading.text, playlist_type, UNSET)
        tags = _data.pop("tags", UNSET)
        if tags is not UNSET:
            tags = _reading.optional(_READ_TAGS, tags, UNSET)
        metadata = _data.pop("metadata", UNSET)
        if metadata is not UNSET:
            metadata = _reading.optional(_READ_METADATA, metadata, UNSET)
        items = _data.pop("items", UNSET)
        if items is not UNSET:
            items = _READ_ITEMS(items) if items.__class__ is list else None
        video_items = _data.pop("video_items", UNSET)
        if video_items is not UNSET:
            video_items = _READ_VIDEO_ITEMS(video_items) if video_items.__class__ is list else None
        item_count = _data.pop("item_count", UNSET)
        if item_count is not UNSET and item_count.__class__ is not int:
            item_count = _reading.optional(_reading.integer, item_count, UNSET)
        duration = _data.pop("duration", UNSET)
        if duration is not UNSET and (duration.__class__ is not float or not _reading.is_finite(duration)):
            duration = _reading.optional(_reading.number, duration, UNSET)
        size = _data.pop("size", UNSET)
        if size is not UNSET and size.__class__ is not int:
            size = _reading.optional(_reading.integer, size, UNSET)
        thumbnail_url = _data.pop("thumbnail_url", UNSET)
        if thumbnail_url is not UNSET and thumbnail_url.__class__ is not str:
            thumbnail_url = _reading.optional(_reading.text, thumbnail_url, None)
        playlist_url = _data.pop("playlist_url", UNSET)
        if playlist_url is not UNSET and playlist_url.__class__ is not str:
            playlist_url = _reading.optional(_reading.text, playlist_url, None)
        iframe = _data.pop("iframe", UNSET)
        if iframe is not UNSET and iframe.__class__ is not str:
            iframe = _reading.optional(_reading.text, iframe, None)
        created_at = _data.pop("created_at", UNSET)
        if created_at is not UNSET and created_at.__class__ is not str:
            created_at = _reading.optional(_reading.text, created_at, UNSET)
        updated_at = _data.pop("updated_at", UNSET)
        if updated_at is not UNSET and updated_at.__class__ is not str:
            updated_at = _reading.optional(_reading.text, updated_at, UNSET)
        _model = cls.__new__(cls)
        _model.id = id
        _model.user_id = user_id
        _model.name = name
        _model.playlist_type = playlist_type
        _model.tags = tags
        _model.metadata = metadata
        _model.items = items
        _model.video_items = video_items
        _model.item_count = item_count
        _model.duration = duration
        _model.size = size
        _model.thumbnail_url = thumbnail_url
        _model.playlist_url = playlist_url
        _model.iframe = iframe
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


from ..models.playlist_item import PlaylistItem

_READ_TAGS = _reading.anything
_READ_METADATA = _reading.anything
_READ_ITEMS = _reading.readable(PlaylistItem.from_dict)
_READ_VIDEO_ITEMS = _reading.readable(PlaylistItem.from_dict)
