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
    from ..models.chapter import Chapter


T = TypeVar("T", bound="ChapterList")


@_attrs_define
class ChapterList:
    """Some of the chapters of an object.

    Attributes:
        media_chapters (list[Chapter] | None | Unset): One entry for each language.
        total (int | Unset): Number of languages.
    """

    media_chapters: list[Chapter] | None | Unset = UNSET
    total: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        media_chapters: list[dict[str, Any]] | None | Unset
        if isinstance(self.media_chapters, Unset):
            media_chapters = UNSET
        elif isinstance(self.media_chapters, list):
            media_chapters = []
            for media_chapters_type_0_item_data in self.media_chapters:
                media_chapters_type_0_item = media_chapters_type_0_item_data.to_dict()
                media_chapters.append(media_chapters_type_0_item)

        else:
            media_chapters = self.media_chapters

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if media_chapters is not UNSET:
            field_dict["media_chapters"] = media_chapters
        if total is not UNSET:
            field_dict["total"] = total

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        media_chapters = _data.pop("media_chapters", UNSET)
        if media_chapters is not UNSET:
            media_chapters = _READ_MEDIA_CHAPTERS(media_chapters) if media_chapters.__class__ is list else None
        total = _data.pop("total", UNSET)
        if total is not UNSET and total.__class__ is not int:
            total = _reading.optional(_reading.integer, total, UNSET)
        _model = cls.__new__(cls)
        _model.media_chapters = media_chapters
        _model.total = total
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


from ..models.chapter import Chapter

_READ_MEDIA_CHAPTERS = _reading.readable(Chapter.from_dict)
