# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.media_source_info import MediaSourceInfo
    from ..models.user_item_data_dto import UserItemDataDto


T = TypeVar("T", bound="BaseItemDto")


@_attrs_define
class BaseItemDto:
    """Something of the library - an audio file, an album, an artist, a playlist, a folder.

    Attributes:
        id (str): Its id, 32 hexadecimal digits.
        name (None | str | Unset): Its name.
        server_id (None | str | Unset): Id of the server.
        container (None | str | Unset): File format, or several names of it with commas between.
        production_year (int | None | Unset): Year of publication.
        run_time_ticks (int | None | Unset): Length in ticks of 100 nanoseconds.
        index_number (int | None | Unset): Number on its disc.
        parent_index_number (int | None | Unset): Number of the disc.
        is_folder (bool | None | Unset): Whether it holds other items.
        type_ (None | str | Unset): Audio, MusicAlbum, MusicArtist, Playlist, Folder, CollectionFolder and others.
        media_type (None | str | Unset): Audio for what can be heard.
        child_count (int | None | Unset): How many items it holds.
        album (None | str | Unset): Name of its album.
        album_id (None | str | Unset): Id of its album.
        album_artist (None | str | Unset): First artist of its album.
        artists (list[str] | None | Unset): Its artists.
        genres (list[str] | None | Unset): Its genres; comes with one item, and in lists when asked for in `fields`.
        has_lyrics (bool | None | Unset): Whether the server has its lyrics.
        media_sources (list[MediaSourceInfo] | None | Unset): Its files; comes with one item, and in lists when asked
            for in `fields`.
        playlist_item_id (None | str | Unset): Id of its entry, where it is listed as a part of a playlist.
        user_data (None | Unset | UserItemDataDto): What it is to the user.
    """

    id: str
    name: None | str | Unset = UNSET
    server_id: None | str | Unset = UNSET
    container: None | str | Unset = UNSET
    production_year: int | None | Unset = UNSET
    run_time_ticks: int | None | Unset = UNSET
    index_number: int | None | Unset = UNSET
    parent_index_number: int | None | Unset = UNSET
    is_folder: bool | None | Unset = UNSET
    type_: None | str | Unset = UNSET
    media_type: None | str | Unset = UNSET
    child_count: int | None | Unset = UNSET
    album: None | str | Unset = UNSET
    album_id: None | str | Unset = UNSET
    album_artist: None | str | Unset = UNSET
    artists: list[str] | None | Unset = UNSET
    genres: list[str] | None | Unset = UNSET
    has_lyrics: bool | None | Unset = UNSET
    media_sources: list[MediaSourceInfo] | None | Unset = UNSET
    playlist_item_id: None | str | Unset = UNSET
    user_data: None | Unset | UserItemDataDto = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.user_item_data_dto import UserItemDataDto  # noqa: PLC0415

        id = self.id

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        server_id: None | str | Unset
        if isinstance(self.server_id, Unset):
            server_id = UNSET
        else:
            server_id = self.server_id

        container: None | str | Unset
        if isinstance(self.container, Unset):
            container = UNSET
        else:
            container = self.container

        production_year: int | None | Unset
        if isinstance(self.production_year, Unset):
            production_year = UNSET
        else:
            production_year = self.production_year

        run_time_ticks: int | None | Unset
        if isinstance(self.run_time_ticks, Unset):
            run_time_ticks = UNSET
        else:
            run_time_ticks = self.run_time_ticks

        index_number: int | None | Unset
        if isinstance(self.index_number, Unset):
            index_number = UNSET
        else:
            index_number = self.index_number

        parent_index_number: int | None | Unset
        if isinstance(self.parent_index_number, Unset):
            parent_index_number = UNSET
        else:
            parent_index_number = self.parent_index_number

        is_folder: bool | None | Unset
        if isinstance(self.is_folder, Unset):
            is_folder = UNSET
        else:
            is_folder = self.is_folder

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        else:
            type_ = self.type_

        media_type: None | str | Unset
        if isinstance(self.media_type, Unset):
            media_type = UNSET
        else:
            media_type = self.media_type

        child_count: int | None | Unset
        if isinstance(self.child_count, Unset):
            child_count = UNSET
        else:
            child_count = self.child_count

        album: None | str | Unset
        if isinstance(self.album, Unset):
            album = UNSET
        else:
            album = self.album

        album_id: None | str | Unset
        if isinstance(self.album_id, Unset):
            album_id = UNSET
        else:
            album_id = self.album_id

        album_artist: None | str | Unset
        if isinstance(self.album_artist, Unset):
            album_artist = UNSET
        else:
            album_artist = self.album_artist

        artists: list[str] | None | Unset
        if isinstance(self.artists, Unset):
            artists = UNSET
        elif isinstance(self.artists, list):
            artists = self.artists

        else:
            artists = self.artists

        genres: list[str] | None | Unset
        if isinstance(self.genres, Unset):
            genres = UNSET
        elif isinstance(self.genres, list):
            genres = self.genres

        else:
            genres = self.genres

        has_lyrics: bool | None | Unset
        if isinstance(self.has_lyrics, Unset):
            has_lyrics = UNSET
        else:
            has_lyrics = self.has_lyrics

        media_sources: list[dict[str, Any]] | None | Unset
        if isinstance(self.media_sources, Unset):
            media_sources = UNSET
        elif isinstance(self.media_sources, list):
            media_sources = []
            for media_sources_type_0_item_data in self.media_sources:
                media_sources_type_0_item = media_sources_type_0_item_data.to_dict()
                media_sources.append(media_sources_type_0_item)

        else:
            media_sources = self.media_sources

        playlist_item_id: None | str | Unset
        if isinstance(self.playlist_item_id, Unset):
            playlist_item_id = UNSET
        else:
            playlist_item_id = self.playlist_item_id

        user_data: dict[str, Any] | None | Unset
        if isinstance(self.user_data, Unset):
            user_data = UNSET
        elif isinstance(self.user_data, UserItemDataDto):
            user_data = self.user_data.to_dict()
        else:
            user_data = self.user_data

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "Id": id,
            }
        )
        if name is not UNSET:
            field_dict["Name"] = name
        if server_id is not UNSET:
            field_dict["ServerId"] = server_id
        if container is not UNSET:
            field_dict["Container"] = container
        if production_year is not UNSET:
            field_dict["ProductionYear"] = production_year
        if run_time_ticks is not UNSET:
            field_dict["RunTimeTicks"] = run_time_ticks
        if index_number is not UNSET:
            field_dict["IndexNumber"] = index_number
        if parent_index_number is not UNSET:
            field_dict["ParentIndexNumber"] = parent_index_number
        if is_folder is not UNSET:
            field_dict["IsFolder"] = is_folder
        if type_ is not UNSET:
            field_dict["Type"] = type_
        if media_type is not UNSET:
            field_dict["MediaType"] = media_type
        if child_count is not UNSET:
            field_dict["ChildCount"] = child_count
        if album is not UNSET:
            field_dict["Album"] = album
        if album_id is not UNSET:
            field_dict["AlbumId"] = album_id
        if album_artist is not UNSET:
            field_dict["AlbumArtist"] = album_artist
        if artists is not UNSET:
            field_dict["Artists"] = artists
        if genres is not UNSET:
            field_dict["Genres"] = genres
        if has_lyrics is not UNSET:
            field_dict["HasLyrics"] = has_lyrics
        if media_sources is not UNSET:
            field_dict["MediaSources"] = media_sources
        if playlist_item_id is not UNSET:
            field_dict["PlaylistItemId"] = playlist_item_id
        if user_data is not UNSET:
            field_dict["UserData"] = user_data

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("Id", None)
        if id.__class__ is not str:
            id = _reading.required(_reading.text, id, "Id")
        name = _data.pop("Name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, None)
        server_id = _data.pop("ServerId", UNSET)
        if server_id is not UNSET and server_id.__class__ is not str:
            server_id = _reading.optional(_reading.text, server_id, None)
        container = _data.pop("Container", UNSET)
        if container is not UNSET and container.__class__ is not str:
            container = _reading.optional(_reading.text, container, None)
        production_year = _data.pop("ProductionYear", UNSET)
        if production_year is not UNSET and production_year.__class__ is not int:
            production_year = _reading.optional(_reading.integer, production_year, None)
        run_time_ticks = _data.pop("RunTimeTicks", UNSET)
        if run_time_ticks is not UNSET and run_time_ticks.__class__ is not int:
            run_time_ticks = _reading.optional(_reading.integer, run_time_ticks, None)
        index_number = _data.pop("IndexNumber", UNSET)
        if index_number is not UNSET and index_number.__class__ is not int:
            index_number = _reading.optional(_reading.integer, index_number, None)
        parent_index_number = _data.pop("ParentIndexNumber", UNSET)
        if parent_index_number is not UNSET and parent_index_number.__class__ is not int:
            parent_index_number = _reading.optional(_reading.integer, parent_index_number, None)
        is_folder = _data.pop("IsFolder", UNSET)
        if is_folder is not UNSET and is_folder.__class__ is not bool:
            is_folder = _reading.optional(_reading.flag, is_folder, None)
        type_ = _data.pop("Type", UNSET)
        if type_ is not UNSET and type_.__class__ is not str:
            type_ = _reading.optional(_reading.text, type_, None)
        media_type = _data.pop("MediaType", UNSET)
        if media_type is not UNSET and media_type.__class__ is not str:
            media_type = _reading.optional(_reading.text, media_type, None)
        child_count = _data.pop("ChildCount", UNSET)
        if child_count is not UNSET and child_count.__class__ is not int:
            child_count = _reading.optional(_reading.integer, child_count, None)
        album = _data.pop("Album", UNSET)
        if album is not UNSET and album.__class__ is not str:
            album = _reading.optional(_reading.text, album, None)
        album_id = _data.pop("AlbumId", UNSET)
        if album_id is not UNSET and album_id.__class__ is not str:
            album_id = _reading.optional(_reading.text, album_id, None)
        album_artist = _data.pop("AlbumArtist", UNSET)
        if album_artist is not UNSET and album_artist.__class__ is not str:
            album_artist = _reading.optional(_reading.text, album_artist, None)
        artists = _data.pop("Artists", UNSET)
        if artists is not UNSET:
            artists = _READ_ARTISTS(artists) if artists.__class__ is list else None
        genres = _data.pop("Genres", UNSET)
        if genres is not UNSET:
            genres = _READ_GENRES(genres) if genres.__class__ is list else None
        has_lyrics = _data.pop("HasLyrics", UNSET)
        if has_lyrics is not UNSET and has_lyrics.__class__ is not bool:
            has_lyrics = _reading.optional(_reading.flag, has_lyrics, None)
        media_sources = _data.pop("MediaSources", UNSET)
        if media_sources is not UNSET:
            media_sources = _READ_MEDIA_SOURCES(media_sources) if media_sources.__class__ is list else None
        playlist_item_id = _data.pop("PlaylistItemId", UNSET)
        if playlist_item_id is not UNSET and playlist_item_id.__class__ is not str:
            playlist_item_id = _reading.optional(_reading.text, playlist_item_id, None)
        user_data = _data.pop("UserData", UNSET)
        if user_data is not UNSET:
            user_data = _reading.optional(_READ_USER_DATA, user_data, None)
        _model = cls.__new__(cls)
        _model.id = id
        _model.name = name
        _model.server_id = server_id
        _model.container = container
        _model.production_year = production_year
        _model.run_time_ticks = run_time_ticks
        _model.index_number = index_number
        _model.parent_index_number = parent_index_number
        _model.is_folder = is_folder
        _model.type_ = type_
        _model.media_type = media_type
        _model.child_count = child_count
        _model.album = album
        _model.album_id = album_id
        _model.album_artist = album_artist
        _model.artists = artists
        _model.genres = genres
        _model.has_lyrics = has_lyrics
        _model.media_sources = media_sources
        _model.playlist_item_id = playlist_item_id
        _model.user_data = user_data
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


from ..models.media_source_info import MediaSourceInfo
from ..models.user_item_data_dto import UserItemDataDto

_READ_ARTISTS = _reading.readable(_reading.text)
_READ_GENRES = _reading.readable(_reading.text)
_READ_MEDIA_SOURCES = _reading.readable(MediaSourceInfo.from_dict)
_READ_USER_DATA = UserItemDataDto.from_dict
