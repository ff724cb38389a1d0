# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.metadata_pair import MetadataPair
    from ..models.quality_config import QualityConfig


T = TypeVar("T", bound="CreateAudioRequest")


@_attrs_define
class CreateAudioRequest:
    """
    Attributes:
        title (str): Name that listeners see.
        type_ (Literal['audio']): The kind of media; without it the service may make a video.
        description (str | Unset): Free text.
        is_public (bool | Unset): Whether anyone may play it.
        metadata (list[MetadataPair] | Unset): Free pairs of key and value.
        tags (list[str] | Unset): Free words to filter by.
        qualities (list[QualityConfig] | Unset): Renditions to make; the service chooses when left out.
    """

    title: str
    type_: Literal["audio"]
    description: str | Unset = UNSET
    is_public: bool | Unset = UNSET
    metadata: list[MetadataPair] | Unset = UNSET
    tags: list[str] | Unset = UNSET
    qualities: list[QualityConfig] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        type_ = self.type_

        description = self.description

        is_public = self.is_public

        metadata: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.metadata, Unset):
            metadata = []
            for metadata_item_data in self.metadata:
                metadata_item = metadata_item_data.to_dict()
                metadata.append(metadata_item)

        tags: list[str] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = self.tags

        qualities: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.qualities, Unset):
            qualities = []
            for qualities_item_data in self.qualities:
                qualities_item = qualities_item_data.to_dict()
                qualities.append(qualities_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "title": title,
                "type": type_,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description
        if is_public is not UNSET:
            field_dict["is_public"] = is_public
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if tags is not UNSET:
            field_dict["tags"] = tags
        if qualities is not UNSET:
            field_dict["qualities"] = qualities

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.metadata_pair import MetadataPair  # noqa: PLC0415
        from ..models.quality_config import QualityConfig  # noqa: PLC0415

        d = dict(src_dict)
        title = d.pop("title")

        type_ = cast(Literal["audio"], d.pop("type"))
        if type_ != "audio":
            raise ValueError(f"type must match const 'audio', got '{type_}'")

        description = d.pop("description", UNSET)

        is_public = d.pop("is_public", UNSET)

        _metadata = d.pop("metadata", UNSET)
        metadata: list[MetadataPair] | Unset = UNSET
        if _metadata is not UNSET:
            metadata = []
            for metadata_item_data in _metadata:
                metadata_item = MetadataPair.from_dict(metadata_item_data)

                metadata.append(metadata_item)

        tags = cast(list[str], d.pop("tags", UNSET))

        _qualities = d.pop("qualities", UNSET)
        qualities: list[QualityConfig] | Unset = UNSET
        if _qualities is not UNSET:
            qualities = []
            for qualities_item_data in _qualities:
                qualities_item = QualityConfig.from_dict(qualities_item_data)

                qualities.append(qualities_item)

        create_audio_request = cls(
            title=title,
            type_=type_,
            description=description,
            is_public=is_public,
            metadata=metadata,
            tags=tags,
            qualities=qualities,
        )

        return create_audio_request
