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
    from ..models.caption import Caption


T = TypeVar("T", bound="CaptionList")


@_attrs_define
class CaptionList:
    """Some of the captions of an object.

    Attributes:
        media_captions (list[Caption] | None | Unset): One entry for each language.
        total (int | Unset): Number of languages.
    """

    media_captions: list[Caption] | None | Unset = UNSET
    total: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        media_captions: list[dict[str, Any]] | None | Unset
        if isinstance(self.media_captions, Unset):
            media_captions = UNSET
        elif isinstance(self.media_captions, list):
            media_captions = []
            for media_captions_type_0_item_data in self.media_captions:
                media_captions_type_0_item = media_captions_type_0_item_data.to_dict()
                media_captions.append(media_captions_type_0_item)

        else:
            media_captions = self.media_captions

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if media_captions is not UNSET:
            field_dict["media_captions"] = media_captions
        if total is not UNSET:
            field_dict["total"] = total

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        media_captions = _data.pop("media_captions", UNSET)
        if media_captions is not UNSET:
            media_captions = _READ_MEDIA_CAPTIONS(media_captions) if media_captions.__class__ is list else None
        total = _data.pop("total", UNSET)
        if total is not UNSET and total.__class__ is not int:
            total = _reading.optional(_reading.integer, total, UNSET)
        _model = cls.__new__(cls)
        _model.media_captions = media_captions
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


from ..models.caption import Caption

_READ_MEDIA_CAPTIONS = _reading.readable(Caption.from_dict)
