# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="LyricMetadata")


@_attrs_define
class LyricMetadata:
    """What a file of lyrics says of its song.

    Attributes:
        artist (None | str | Unset): Who sings.
        album (None | str | Unset): The album.
        title (None | str | Unset): The title.
        author (None | str | Unset): Who wrote the words.
        by (None | str | Unset): Who made the file.
        creator (None | str | Unset): The program that made the file.
        version (None | str | Unset): The version of that program.
        is_synced (bool | None | Unset): Whether the lines have times.
    """

    artist: None | str | Unset = UNSET
    album: None | str | Unset = UNSET
    title: None | str | Unset = UNSET
    author: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    creator: None | str | Unset = UNSET
    version: None | str | Unset = UNSET
    is_synced: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        artist: None | str | Unset
        if isinstance(self.artist, Unset):
            artist = UNSET
        else:
            artist = self.artist

        album: None | str | Unset
        if isinstance(self.album, Unset):
            album = UNSET
        else:
            album = self.album

        title: None | str | Unset
        if isinstance(self.title, Unset):
            title = UNSET
        else:
            title = self.title

        author: None | str | Unset
        if isinstance(self.author, Unset):
            author = UNSET
        else:
            author = self.author

        by: None | str | Unset
        if isinstance(self.by, Unset):
            by = UNSET
        else:
            by = self.by

        creator: None | str | Unset
        if isinstance(self.creator, Unset):
            creator = UNSET
        else:
            creator = self.creator

        version: None | str | Unset
        if isinstance(self.version, Unset):
            version = UNSET
        else:
            version = self.version

        is_synced: bool | None | Unset
        if isinstance(self.is_synced, Unset):
            is_synced = UNSET
        else:
            is_synced = self.is_synced

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if artist is not UNSET:
            field_dict["Artist"] = artist
        if album is not UNSET:
            field_dict["Album"] = album
        if title is not UNSET:
            field_dict["Title"] = title
        if author is not UNSET:
            field_dict["Author"] = author
        if by is not UNSET:
            field_dict["By"] = by
        if creator is not UNSET:
            field_dict["Creator"] = creator
        if version is not UNSET:
            field_dict["Version"] = version
        if is_synced is not UNSET:
            field_dict["IsSynced"] = is_synced

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        artist = _data.pop("Artist", UNSET)
        if artist is not UNSET and artist.__class__ is not str:
            artist = _reading.optional(_reading.text, artist, None)
        album = _data.pop("Album", UNSET)
        if album is not UNSET and album.__class__ is not str:
            album = _reading.optional(_reading.text, album, None)
        title = _data.pop("Title", UNSET)
        if title is not UNSET and title.__class__ is not str:
            title = _reading.optional(_reading.text, title, None)
        author = _data.pop("Author", UNSET)
        if author is not UNSET and author.__class__ is not str:
            author = _reading.optional(_reading.text, author, None)
        by = _data.pop("By", UNSET)
        if by is not UNSET and by.__class__ is not str:
            by = _reading.optional(_reading.text, by, None)
        creator = _data.pop("Creator", UNSET)
        if creator is not UNSET and creator.__class__ is not str:
            creator = _reading.optional(_reading.text, creator, None)
        version = _data.pop("Version", UNSET)
        if version is not UNSET and version.__class__ is not str:
            version = _reading.optional(_reading.text, version, None)
        is_synced = _data.pop("IsSynced", UNSET)
        if is_synced is not UNSET and is_synced.__class__ is not bool:
            is_synced = _reading.optional(_reading.flag, is_synced, None)
        _model = cls.__new__(cls)
        _model.artist = artist
        _model.album = album
        _model.title = title
        _model.author = author
        _model.by = by
        _model.creator = creator
        _model.version = version
        _model.is_synced = is_synced
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
