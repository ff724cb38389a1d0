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
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        title = _data.pop("title", None)
        if title.__class__ is not str:
            title = _reading.required(_reading.text, title, "title")
        type_ = _data.pop("type", None)
        type_ = _reading.required(_READ_TYPE_, type_, "type")
        description = _data.pop("description", UNSET)
        if description is not UNSET and description.__class__ is not str:
            description = _reading.optional(_reading.text, description, UNSET)
        is_public = _data.pop("is_public", UNSET)
        if is_public is not UNSET and is_public.__class__ is not bool:
            is_public = _reading.optional(_reading.flag, is_public, UNSET)
        metadata = _data.pop("metadata", UNSET)
        if metadata is not UNSET:
            metadata = _reading.whole(_READ_METADATA, metadata, "metadata", UNSET)
        tags = _data.pop("tags", UNSET)
        if tags is not UNSET:
            tags = _READ_TAGS(tags) if tags.__class__ is list else UNSET
        qualities = _data.pop("qualities", UNSET)
        if qualities is not UNSET:
            qualities = _reading.whole(_READ_QUALITIES, qualities, "qualities", UNSET)
        _model = cls.__new__(cls)
        _model.title = title
        _model.type_ = type_
        _model.description = description
        _model.is_public = is_public
        _model.metadata = metadata
        _model.tags = tags
        _model.qualities = qualities
        return _model


from ..models.metadata_pair import MetadataPair
from ..models.quality_config import QualityConfig

_READ_TYPE_ = _reading.constant("audio")
_READ_METADATA = _reading.every(MetadataPair.from_dict)
_READ_TAGS = _reading.readable(_reading.text)
_READ_QUALITIES = _reading.every(QualityConfig.from_dict)
