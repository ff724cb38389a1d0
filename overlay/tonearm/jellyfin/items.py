"""What a library holds, and who and what answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypedDict, cast
from uuid import UUID

from attrs import field, frozen

from .._base.coerce import fields, flag, integer, items, text
from ._ticks import seconds

SortBy: TypeAlias = Literal["name", "album", "artist", "year", "added", "duration"]
"""What a list is sorted by; `album` and `artist` go on by album, disc and number."""


class ItemFilters(TypedDict, total=False):
    """What listed items must have in common, and how they are sorted; what is left out does not restrict."""

    parent: str | UUID
    """They are in this library, folder or album."""
    artist: str | UUID
    """This artist has made them, or has a part in them; an id."""
    genre: str
    """They are of this genre; its name."""
    sort_by: SortBy
    """What to sort by: audio by `album`, albums by `name` when it is left out."""
    descending: bool
    """Whether the last comes first."""


@frozen
class MediaSource:
    """A file of an item; what the server does not tell of it is None.

    Attributes:
        id: what names it in `media_source_id=` of a stream.
        name: its name.
        container: the file format, or several names of it with commas between.
        codec: the codec of its first audio stream.
        size: bytes.
        duration: seconds.
        bit_rate: bits per second.
        sample_rate: samples per second.
        channels: how many.
        path: where it is on the server, when the server tells.
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
    def of(cls, value: object) -> Self | None:
        """Read a source as the server sent it, or None when there is none."""
        if not isinstance(value, dict):
            return None
        found = fields(cast("object", value))
        streams = items(found.get("MediaStreams"), fields)
        audio = next((stream for stream in streams if stream.get("Type") == "Audio"), fields(None))
        return cls(
            text(found.get("Id")),
            name=text(found.get("Name")),
            container=text(found.get("Container")),
            codec=text(audio.get("Codec")),
            size=integer(found.get("Size")),
            duration=seconds(found.get("RunTimeTicks")),
            bit_rate=integer(found.get("Bitrate")),
            sample_rate=integer(audio.get("SampleRate")),
            channels=integer(audio.get("Channels")),
            path=text(found.get("Path")),
        )


@frozen
class Item:
    """Something of the library: an audio file, an album, an artist, a playlist, a folder.

    Attributes:
        id: 32 hexadecimal digits.
        name: its title or name.
        type: `Audio`, `MusicAlbum`, `MusicArtist`, `Playlist`, `Folder` or another word of the server.
        duration: seconds; of an album or playlist those of all its audio.
        album: the name of its album.
        album_id: the album's id, for `items(parent=...)`.
        album_artist: the first artist of its album.
        artists: its artists.
        genres: its genres.
        year: the year of publication.
        disc: the number of its disc.
        number: its number on the disc.
        count: how many items it holds.
        container: the file format, or several names of it with commas between.
        size: bytes of its first file.
        sources: its files.
        has_lyrics: whether the server has its lyrics.
        raw: the item as the server sent it.
        request_id: the server's name for the request that brought this.
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
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any], request_id: str | None) -> Self:
        """Read an item as the server sent it."""
        sources = items(raw.get("MediaSources"), MediaSource.of)
        first = sources[0] if sources else MediaSource(None)
        duration = seconds(raw.get("RunTimeTicks"))
        return cls(
            id=identity(raw),
            name=text(raw.get("Name")),
            type=text(raw.get("Type")),
            duration=first.duration if duration is None else duration,
            album=text(raw.get("Album")),
            album_id=text(raw.get("AlbumId")),
            album_artist=text(raw.get("AlbumArtist")),
            artists=items(raw.get("Artists"), text),
            genres=items(raw.get("Genres"), text),
            year=integer(raw.get("ProductionYear")),
            disc=integer(raw.get("ParentIndexNumber")),
            number=integer(raw.get("IndexNumber")),
            count=integer(raw.get("ChildCount")),
            container=text(raw.get("Container")) or first.container,
            size=first.size,
            sources=sources,
            has_lyrics=flag(raw.get("HasLyrics")),
            raw=raw,
            request_id=request_id,
        )


@frozen
class Server:
    """A Jellyfin server.

    Attributes:
        version: its version, such as `10.11.11`.
        name: the name that its administrator gave it.
        id: its id.
        ready: whether it has been set up; None when it does not say.
        address: where it is in its own network.
        raw: what it sent.
        request_id: the server's name for the request that brought this.
    """

    version: str
    name: str | None = None
    id: str | None = None
    ready: bool | None = None
    address: str | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any], request_id: str | None) -> Self:
        """Read what the server sent."""
        version = text(raw.get("Version"))
        if not version:
            raise ValueError("there is no Version")
        return cls(
            version,
            name=text(raw.get("ServerName")),
            id=text(raw.get("Id")),
            ready=flag(raw.get("StartupWizardCompleted")),
            address=text(raw.get("LocalAddress")),
            raw=raw,
            request_id=request_id,
        )


@frozen
class User:
    """Whose token it is.

    Attributes:
        id: 32 hexadecimal digits.
        name: the user's name.
        is_administrator: whether the user may do everything; None when the server does not say.
        raw: what the server sent.
        request_id: the server's name for the request that brought this.
    """

    id: str
    name: str | None = None
    is_administrator: bool | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any], request_id: str | None) -> Self:
        """Read what the server sent."""
        policy = fields(raw.get("Policy"))
        return cls(
            identity(raw),
            name=text(raw.get("Name")),
            is_administrator=flag(policy.get("IsAdministrator")),
            raw=raw,
            request_id=request_id,
        )


def identity(raw: Mapping[str, Any]) -> str:
    """The id of what the server sent.

    Raises:
        ValueError: it has none.
    """
    id = text(raw.get("Id"))
    if not id:
        raise ValueError("there is no Id")
    return id
