# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.metadata_pair import MetadataPair


T = TypeVar("T", bound="UpdateAudioRequest")


@_attrs_define
class UpdateAudioRequest:
    """
    Attributes:
        title (str | Unset): New name.
        description (str | Unset): New text; an empty one clears it.
        metadata (list[MetadataPair] | Unset): New pairs in place of all old ones.
        tags (list[str] | Unset): New tags in place of all old ones.
        is_public (bool | Unset): Whether anyone may play it.
        player_theme_id (str | Unset): Player theme, under the name of the Audio document and of the answers.
        player_id (str | Unset): Player theme, under the name of the official clients.
    """

    title: str | Unset = UNSET
    description: str | Unset = UNSET
    metadata: list[MetadataPair] | Unset = UNSET
    tags: list[str] | Unset = UNSET
    is_public: bool | Unset = UNSET
    player_theme_id: str | Unset = UNSET
    player_id: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        description = self.description

        metadata: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.metadata, Unset):
            metadata = []
            for metadata_item_data in self.metadata:
                metadata_item = metadata_item_data.to_dict()
                metadata.append(metadata_item)

        tags: list[str] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = self.tags

        is_public = self.is_public

        player_theme_id = self.player_theme_id

        player_id = self.player_id

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if title is not UNSET:
            field_dict["title"] = title
        if description is not UNSET:
            field_dict["description"] = description
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if tags is not UNSET:
            field_dict["tags"] = tags
        if is_public is not UNSET:
            field_dict["is_public"] = is_public
        if player_theme_id is not UNSET:
            field_dict["player_theme_id"] = player_theme_id
        if player_id is not UNSET:
            field_dict["player_id"] = player_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        title = _data.pop("title", UNSET)
        if title is not UNSET and title.__class__ is not str:
            title = _reading.optional(_reading.text, title, UNSET)
        description = _data.pop("description", UNSET)
        if description is not UNSET and description.__class__ is not str:
            description = _reading.optional(_reading.text, description, UNSET)
        metadata = _data.pop("metadata", UNSET)
        if metadata is not UNSET:
            metadata = _reading.whole(_READ_METADATA, metadata, "metadata", UNSET)
        tags = _data.pop("tags", UNSET)
        if tags is not UNSET:
            tags = _READ_TAGS(tags) if tags.__class__ is list else UNSET
        is_public = _data.pop("is_public", UNSET)
        if is_public is not UNSET and is_public.__class__ is not bool:
            is_public = _reading.optional(_reading.flag, is_public, UNSET)
        player_theme_id = _data.pop("player_theme_id", UNSET)
        if player_theme_id is not UNSET and player_theme_id.__class__ is not str:
            player_theme_id = _reading.optional(_reading.text, player_theme_id, UNSET)
        player_id = _data.pop("player_id", UNSET)
        if player_id is not UNSET and player_id.__class__ is not str:
            player_id = _reading.optional(_reading.text, player_id, UNSET)
        _model = cls.__new__(cls)
        _model.title = title
        _model.description = description
        _model.metadata = metadata
        _model.tags = tags
        _model.is_public = is_public
        _model.player_theme_id = player_theme_id
        _model.player_id = player_id
        return _model


from ..models.metadata_pair import MetadataPair

_READ_METADATA = _reading.every(MetadataPair.from_dict)
_READ_TAGS = _reading.readable(_reading.text)
