# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="Assets")


@_attrs_define
class Assets:
    """Addresses of the files; any of them may be missing or null.

    Attributes:
        source_url (None | str | Unset): The file as it was uploaded.
        thumbnail_url (None | str | Unset): Cover picture.
        hls_url (None | str | Unset): HLS playlist.
        hls_iframe (None | str | Unset): HTML to embed the HLS player.
        hls_player_url (None | str | Unset): Page with the HLS player.
        dash_url (None | str | Unset): DASH manifest.
        dash_iframe (None | str | Unset): HTML to embed the DASH player.
        dash_player_url (None | str | Unset): Page with the DASH player.
        mp4_url (None | str | Unset): MP4 file; audio objects usually have none.
    """

    source_url: None | str | Unset = UNSET
    thumbnail_url: None | str | Unset = UNSET
    hls_url: None | str | Unset = UNSET
    hls_iframe: None | str | Unset = UNSET
    hls_player_url: None | str | Unset = UNSET
    dash_url: None | str | Unset = UNSET
    dash_iframe: None | str | Unset = UNSET
    dash_player_url: None | str | Unset = UNSET
    mp4_url: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        source_url: None | str | Unset
        if isinstance(self.source_url, Unset):
            source_url = UNSET
        else:
            source_url = self.source_url

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

        hls_iframe: None | str | Unset
        if isinstance(self.hls_iframe, Unset):
            hls_iframe = UNSET
        else:
            hls_iframe = self.hls_iframe

        hls_player_url: None | str | Unset
        if isinstance(self.hls_player_url, Unset):
            hls_player_url = UNSET
        else:
            hls_player_url = self.hls_player_url

        dash_url: None | str | Unset
        if isinstance(self.dash_url, Unset):
            dash_url = UNSET
        else:
            dash_url = self.dash_url

        dash_iframe: None | str | Unset
        if isinstance(self.dash_iframe, Unset):
            dash_iframe = UNSET
        else:
            dash_iframe = self.dash_iframe

        dash_player_url: None | str | Unset
        if isinstance(self.dash_player_url, Unset):
            dash_player_url = UNSET
        else:
            dash_player_url = self.dash_player_url

        mp4_url: None | str | Unset
        if isinstance(self.mp4_url, Unset):
            mp4_url = UNSET
        else:
            mp4_url = self.mp4_url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if source_url is not UNSET:
            field_dict["source_url"] = source_url
        if thumbnail_url is not UNSET:
            field_dict["thumbnail_url"] = thumbnail_url
        if hls_url is not UNSET:
            field_dict["hls_url"] = hls_url
        if hls_iframe is not UNSET:
            field_dict["hls_iframe"] = hls_iframe
        if hls_player_url is not UNSET:
            field_dict["hls_player_url"] = hls_player_url
        if dash_url is not UNSET:
            field_dict["dash_url"] = dash_url
        if dash_iframe is not UNSET:
            field_dict["dash_iframe"] = dash_iframe
        if dash_player_url is not UNSET:
            field_dict["dash_player_url"] = dash_player_url
        if mp4_url is not UNSET:
            field_dict["mp4_url"] = mp4_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        source_url = _data.pop("source_url", UNSET)
        if source_url is not UNSET and source_url.__class__ is not str:
            source_url = _reading.optional(_reading.text, source_url, None)
        thumbnail_url = _data.pop("thumbnail_url", UNSET)
        if thumbnail_url is not UNSET and thumbnail_url.__class__ is not str:
            thumbnail_url = _reading.optional(_reading.text, thumbnail_url, None)
        hls_url = _data.pop("hls_url", UNSET)
        if hls_url is not UNSET and hls_url.__class__ is not str:
            hls_url = _reading.optional(_reading.text, hls_url, None)
        hls_iframe = _data.pop("hls_iframe", UNSET)
        if hls_iframe is not UNSET and hls_iframe.__class__ is not str:
            hls_iframe = _reading.optional(_reading.text, hls_iframe, None)
        hls_player_url = _data.pop("hls_player_url", UNSET)
        if hls_player_url is not UNSET and hls_player_url.__class__ is not str:
            hls_player_url = _reading.optional(_reading.text, hls_player_url, None)
        dash_url = _data.pop("dash_url", UNSET)
        if dash_url is not UNSET and dash_url.__class__ is not str:
            dash_url = _reading.optional(_reading.text, dash_url, None)
        dash_iframe = _data.pop("dash_iframe", UNSET)
        if dash_iframe is not UNSET and dash_iframe.__class__ is not str:
            dash_iframe = _reading.optional(_reading.text, dash_iframe, None)
        dash_player_url = _data.pop("dash_player_url", UNSET)
        if dash_player_url is not UNSET and dash_player_url.__class__ is not str:
            dash_player_url = _reading.optional(_reading.text, dash_player_url, None)
        mp4_url = _data.pop("mp4_url", UNSET)
        if mp4_url is not UNSET and mp4_url.__class__ is not str:
            mp4_url = _reading.optional(_reading.text, mp4_url, None)
        _model = cls.__new__(cls)
        _model.source_url = source_url
        _model.thumbnail_url = thumbnail_url
        _model.hls_url = hls_url
        _model.hls_iframe = hls_iframe
        _model.hls_player_url = hls_player_url
        _model.dash_url = dash_url
        _model.dash_iframe = dash_iframe
        _model.dash_player_url = dash_player_url
        _model.mp4_url = mp4_url
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
