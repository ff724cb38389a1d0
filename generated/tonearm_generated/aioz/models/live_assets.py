# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="LiveAssets")


@_attrs_define
class LiveAssets:
    """Addresses of a broadcast.

    Attributes:
        thumbnail_url (None | str | Unset): Address of the cover.
        hls_url (None | str | Unset): Address of the playlist.
        iframe (None | str | Unset): HTML around the player.
        player_url (None | str | Unset): Address of a page that plays it.
    """

    thumbnail_url: None | str | Unset = UNSET
    hls_url: None | str | Unset = UNSET
    iframe: None | str | Unset = UNSET
    player_url: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        thumbnail_url: None | str | Unset
        if isinstance(self.thumbnail_url, Unset):
            thumbnail_url = UNSET
        else:
            thumbnail_url = self.thumbnail_url

        hls_url: None | str | Unset
        if isinstance(self.hls_url, Unset):
            hls_url = UNSET
        else:
            hls_url = self.hls_url

        iframe: None | str | Unset
        if isinstance(self.iframe, Unset):
            iframe = UNSET
        else:
            iframe = self.iframe

        player_url: None | str | Unset
        if isinstance(self.player_url, Unset):
            player_url = UNSET
        else:
            player_url = self.player_url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if thumbnail_url is not UNSET:
            field_dict["thumbnail_url"] = thumbnail_url
        if hls_url is not UNSET:
            field_dict["hls_url"] = hls_url
        if iframe is not UNSET:
            field_dict["iframe"] = iframe
        if player_url is not UNSET:
            field_dict["player_url"] = player_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        thumbnail_url = _data.pop("thumbnail_url", UNSET)
        if thumbnail_url is not UNSET and thumbnail_url.__class__ is not str:
            thumbnail_url = _reading.optional(_reading.text, thumbnail_url, None)
        hls_url = _data.pop("hls_url", UNSET)
        if hls_url is not UNSET and hls_url.__class__ is not str:
            hls_url = _reading.optional(_reading.text, hls_url, None)
        iframe = _data.pop("iframe", UNSET)
        if iframe is not UNSET and iframe.__class__ is not str:
            iframe = _reading.optional(_reading.text, iframe, None)
        player_url = _data.pop("player_url", UNSET)
        if player_url is not UNSET and player_url.__class__ is not str:
            player_url = _reading.optional(_reading.text, player_url, None)
        _model = cls.__new__(cls)
        _model.thumbnail_url = thumbnail_url
        _model.hls_url = hls_url
        _model.iframe = iframe
        _model.player_url = player_url
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
