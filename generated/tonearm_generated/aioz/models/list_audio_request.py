# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
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
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        offset = _data.pop("offset", UNSET)
        if offset is not UNSET and offset.__class__ is not int:
            offset = _reading.optional(_reading.integer, offset, UNSET)
        limit = _data.pop("limit", UNSET)
        if limit is not UNSET and limit.__class__ is not int:
            limit = _reading.optional(_reading.integer, limit, UNSET)
        sort_by = _data.pop("sort_by", UNSET)
        if sort_by is not UNSET:
            sort_by = _reading.optional(_READ_SORT_BY, sort_by, UNSET)
        order_by = _data.pop("order_by", UNSET)
        if order_by is not UNSET:
            order_by = _reading.optional(_READ_ORDER_BY, order_by, UNSET)
        type_ = _data.pop("type", UNSET)
        if type_ is not UNSET:
            type_ = _reading.optional(_READ_TYPE_, type_, UNSET)
        tags = _data.pop("tags", UNSET)
        if tags is not UNSET:
            tags = _READ_TAGS(tags) if tags.__class__ is list else UNSET
        metadata = _data.pop("metadata", UNSET)
        if metadata is not UNSET:
            metadata = _reading.whole(_READ_METADATA, metadata, "metadata", UNSET)
        status = _data.pop("status", UNSET)
        if status is not UNSET:
            status = _READ_STATUS(status) if status.__class__ is list else UNSET
        search = _data.pop("search", UNSET)
        if search is not UNSET and search.__class__ is not str:
            search = _reading.optional(_reading.text, search, UNSET)
        _model = cls.__new__(cls)
        _model.offset = offset
        _model.limit = limit
        _model.sort_by = sort_by
        _model.order_by = order_by
        _model.type_ = type_
        _model.tags = tags
        _model.metadata = metadata
        _model.status = status
        _model.search = search
        return _model


from ..models.metadata_pair import MetadataPair

_READ_SORT_BY = _reading.word(SortField)
_READ_ORDER_BY = _reading.word(SortOrder)
_READ_TYPE_ = _reading.constant("audio")
_READ_TAGS = _reading.readable(_reading.text)
_READ_METADATA = _reading.every(MetadataPair.from_dict)
_READ_STATUS = _reading.readable(_reading.word(MediaStatus))
