"""The JSON of the library's items, as in the server's BaseItemDto and MediaSourceInfo."""

import uuid
from datetime import datetime
from typing import Any

from tonearm.sandbox import library
from tonearm.sandbox.jellyfin.access import USER_ID
from tonearm.sandbox.jellyfin.catalogue import VIEW_ID, Album, Playlist, Track, album_id, artist_id, genre_id
from tonearm.sandbox.jellyfin.output import TICKS
from tonearm.sandbox.jellyfin.pictures import cover_in

SERVER_ID = uuid.uuid5(uuid.NAMESPACE_URL, "tonearm:sandbox:jellyfin").hex
_ALL = frozenset(
    {"path", "mediasources", "mediastreams", "genres", "datecreated", "parentid", "sortname", "candownload"}
)

Shape = dict[str, Any]


def track_shape(track: Track, fields: frozenset[str] = _ALL, *, has_lyrics: bool = False) -> Shape:
    """Return an audio file; lists have only the requested `fields` (lower case), a single item has all."""
    shape = _common(track.item.id.hex, track.title, "Audio", "Audio")
    shape |= {
        "Container": track.sound.container if track.sound else track.item.path.suffix.removeprefix("."),
        "RunTimeTicks": ticks(track),
        "ProductionYear": track.year,
        "IndexNumber": track.number,
        "ParentIndexNumber": track.disc,
        "Album": track.album,
        "AlbumId": album_id(track.folder).hex if track.folder else None,
        "AlbumArtist": next(iter(track.album_artists), None),
        "AlbumArtists": _named(track.album_artists),
        "Artists": list(track.artists),
        "ArtistItems": _named(track.artists),
        "HasLyrics": has_lyrics,
        "NormalizationGain": None,
    }
    if (cover := cover_in(track.item.path.parent)) is not None:
        shape |= {"AlbumPrimaryImageTag": cover[1]} if track.folder else {"ImageTags": {"Primary": cover[1]}}
    wanted: Shape = {
        "path": {"Path": library.readable(str(track.item.path))},
        "mediasources": {"MediaSources": [media_source(track)]},
        "mediastreams": {"MediaStreams": _streams(track)},
        "genres": {
            "Genres": list(track.genres),
            "GenreItems": [{"Name": name, "Id": genre_id(name).hex} for name in track.genres],
        },
        "datecreated": {"DateCreated": date(track.modified)},
        "parentid": {"ParentId": (album_id(track.folder) if track.folder else VIEW_ID).hex},
        "sortname": {"SortName": track.title.lower()},
        "candownload": {"CanDownload": True},
    }
    for name in sorted(fields & wanted.keys()):
        shape |= wanted[name]
    return {name: value for name, value in shape.items() if value is not None}


def album_shape(album: Album) -> Shape:
    cover = cover_in(album.tracks[0].item.path.parent)
    return _common(album.id.hex, album.name, "MusicAlbum", "Unknown", folder=True) | {
        "ImageTags": {} if cover is None else {"Primary": cover[1]},
        "RunTimeTicks": sum(ticks(track) or 0 for track in album.tracks),
        "ChildCount": len(album.tracks),
        "Artists": list(album.artists),
        "ArtistItems": _named(album.artists),
        "AlbumArtist": next(iter(album.artists), ""),
        "AlbumArtists": _named(album.artists),
        "ParentId": VIEW_ID.hex,
    }


def playlist_shape(playlist: Playlist) -> Shape:
    return _common(playlist.id.hex, playlist.name, "Playlist", "Audio", folder=True) | {
        "RunTimeTicks": sum(ticks(track) or 0 for track in playlist.tracks),
        "ChildCount": len(playlist.tracks),
        "ParentId": VIEW_ID.hex,
    }


def artist_shape(name: str) -> Shape:
    return _common(artist_id(name).hex, name, "MusicArtist", "Unknown", folder=True)


def view_shape() -> Shape:
    return _common(VIEW_ID.hex, "Music", "CollectionFolder", "Unknown", folder=True) | {"CollectionType": "music"}


def hint_shape(shape: Shape) -> Shape:
    """Return an item as in /Search/Hints."""
    kept = ("Name", "Type", "MediaType", "RunTimeTicks", "IsFolder", "Album", "AlbumId", "AlbumArtist", "Artists")
    return {"ItemId": shape["Id"], "Id": shape["Id"], **{name: shape[name] for name in kept if name in shape}}


def media_source(track: Track) -> Shape:
    """Return a file as a media source, before negotiation."""
    sound = track.sound
    return {
        "Protocol": "File",
        "Id": track.item.id.hex,
        "Path": library.readable(str(track.item.path)),
        "Type": "Default",
        "Container": sound.container if sound else track.item.path.suffix.removeprefix("."),
        "Size": track.size,
        "Name": library.readable(track.item.path.stem),
        "IsRemote": False,
        "RunTimeTicks": ticks(track),
        "SupportsTranscoding": True,
        "SupportsDirectStream": True,
        "SupportsDirectPlay": True,
        "IsInfiniteStream": False,
        "RequiresOpening": False,
        "RequiresClosing": False,
        "MediaStreams": _streams(track),
        "Formats": list[str](),
        "Bitrate": sound.bit_rate if sound else None,
        "RequiredHttpHeaders": dict[str, str](),
        "TranscodingSubProtocol": "http",
        "DefaultAudioStreamIndex": 0 if sound else None,
    }


def page(items: list[Shape], total: int, start: int) -> Shape:
    return {"Items": items, "TotalRecordCount": total, "StartIndex": start}


def ticks(track: Track) -> int | None:
    return round(track.sound.duration * TICKS) if track.sound else None


def date(moment: datetime) -> str:
    """Return a UTC date as .NET writes it: seven digits of the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f0Z")


def _common(item_id: str, name: str, kind: str, media_type: str, *, folder: bool = False) -> Shape:
    return {
        "Name": name,
        "ServerId": SERVER_ID,
        "Id": item_id,
        "IsFolder": folder,
        "Type": kind,
        "UserData": {
            "PlaybackPositionTicks": 0,
            "PlayCount": 0,
            "IsFavorite": False,
            "Played": False,
            "Key": item_id,
            "ItemId": item_id,
        },
        "ImageTags": dict[str, str](),
        "BackdropImageTags": list[str](),
        "LocationType": "FileSystem",
        "MediaType": media_type,
    }


def _named(names: tuple[str, ...]) -> list[Shape]:
    return [{"Name": name, "Id": artist_id(name).hex} for name in names]


def _streams(track: Track) -> list[Shape]:
    sound = track.sound
    if sound is None:
        return []
    return [
        {
            "Codec": sound.codec,
            "DisplayTitle": f"{sound.codec.upper()} - {sound.channels} ch",
            "IsInterlaced": False,
            "ChannelLayout": {1: "mono", 2: "stereo"}.get(sound.channels),
            "BitRate": sound.bit_rate,
            "BitDepth": sound.bit_depth,
            "Channels": sound.channels,
            "SampleRate": sound.sample_rate,
            "IsDefault": True,
            "IsForced": False,
            "Type": "Audio",
            "Index": 0,
            "IsExternal": False,
            "SupportsExternalStream": False,
            "Level": 0,
        }
    ]


def user_shape() -> Shape:
    return {
        "Name": "sandbox",
        "ServerId": SERVER_ID,
        "Id": USER_ID.hex,
        "HasPassword": True,
        "HasConfiguredPassword": True,
        "HasConfiguredEasyPassword": False,
        "EnableAutoLogin": False,
        "Configuration": {"PlayDefaultAudioTrack": True, "EnableNextEpisodeAutoPlay": True},
        "Policy": {
            "IsAdministrator": True,
            "IsHidden": True,
            "IsDisabled": False,
            "EnableLyricManagement": True,
            "EnableMediaPlayback": True,
            "EnableAudioPlaybackTranscoding": True,
            "EnableContentDownloading": True,
            "EnableAllFolders": True,
        },
    }
