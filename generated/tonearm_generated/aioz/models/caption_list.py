# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
        from ..models.caption import Caption  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_media_captions(data: object) -> list[Caption] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                media_captions_type_0 = []
                _media_captions_type_0 = data
                for media_captions_type_0_item_data in _media_captions_type_0:
                    media_captions_type_0_item = Caption.from_dict(media_captions_type_0_item_data)

                    media_captions_type_0.append(media_captions_type_0_item)

                return media_captions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[Caption] | None | Unset, data)

        media_captions = _parse_media_captions(d.pop("media_captions", UNSET))

        total = d.pop("total", UNSET)

        caption_list = cls(
            media_captions=media_captions,
            total=total,
        )

        caption_list.additional_properties = d
        return caption_list

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
