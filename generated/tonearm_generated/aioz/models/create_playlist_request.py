# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.metadata_pair import MetadataPair


T = TypeVar("T", bound="CreatePlaylistRequest")


@_attrs_define
class CreatePlaylistRequest:
    """
    Attributes:
        name (str): Name that listeners see.
        playlist_type (Literal['audio']): The kind of media in it; without it the playlist is for videos.
        metadata (list[MetadataPair] | Unset): Free pairs of key and value.
        tags (list[str] | Unset): Free words to filter by.
    """

    name: str
    playlist_type: Literal["audio"]
    metadata: list[MetadataPair] | Unset = UNSET
    tags: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        playlist_type = self.playlist_type

        metadata: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.metadata, Unset):
            metadata = []
            for metadata_item_data in self.metadata:
                metadata_item = metadata_item_data.to_dict()
                metadata.append(metadata_item)

        tags: list[str] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = self.tags

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "playlist_type": playlist_type,
            }
        )
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if tags is not UNSET:
            field_dict["tags"] = tags

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        name = _data.pop("name", None)
        if name.__class__ is not str:
            name = _reading.required(_reading.text, name, "name")
        playlist_type = _data.pop("playlist_type", None)
        playlist_type = _reading.required(_READ_PLAYLIST_TYPE, playlist_type, "playlist_type")
        metadata = _data.pop("metadata", UNSET)
        if metadata is not UNSET:
            metadata = _reading.whole(_READ_METADATA, metadata, "metadata", UNSET)
        tags = _data.pop("tags", UNSET)
        if tags is not UNSET:
            tags = _READ_TAGS(tags) if tags.__class__ is list else UNSET
        _model = cls.__new__(cls)
        _model.name = name
        _model.playlist_type = playlist_type
        _model.metadata = metadata
        _model.tags = tags
        return _model


from ..models.metadata_pair import MetadataPair

_READ_PLAYLIST_TYPE = _reading.constant("audio")
_READ_METADATA = _reading.every(MetadataPair.from_dict)
_READ_TAGS = _reading.readable(_reading.text)
