"""The library as the server sees it: tracks with their tags, albums (folders), artists and the one view."""

import re
import threading
import uuid
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from attrs import define, field, frozen

from tonearm.sandbox import library, recording
from tonearm.sandbox.jellyfin.pictures import cover_in
from tonearm.sandbox.library import Item

_SEPARATORS = re.compile(r"\s*[;/|\\]\s*")
_LAST = 253_402_300_799
"""The end of the year 9999, in seconds since 1970."""
_NUMBER = re.compile(r"\d+")
VIEW_ID = uuid.uuid5(uuid.NAMESPACE_URL, "tonearm:sandbox:jellyfin:music")


@frozen
class Sound:
    """A file's first audio stream: seconds, bits per second, names as in Jellyfin."""

    duration: float
    container: str
    codec: str
    sample_rate: int
    channels: int
    bit_rate: int
    bit_depth: int | None


@frozen
class Track:
    """One audio file; `sound` is None if it cannot be read, but the server still lists it."""

    item: Item
    size: int
    modified: datetime
    sound: Sound | None
    title: str
    album: str | None
    album_artist: str | None
    artists: tuple[str, ...]
    genres: tuple[str, ...]
    year: int | None
    disc: int | None
    number: int | None

    @property
    def folder(self) -> str:
        return self.item.name.rpartition("/")[0]

    @property
    def album_artists(self) -> tuple[str, ...]:
        return (self.album_artist,) if self.album_artist else self.artists[:1]


@frozen
class Album:
    """A folder with tracks in it, but for the library's own."""

    folder: str
    tracks: tuple[Track, ...]

    @property
    def id(self) -> UUID:
        return album_id(self.folder)

    @property
    def name(self) -> str:
        return next((track.album for track in self.tracks if track.album), self.folder.rpartition("/")[2])

    @property
    def artists(self) -> tuple[str, ...]:
        return _distinct(name for track in self.tracks for name in track.album_artists)


@frozen
class Playlist:
    """A playlist, from an .m3u or .m3u8 file or made by request, and its tracks in their order."""

    id: UUID
    name: str
    tracks: tuple[Track, ...]
    entries: tuple[UUID, ...]


@define
class MadePlaylist:
    """A playlist that was made by request: its name, and its entries with the items that they hold."""

    name: str
    entries: list[tuple[UUID, UUID]] = field(factory=list[tuple[UUID, UUID]])


@define(eq=False)
class Catalogue:
    """Reads the folder again for each request, but each file only when it has changed; safe to use from any thread."""

    folder: Path
    made: Callable[[], Mapping[UUID, MadePlaylist]] = dict
    _known: dict[Path, Track] = field(factory=dict[Path, Track], init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def tracks(self) -> list[Track]:
        with self._lock:
            tracks = (self._track(item) for item in library.items(self.folder))
            return [track for track in tracks if track is not None]

    def albums(self) -> list[Album]:
        held: dict[str, list[Track]] = {}
        for track in self.tracks():
            if track.folder:
                held.setdefault(track.folder, []).append(track)
        return [Album(folder, tuple(tracks)) for folder, tracks in held.items()]

    def playlists(self) -> list[Playlist]:
        tracks = {track.item.path.resolve(): track for track in self.tracks()}
        playlists: list[Playlist] = []
        for path in library.files(self.folder, {".m3u", ".m3u8"}):
            id = uuid.uuid5(VIEW_ID, f"playlist:{library.readable(path.stem)}")
            held = tuple(filter(None, map(tracks.get, _entries(path))))
            entries = tuple(uuid.uuid5(VIEW_ID, f"entry:{id}:{place}") for place in range(len(held)))
            playlists.append(Playlist(id, library.readable(path.stem), held, entries))
        by_id = {track.item.id: track for track in tracks.values()}
        for id, made in self.made().items():
            kept = [(entry, by_id[item]) for entry, item in made.entries if item in by_id]
            playlists.append(
                Playlist(id, made.name, tuple(track for _, track in kept), tuple(entry for entry, _ in kept))
            )
        return playlists

    def artists(self, *, of_albums: bool = False) -> list[str]:
        """List the artists of tracks and albums, or of albums only."""
        tracks = self.tracks()
        return sorted(_distinct(n for t in tracks for n in (*(() if of_albums else t.artists), *t.album_artists)))

    def cover(self, wanted: UUID) -> Path | None:
        """The picture of an album, or of a track that is in none."""
        for track in self.tracks():
            if wanted == (album_id(track.folder) if track.folder else track.item.id):
                picture = cover_in(track.item.path.parent)
                return None if picture is None else picture[0]
        return None

    def track(self, wanted: UUID) -> Track | None:
        item = library.find(self.folder, wanted)
        if item is None:
            return None
        with self._lock:
            return self._track(item)

    def _track(self, item: Item) -> Track | None:
        try:
            status = item.path.stat()
        except OSError:  # it was removed since the folder was read
            return None
        modified = _moment(status.st_mtime)
        known = self._known.get(item.path)
        if known is None or (known.size, known.modified) != (status.st_size, modified):
            known = self._known[item.path] = _read(item, status.st_size, modified)
        return known


def _entries(path: Path) -> list[Path]:
    """The files in a playlist; a line that cannot be a path is left out."""
    files: list[Path] = []
    for line in _text(path.read_bytes()).splitlines():
        if line.strip() and not line.startswith("#"):
            with suppress(OSError, ValueError):
                files.append((path.parent / line.strip()).resolve())
    return files


def _text(content: bytes) -> str:
    """A playlist's text: UTF-16 and UTF-8 are recognised, anything else is Windows' Latin-1."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _moment(seconds: float) -> datetime:
    """A time of a file, or the nearest one that JSON can hold."""
    return datetime.fromtimestamp(min(max(seconds, 0), _LAST), UTC)


def artist_id(name: str) -> UUID:
    return uuid.uuid5(VIEW_ID, f"artist:{name.lower()}")


def genre_id(name: str) -> UUID:
    return uuid.uuid5(VIEW_ID, f"genre:{name.lower()}")


def album_id(folder: str) -> UUID:
    return uuid.uuid5(VIEW_ID, f"folder:{folder}")


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({name.lower(): name for name in names}.values())


def _read(item: Item, size: int, modified: datetime) -> Track:
    sound, tags = _probe(item.path)
    artists = _split(tags.get("artists") or tags.get("artist"))
    return Track(
        item,
        size,
        modified,
        sound,
        title=tags.get("title") or library.readable(item.path.stem),
        album=tags.get("album"),
        album_artist=tags.get("album_artist") or tags.get("albumartist"),
        artists=artists,
        genres=_split(tags.get("genre")),
        year=_number(tags.get("date") or tags.get("year")),
        disc=_number(tags.get("disc")),
        number=_number(tags.get("track")),
    )


def _probe(path: Path) -> tuple[Sound | None, dict[str, str]]:
    """Read a file's first audio stream and its tags; those of Ogg are the stream's."""
    from av.error import FFmpegError

    try:
        with path.open("rb") as file, recording.container_of(file) as container:
            tags = {name.lower(): value for name, value in container.metadata.items()}
            try:
                stream = recording.chosen(container)
            except recording.AudioError:
                return None, tags
            tags = {name.lower(): value for name, value in stream.metadata.items()} | tags
            codec = stream.codec_context
            duration = (container.duration or 0) / 1_000_000
            depth = int(getattr(codec.format, "bits", 0)) if codec.codec.lossless else 0
            sound = Sound(
                duration,
                container.format.name,
                codec.codec.canonical_name,
                codec.sample_rate,
                codec.layout.nb_channels,
                bit_rate=codec.bit_rate or container.bit_rate or 0,
                bit_depth=depth or None,
            )
            return sound, tags
    except (FFmpegError, OSError, ValueError, MemoryError):
        return None, {}


def _split(text: str | None) -> tuple[str, ...]:
    return _distinct(part for part in _SEPARATORS.split(text or "") if part)


def _number(text: str | None) -> int | None:
    match = _NUMBER.search(text or "")
    return int(match[0]) if match else None
