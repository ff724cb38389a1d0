# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="PlaylistItemMedia")


@_attrs_define
class PlaylistItemMedia:
    """What an item tells of its object.

    Attributes:
        title (str | Unset): Name that listeners see.
        description (str | Unset): Free text.
        duration (float | Unset): Length in seconds.
        size (int | Unset): Bytes of the source file.
        hls_url (None | str | Unset): HLS playlist.
        thumbnail_url (None | str | Unset): Cover picture.
    """

    title: str | Unset = UNSET
    description: str | Unset = UNSET
    duration: float | Unset = UNSET
    size: int | Unset = UNSET
    hls_url: None | str | Unset = UNSET
    thumbnail_url: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        description = self.description

        duration = self.duration

        size = self.size

        hls_url: None | str | Unset
        if isinstance(self.hls_url, Unset):
            hls_url = UNSET
        else:
            hls_url = self.hls_url

        thumbnail_url: None | str | Unset
        if isinstance(self.thumbnail_url, Unset):
            thumbnail_url = UNSET
        else:
            thumbnail_url = self.thumbnail_url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if title is not UNSET:
            field_dict["title"] = title
        if description is not UNSET:
            field_dict["description"] = description
        if duration is not UNSET:
            field_dict["duration"] = duration
        if size is not UNSET:
            field_dict["size"] = size
        if hls_url is not UNSET:
            field_dict["hls_url"] = hls_url
        if thumbnail_url is not UNSET:
            field_dict["thumbnail_url"] = thumbnail_url

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
        duration = _data.pop("duration", UNSET)
        if duration is not UNSET and (duration.__class__ is not float or not _reading.is_finite(duration)):
            duration = _reading.optional(_reading.number, duration, UNSET)
        size = _data.pop("size", UNSET)
        if size is not UNSET and size.__class__ is not int:
            size = _reading.optional(_reading.integer, size, UNSET)
        hls_url = _data.pop("hls_url", UNSET)
        if hls_url is not UNSET and hls_url.__class__ is not str:
            hls_url = _reading.optional(_reading.text, hls_url, None)
        thumbnail_url = _data.pop("thumbnail_url", UNSET)
        if thumbnail_url is not UNSET and thumbnail_url.__class__ is not str:
            thumbnail_url = _reading.optional(_reading.text, thumbnail_url, None)
        _model = cls.__new__(cls)
        _model.title = title
        _model.description = description
        _model.duration = duration
        _model.size = size
        _model.hls_url = hls_url
        _model.thumbnail_url = thumbnail_url
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
