# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.media_source_info import MediaSourceInfo


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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
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

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.media_source_info import MediaSourceInfo  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("Id")

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("Name", UNSET))

        def _parse_server_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        server_id = _parse_server_id(d.pop("ServerId", UNSET))

        def _parse_container(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        container = _parse_container(d.pop("Container", UNSET))

        def _parse_production_year(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        production_year = _parse_production_year(d.pop("ProductionYear", UNSET))

        def _parse_run_time_ticks(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        run_time_ticks = _parse_run_time_ticks(d.pop("RunTimeTicks", UNSET))

        def _parse_index_number(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        index_number = _parse_index_number(d.pop("IndexNumber", UNSET))

        def _parse_parent_index_number(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        parent_index_number = _parse_parent_index_number(d.pop("ParentIndexNumber", UNSET))

        def _parse_is_folder(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_folder = _parse_is_folder(d.pop("IsFolder", UNSET))

        def _parse_type_(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        type_ = _parse_type_(d.pop("Type", UNSET))

        def _parse_media_type(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        media_type = _parse_media_type(d.pop("MediaType", UNSET))

        def _parse_child_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        child_count = _parse_child_count(d.pop("ChildCount", UNSET))

        def _parse_album(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        album = _parse_album(d.pop("Album", UNSET))

        def _parse_album_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        album_id = _parse_album_id(d.pop("AlbumId", UNSET))

        def _parse_album_artist(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        album_artist = _parse_album_artist(d.pop("AlbumArtist", UNSET))

        def _parse_artists(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                artists_type_0 = cast(list[str], data)

                return artists_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        artists = _parse_artists(d.pop("Artists", UNSET))

        def _parse_genres(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                genres_type_0 = cast(list[str], data)

                return genres_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        genres = _parse_genres(d.pop("Genres", UNSET))

        def _parse_has_lyrics(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        has_lyrics = _parse_has_lyrics(d.pop("HasLyrics", UNSET))

        def _parse_media_sources(data: object) -> list[MediaSourceInfo] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                media_sources_type_0 = []
                _media_sources_type_0 = data
                for media_sources_type_0_item_data in _media_sources_type_0:
                    media_sources_type_0_item = MediaSourceInfo.from_dict(media_sources_type_0_item_data)

                    media_sources_type_0.append(media_sources_type_0_item)

                return media_sources_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[MediaSourceInfo] | None | Unset, data)

        media_sources = _parse_media_sources(d.pop("MediaSources", UNSET))

        base_item_dto = cls(
            id=id,
            name=name,
            server_id=server_id,
            container=container,
            production_year=production_year,
            run_time_ticks=run_time_ticks,
            index_number=index_number,
            parent_index_number=parent_index_number,
            is_folder=is_folder,
            type_=type_,
            media_type=media_type,
            child_count=child_count,
            album=album,
            album_id=album_id,
            album_artist=album_artist,
            artists=artists,
            genres=genres,
            has_lyrics=has_lyrics,
            media_sources=media_sources,
        )

        base_item_dto.additional_properties = d
        return base_item_dto

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
