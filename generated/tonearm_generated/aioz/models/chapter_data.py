# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.chapter import Chapter


T = TypeVar("T", bound="ChapterData")


@_attrs_define
class ChapterData:
    """
    Attributes:
        media_chapter (Chapter | Unset): A chapter track.
    """

    media_chapter: Chapter | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        media_chapter: dict[str, Any] | Unset = UNSET
        if not isinstance(self.media_chapter, Unset):
            media_chapter = self.media_chapter.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if media_chapter is not UNSET:
            field_dict["media_chapter"] = media_chapter

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chapter import Chapter  # noqa: PLC0415

        d = dict(src_dict)
        _media_chapter = d.pop("media_chapter", UNSET)
        media_chapter: Chapter | Unset
        if isinstance(_media_chapter, Unset):
            media_chapter = UNSET
        else:
            media_chapter = Chapter.from_dict(_media_chapter)

        chapter_data = cls(
            media_chapter=media_chapter,
        )

        chapter_data.additional_properties = d
        return chapter_data

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
