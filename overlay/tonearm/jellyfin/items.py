"""Items of a library, with their files and user data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias, TypedDict
from uuid import UUID

from attrs import field, frozen

from tonearm_generated.reading import given

from .._base.answers import Answer
from .._base.coerce import text
from .._base.file_names import name_of
from ._ticks import seconds
from .server import identity

if TYPE_CHECKING:
    from tonearm_generated.jellyfin import models

SortBy: TypeAlias = Literal["name", "album", "artist", "year", "added", "duration"]
"""The order of a list; `album` and `artist` continue by album, disc and number."""


class ItemFilters(TypedDict, total=False):
    """The filters and the order of a list; a filter that is left out does not restrict."""

    parent: str | UUID
    """They are in this library, folder or album."""
    artist: str | UUID
    """They are by this artist, or with this artist; an id."""
    genre: str
    """They are of this genre; its name."""
    sort_by: SortBy
    """The order; when left out, audio is sorted by `album` and albums by `name`."""
    descending: bool
    """Whether the order is reversed."""
    favorite: bool
    """Whether they are favourites of the user, or not."""


@frozen(repr=False)
class MediaSource(Answer):
    """A file of an item; fields that the server does not send are None.

    Attributes:
        id: its id, for `media_source_id=` of a stream.
        name: its name.
        container: the file format, or several names of it separated by commas.
        codec: the codec of its first audio stream.
        size: bytes.
        duration: seconds.
        bit_rate: bits per second.
        sample_rate: samples per second.
        channels: how many.
        path: its path on the server, if the server sends it.
    """

    id: str | None
    name: str | None = None
    container: str | None = None
    codec: str | None = None
    size: int | None = None
    duration: float | None = None
    bit_rate: int | None = None
    sample_rate: int | None = None
    channels: int | None = None
    path: str | None = None

    @classmethod
    def of(cls, model: models.MediaSourceInfo) -> Self:
        """Make it from the generated model."""
        streams = given(model.media_streams) or ()
        audio = None
        for stream in streams:
            if stream.type_ == "Audio":
                audio = stream
                break
        return cls(
            given(model.id),
            name=given(model.name),
            container=given(model.container),
            codec=given(audio.codec) if audio else None,
            size=given(model.size),
            duration=seconds(given(model.run_time_ticks)),
            bit_rate=given(model.bitrate),
            sample_rate=given(audio.sample_rate) if audio else None,
            channels=given(audio.channels) if audio else None,
            path=text(model.raw.get("Path")),
        )


@frozen(repr=False)
class UserData(Answer):
    """The user's data of an item; fields that the server does not send are None.

    Attributes:
        favorite: whether it is a favourite.
        play_count: how often it was played.
        played: whether it was played.
        last_played: when it was last played, as the server writes it.
        position: where playback ended, in seconds.
        raw: the data as the server sent them.
        request_id: the server's name for the request.
    """

    favorite: bool | None = None
    play_count: int | None = None
    played: bool | None = None
    last_played: str | None = None
    position: float | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.UserItemDataDto, request_id: str | None) -> Self:
        """Make it from the generated model."""
        return cls(
            favorite=given(model.is_favorite),
            play_count=given(model.play_count),
            played=given(model.played),
            last_played=given(model.last_played_date),
            position=seconds(given(model.playback_position_ticks)),
            raw=model.raw,
            request_id=request_id,
        )


@frozen(repr=False)
class Item(Answer):
    """An item of the library: an audio file, an album, an artist, a playlist, a folder.

    Attributes:
        id: 32 hexadecimal digits; some other servers have ids of another form.
        name: its title or name.
        type: `Audio`, `MusicAlbum`, `MusicArtist`, `Playlist`, `Folder` or another word of the server.
        duration: seconds; for an album or playlist the seconds of all its audio.
        album: the name of its album.
        album_id: the album's id, for `items(parent=...)`.
        album_artist: the first artist of its album.
        artists: its artists.
        genres: its genres.
        year: the year of publication.
        disc: the number of its disc.
        number: its number on the disc.
        count: how many items it contains.
        container: the file format, or several names of it separated by commas.
        size: bytes of its first file.
        sources: its files.
        has_lyrics: whether the server has its lyrics.
        user_data: the user's data of it, such as favourite and play count; None if the server sends none.
        entry_id: its entry on the playlist that lists it, for `remove_from_playlist`.
        raw: the item as the server sent it.
        request_id: the server's name for the request.
    """

    id: str
    name: str | None = None
    type: str | None = None
    duration: float | None = None
    album: str | None = None
    album_id: str | None = None
    album_artist: str | None = None
    artists: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    year: int | None = None
    disc: int | None = None
    number: int | None = None
    count: int | None = None
    container: str | None = None
    size: int | None = None
    sources: tuple[MediaSource, ...] = ()
    has_lyrics: bool | None = None
    user_data: UserData | None = None
    entry_id: str | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @property
    def file_name(self) -> str:
        """Its name, or without a name its id, as the name of a file without extension, safe on every system."""
        return name_of(self.name or self.id)

    @classmethod
    def of(cls, model: models.BaseItemDto, request_id: str | None) -> Self:
        """Make it from the generated model."""
        sources = tuple([MediaSource.of(source) for source in given(model.media_sources) or ()])
        first = sources[0] if sources else _NO_SOURCE
        duration = seconds(given(model.run_time_ticks))
        return cls(
            id=identity(model.id),
            name=given(model.name),
            type=given(model.type_),
            duration=first.duration if duration is None else duration,
            album=given(model.album),
            album_id=given(model.album_id),
            album_artist=given(model.album_artist),
            artists=tuple(given(model.artists) or ()),
            genres=tuple(given(model.genres) or ()),
            year=given(model.production_year),
            disc=given(model.parent_index_number),
            number=given(model.index_number),
            count=given(model.child_count),
            container=given(model.container) or first.container,
            size=first.size,
            sources=sources,
            has_lyrics=given(model.has_lyrics),
            user_data=None if (data := given(model.user_data)) is None else UserData.of(data, request_id),
            entry_id=given(model.playlist_item_id),
            raw=model.raw,
            request_id=request_id,
        )


_NO_SOURCE = MediaSource(None)
