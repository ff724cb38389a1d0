# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..models.media_status import MediaStatus
from ..models.sort_field import SortField
from ..models.sort_order import SortOrder
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.metadata_pair import MetadataPair


T = TypeVar("T", bound="ListAudioRequest")


@_attrs_define
class ListAudioRequest:
    """
    Attributes:
        offset (int | Unset): Objects to skip; 0 when left out.
        limit (int | Unset): Objects per page; 25 when left out.
        sort_by (SortField | Unset): Field to sort by; `created_at` when left out.
        order_by (SortOrder | Unset): Ascending or descending; `asc` when left out.
        type_ (Literal['audio'] | Unset): The kind of media; without it other kinds are listed too.
        tags (list[str] | Unset): Tags that the object has.
        metadata (list[MetadataPair] | Unset): Pairs that the object has.
        status (list[MediaStatus] | Unset): States to include.
        search (str | Unset): Text to find in title and description.
    """

    offset: int | Unset = UNSET
    limit: int | Unset = UNSET
    sort_by: SortField | Unset = UNSET
    order_by: SortOrder | Unset = UNSET
    type_: Literal["audio"] | Unset = UNSET
    tags: list[str] | Unset = UNSET
    metadata: list[MetadataPair] | Unset = UNSET
    status: list[MediaStatus] | Unset = UNSET
    search: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        offset = self.offset

        limit = self.limit

        sort_by: str | Unset = UNSET
        if not isinstance(self.sort_by, Unset):
            sort_by = str(self.sort_by)

        order_by: str | Unset = UNSET
        if not isinstance(self.order_by, Unset):
            order_by = str(self.order_by)

        type_ = self.type_

        tags: list[str] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = self.tags

        metadata: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.metadata, Unset):
            metadata = []
            for metadata_item_data in self.metadata:
                metadata_item = metadata_item_data.to_dict()
                metadata.append(metadata_item)

        status: list[str] | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = []
            for status_item_data in self.status:
                status_item = str(status_item_data)
                status.append(status_item)

        search = self.search

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if offset is not UNSET:
            field_dict["offset"] = offset
        if limit is not UNSET:
            field_dict["limit"] = limit
        if sort_by is not UNSET:
            field_dict["sort_by"] = sort_by
        if order_by is not UNSET:
            field_dict["order_by"] = order_by
        if type_ is not UNSET:
            field_dict["type"] = type_
        if tags is not UNSET:
            field_dict["tags"] = tags
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if status is not UNSET:
            field_dict["status"] = status
        if search is not UNSET:
            field_dict["search"] = search

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.metadata_pair import MetadataPair  # noqa: PLC0415

        d = dict(src_dict)
        offset = d.pop("offset", UNSET)

        limit = d.pop("limit", UNSET)

        _sort_by = d.pop("sort_by", UNSET)
        sort_by: SortField | Unset
        if isinstance(_sort_by, Unset):
            sort_by = UNSET
        else:
            sort_by = SortField(_sort_by)

        _order_by = d.pop("order_by", UNSET)
        order_by: SortOrder | Unset
        if isinstance(_order_by, Unset):
            order_by = UNSET
        else:
            order_by = SortOrder(_order_by)

        type_ = cast(Literal["audio"] | Unset, d.pop("type", UNSET))
        if type_ != "audio" and not isinstance(type_, Unset):
            raise ValueError(f"type must match const 'audio', got '{type_}'")

        tags = cast(list[str], d.pop("tags", UNSET))

        _metadata = d.pop("metadata", UNSET)
        metadata: list[MetadataPair] | Unset = UNSET
        if _metadata is not UNSET:
            metadata = []
            for metadata_item_data in _metadata:
                metadata_item = MetadataPair.from_dict(metadata_item_data)

                metadata.append(metadata_item)

        _status = d.pop("status", UNSET)
        status: list[MediaStatus] | Unset = UNSET
        if _status is not UNSET:
            status = []
            for status_item_data in _status:
                status_item = MediaStatus(status_item_data)

                status.append(status_item)

        search = d.pop("search", UNSET)

        list_audio_request = cls(
            offset=offset,
            limit=limit,
            sort_by=sort_by,
            order_by=order_by,
            type_=type_,
            tags=tags,
            metadata=metadata,
            status=status,
            search=search,
        )

        return list_audio_request
