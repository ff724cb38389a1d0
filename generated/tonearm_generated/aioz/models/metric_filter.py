# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="MetricFilter")


@_attrs_define
class MetricFilter:
    """What is counted at all; what is left out does not matter.

    Attributes:
        media_ids (list[str] | Unset): Ids of objects.
        media_type (str | Unset): The word `audio`.
        countries (list[str] | Unset): Codes of countries, such as FR.
        device_types (list[str] | Unset): Kinds of devices, such as phone.
        tags (list[str] | Unset): Tags of objects.
    """

    media_ids: list[str] | Unset = UNSET
    media_type: str | Unset = UNSET
    countries: list[str] | Unset = UNSET
    device_types: list[str] | Unset = UNSET
    tags: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        media_ids: list[str] | Unset = UNSET
        if not isinstance(self.media_ids, Unset):
            media_ids = self.media_ids

        media_type = self.media_type

        countries: list[str] | Unset = UNSET
        if not isinstance(self.countries, Unset):
            countries = self.countries

        device_types: list[str] | Unset = UNSET
        if not isinstance(self.device_types, Unset):
            device_types = self.device_types

        tags: list[str] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = self.tags

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if media_ids is not UNSET:
            field_dict["media_ids"] = media_ids
        if media_type is not UNSET:
            field_dict["media_type"] = media_type
        if countries is not UNSET:
            field_dict["countries"] = countries
        if device_types is not UNSET:
            field_dict["device_types"] = device_types
        if tags is not UNSET:
            field_dict["tags"] = tags

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        media_ids = _data.pop("media_ids", UNSET)
        if media_ids is not UNSET:
            media_ids = _READ_MEDIA_IDS(media_ids) if media_ids.__class__ is list else UNSET
        media_type = _data.pop("media_type", UNSET)
        if media_type is not UNSET and media_type.__class__ is not str:
            media_type = _reading.optional(_reading.text, media_type, UNSET)
        countries = _data.pop("countries", UNSET)
        if countries is not UNSET:
            countries = _READ_COUNTRIES(countries) if countries.__class__ is list else UNSET
        device_types = _data.pop("device_types", UNSET)
        if device_types is not UNSET:
            device_types = _READ_DEVICE_TYPES(device_types) if device_types.__class__ is list else UNSET
        tags = _data.pop("tags", UNSET)
        if tags is not UNSET:
            tags = _READ_TAGS(tags) if tags.__class__ is list else UNSET
        _model = cls.__new__(cls)
        _model.media_ids = media_ids
        _model.media_type = media_type
        _model.countries = countries
        _model.device_types = device_types
        _model.tags = tags
        return _model


_READ_MEDIA_IDS = _reading.readable(_reading.text)
_READ_COUNTRIES = _reading.readable(_reading.text)
_READ_DEVICE_TYPES = _reading.readable(_reading.text)
_READ_TAGS = _reading.readable(_reading.text)
