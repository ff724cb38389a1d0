"""Queries of the library: which items, in which order, from where."""

import random
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from tonearm.sandbox.jellyfin import shapes
from tonearm.sandbox.jellyfin.catalogue import VIEW_ID, Album, Catalogue, Track, album_id, artist_id, genre_id
from tonearm.sandbox.jellyfin.query import Query, boolean, guid, whole_number
from tonearm.sandbox.jellyfin.shapes import Shape, page

CHECKS = {
    "parentId": guid,
    "userId": guid,
    "startIndex": whole_number(),
    "limit": whole_number(),
    "recursive": boolean,
    "isFavorite": boolean,
}
_ORDER: dict[str, Callable[[Shape], Any]] = {
    "name": lambda shape: shape["Name"].lower(),
    "sortname": lambda shape: shape["Name"].lower(),
    "album": lambda shape: (shape.get("Album") or "").lower(),
    "albumartist": lambda shape: (shape.get("AlbumArtist") or "").lower(),
    "artist": lambda shape: ",".join(shape.get("Artists", ())).lower(),
    "datecreated": lambda shape: shape.get("DateCreated", ""),
    "runtime": lambda shape: shape.get("RunTimeTicks", 0),
    "productionyear": lambda shape: shape.get("ProductionYear", 0),
    "parentindexnumber": lambda shape: shape.get("ParentIndexNumber", 0),
    "indexnumber": lambda shape: shape.get("IndexNumber", 0),
    "random": lambda _: random.random(),
}


def search(catalogue: Catalogue, query: Query, *, lyrics: frozenset[UUID], favorites: frozenset[UUID]) -> Shape:
    """Answer /Items. Without recursive, ids or parentId it returns only the views (v10.11.11)."""
    parent = query.text("parentId")
    if parent is None and not query.flag("recursive") and not query.several("ids"):
        return page([shapes.view_shape()], 1, query.integer("startIndex") or 0)
    # Sorting by date needs the date; if it was not requested, it is removed below.
    fields = frozenset(name.lower() for name in query.several("fields"))
    tracks = [track for track in catalogue.tracks() if _track_fits(track, query)]
    shapes_found = [
        shapes.track_shape(track, fields | {"datecreated"}, has_lyrics=track.item.id in lyrics) for track in tracks
    ]
    if not _OF_TRACKS & {name for name in _FILTERS if query.text(name)}:
        shapes_found += [shapes.album_shape(album) for album in catalogue.albums() if _album_fits(album, query)]
        if parent is None:
            shapes_found += [shapes.artist_shape(name) for name in catalogue.artists()]
            shapes_found += [shapes.playlist_shape(playlist) for playlist in catalogue.playlists()]
    shapes_found = [shape for shape in shapes_found if _shape_fits(shape, query)]
    if query.text("isFavorite") is not None:
        shapes_found = [shape for shape in shapes_found if (UUID(shape["Id"]) in favorites) == query.flag("isFavorite")]
    answer = _paged(_sorted(shapes_found, query), query)
    if "datecreated" not in fields:
        for shape in answer["Items"]:
            shape.pop("DateCreated", None)
    return answer


def artists(catalogue: Catalogue, query: Query, *, of_albums: bool) -> Shape:
    """Answer /Artists and /Artists/AlbumArtists."""
    shapes_found = [shapes.artist_shape(name) for name in catalogue.artists(of_albums=of_albums)]
    return _paged(_sorted([shape for shape in shapes_found if _named(shape, query)], query), query)


def playlist(catalogue: Catalogue, wanted: UUID, query: Query, *, lyrics: frozenset[UUID]) -> Shape | None:
    """Answer /Playlists/{playlist}/Items: its items in its own order, or None when there is no such playlist."""
    playlist_found = next((held for held in catalogue.playlists() if held.id == wanted), None)
    if playlist_found is None:
        return None
    fields = frozenset(name.lower() for name in query.several("fields"))
    held = [
        shapes.track_shape(track, fields, has_lyrics=track.item.id in lyrics) | {"PlaylistItemId": entry.hex}
        for track, entry in zip(playlist_found.tracks, playlist_found.entries, strict=True)
    ]
    return _paged(held, query)


def mix(catalogue: Catalogue, wanted: UUID, query: Query, *, lyrics: frozenset[UUID]) -> Shape | None:
    """Answer /Items/{item}/InstantMix: tracks in a random order, those of the same genres and artists first."""
    seeds = _tracks_of(catalogue, wanted)
    if seeds is None:
        return None
    fields = frozenset(name.lower() for name in query.several("fields"))
    tracks = sorted(catalogue.tracks(), key=lambda track: (-_likeness(track, seeds), random.random()))
    return _paged([shapes.track_shape(track, fields, has_lyrics=track.item.id in lyrics) for track in tracks], query)


def similar(catalogue: Catalogue, wanted: UUID, query: Query, *, lyrics: frozenset[UUID]) -> Shape | None:
    """Answer /Items/{item}/Similar: items of the same type, the most similar first, without the item itself."""
    seeds = _tracks_of(catalogue, wanted)
    if seeds is None:
        return None
    if catalogue.track(wanted) is None:
        albums = [album for album in catalogue.albums() if album.id != wanted]
        albums.sort(key=lambda album: -max(_likeness(track, seeds) for track in album.tracks))
        return _paged([shapes.album_shape(album) for album in albums], query)
    fields = frozenset(name.lower() for name in query.several("fields"))
    tracks = sorted(
        (track for track in catalogue.tracks() if track.item.id != wanted), key=lambda track: -_likeness(track, seeds)
    )
    return _paged([shapes.track_shape(alike, fields, has_lyrics=alike.item.id in lyrics) for alike in tracks], query)


def _tracks_of(catalogue: Catalogue, wanted: UUID) -> list[Track] | None:
    """The tracks of a track, an album, an artist or a playlist; None for anything else."""
    if (track := catalogue.track(wanted)) is not None:
        return [track]
    held = {album.id: album.tracks for album in catalogue.albums()}
    held |= {playlist.id: playlist.tracks for playlist in catalogue.playlists()}
    if wanted in held:
        return list(held[wanted])
    by_artist = [
        track for track in catalogue.tracks() if wanted in map(artist_id, (*track.artists, *track.album_artists))
    ]
    return by_artist or None


def _likeness(track: Track, seeds: list[Track]) -> int:
    words = {word.lower() for seed in seeds for word in (*seed.genres, *seed.artists)}
    return len(words & {word.lower() for word in (*track.genres, *track.artists)})


def hints(catalogue: Catalogue, query: Query) -> Shape:
    """Answer /Search/Hints."""
    shapes_found = [shapes.track_shape(track) for track in catalogue.tracks()]
    shapes_found += [shapes.album_shape(album) for album in catalogue.albums()]
    shapes_found += [shapes.artist_shape(name) for name in catalogue.artists()]
    fitting = [shape for shape in shapes_found if _named(shape, query) and _of_kind(shape, query)]
    paged = _paged(fitting, query)
    return {
        "SearchHints": [shapes.hint_shape(shape) for shape in paged["Items"]],
        "TotalRecordCount": paged["TotalRecordCount"],
    }


def item(catalogue: Catalogue, wanted: UUID, *, lyrics: frozenset[UUID]) -> Shape | None:
    """Return one item of any kind, or None."""
    if wanted == VIEW_ID:
        return shapes.view_shape()
    track = catalogue.track(wanted)
    if track is not None:
        return shapes.track_shape(track, has_lyrics=wanted in lyrics)
    named = next((playlist for playlist in catalogue.playlists() if playlist.id == wanted), None)
    if named is not None:
        return shapes.playlist_shape(named)
    album = next((album for album in catalogue.albums() if album.id == wanted), None)
    if album is not None:
        return shapes.album_shape(album)
    return next((shapes.artist_shape(name) for name in catalogue.artists() if artist_id(name) == wanted), None)


_FILTERS = ("artistIds", "albumIds", "genres", "genreIds", "albumArtistIds")
_OF_TRACKS = frozenset({"albumIds", "genres", "genreIds"})


def _track_fits(track: Track, query: Query) -> bool:
    parent = _guid(query.text("parentId"))
    if parent is not None:
        below = (_ancestors(track.folder) | {VIEW_ID}) if query.flag("recursive") else {_parent(track.folder)}
        if parent not in below:
            return False
    everyone = {artist_id(name) for name in (*track.artists, *track.album_artists)}
    genres = {name.lower() for name in query.several("genres", separator="|")}
    return (
        _allows(query, "artistIds", everyone)
        and _allows(query, "albumArtistIds", {artist_id(name) for name in track.album_artists})
        and _allows(query, "albumIds", {album_id(track.folder)} if track.folder else set())
        and _allows(query, "genreIds", {genre_id(name) for name in track.genres})
        and (not genres or bool(genres & {name.lower() for name in track.genres}))
    )


def _album_fits(album: Album, query: Query) -> bool:
    parent = _guid(query.text("parentId"))
    above = album.folder.rpartition("/")[0]
    below = (_ancestors(above) | {VIEW_ID}) if query.flag("recursive") else {_parent(above)}
    guests = {artist_id(name) for track in album.tracks for name in (*track.artists, *track.album_artists)}
    return (
        (parent is None or parent in below)
        and _allows(query, "artistIds", guests)
        and _allows(query, "albumArtistIds", {artist_id(name) for name in album.artists})
    )


def _shape_fits(shape: Shape, query: Query) -> bool:
    ids = _guids(query, "ids")
    media_types = {word.lower() for word in query.several("mediaTypes")}
    return (
        (not ids or UUID(shape["Id"]) in ids)
        and (not media_types or shape["MediaType"].lower() in media_types)
        and _of_kind(shape, query)
        and _named(shape, query)
    )


def _of_kind(shape: Shape, query: Query) -> bool:
    kinds = {word.lower() for word in query.several("includeItemTypes")}
    return not kinds or shape["Type"].lower() in kinds


def _named(shape: Shape, query: Query) -> bool:
    return _plain(query.text("searchTerm") or "") in _plain(shape["Name"])


def _plain(text: str) -> str:
    """Return text without case and accents, as the server compares it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).strip()


def _parent(folder: str) -> UUID:
    return album_id(folder) if folder else VIEW_ID


def _ancestors(folder: str) -> set[UUID]:
    parts = folder.split("/") if folder else []
    return {album_id("/".join(parts[:end])) for end in range(1, len(parts) + 1)}


def _allows(query: Query, name: str, held: set[UUID]) -> bool:
    return query.text(name) is None or bool(_guids(query, name) & held)


def _guids(query: Query, name: str) -> set[UUID]:
    """Read a list of ids; the server drops invalid ones."""
    return {id for text in query.several(name) if (id := _guid(text)) is not None}


def _guid(text: str | None) -> UUID | None:
    try:
        return None if text is None else UUID(text)
    except ValueError:
        return None


def _sorted(shapes_found: Iterable[Shape], query: Query) -> list[Shape]:
    """Sort by several keys, each with its order; the last order holds for the rest, unknown words are dropped."""
    names = [name.lower() for name in query.several("sortBy") if name.lower() in _ORDER] or ["sortname"]
    orders = [word.lower() == "descending" for word in query.several("sortOrder")] or [False]
    result = list(shapes_found)
    for index, name in reversed(list(enumerate(names))):
        result.sort(key=_ORDER[name], reverse=orders[min(index, len(orders) - 1)])
    return result


def _paged(shapes_found: list[Shape], query: Query) -> Shape:
    start, limit = query.integer("startIndex") or 0, query.integer("limit")
    end = None if limit is None else start + limit
    return page(shapes_found[start:end], len(shapes_found), start)
