"""The covers, lyrics and playlists of a copy, and their contents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from posixpath import commonpath

from attrs import frozen

from ..._base.coerce import fields, text
from ..._base.file_names import name_of
from ..._engine import Plan
from .._ids import id_of
from .._operations import pictures, playback
from ..items import Item
from ..lyrics import Lyrics
from ..types import Beside
from .beside import Content, Wish
from .entry import Entry


@frozen
class Songs:
    """The songs of a copy that are in the folder.

    Attributes:
        items: all listed items, in order, with repetitions.
        files: the file of each item that exists, by its id.
        whole: the copied album, playlist, artist or folder; None for a list of items.
        mixed: whether albums are mixed, as on a playlist.
    """

    items: Sequence[Item]
    files: Mapping[str, str]
    whole: Item | None
    mixed: bool

    def wishes(self, kinds: Collection[Beside]) -> list[Wish]:
        """The files to keep beside the songs; the playlist is last."""
        wishes: list[Wish] = []
        if "covers" in kinds:
            wishes += self._covers()
        if "lyrics" in kinds:
            wishes += self._lyrics()
        if "playlist" in kinds and self.whole is not None:
            wishes.append(self._playlist(self.whole))
        return wishes

    def left(self, kinds: Collection[Beside], known: Sequence[Entry]) -> list[Entry]:
        """Existing covers and lyrics that the server does not have any more, by its list."""
        sung = {item.id for item in self._there() if item.has_lyrics is False}
        bare = {
            owner.id
            for group in self._albums()
            for owner in (group[0], _album_of(group[0]))
            if all(_says_no_cover(item) for item in group)
        }
        gone: Mapping[Beside | None, set[str]] = {"lyrics": sung, "covers": bare}
        return [entry for entry in known if entry.beside in kinds and entry.item in gone.get(entry.beside, ())]

    def _there(self) -> list[Item]:
        return list({item.id: item for item in self.items if item.id in self.files}.values())

    def _albums(self) -> list[list[Item]]:
        """The songs of each album; songs without an album one by one."""
        albums: dict[str, list[Item]] = {}
        for item in self._there():
            albums.setdefault(item.album_id or item.id, []).append(item)
        return list(albums.values())

    def _covers(self) -> list[Wish]:
        groups = self._albums()
        places = [self._place(group) for group in groups]
        wishes: list[Wish] = []
        for group, place in zip(groups, places, strict=True):
            first = group[0]
            owner, mark = _pictured(group)
            if owner is None:
                continue
            if first.album_id is None:
                stems: tuple[str, ...] = (_stem(self.files[first.id]),)
            else:
                own = f"{place}{name_of(first.album or first.album_id)}"
                stems = (own,) if self.mixed or places.count(place) > 1 else (f"{place}cover", own)
            wishes.append(Wish("covers", owner, stems, stems[-1], mark, partial(_cover, owner.id)))
        return wishes

    def _place(self, group: Sequence[Item]) -> str:
        """The folder of all songs of an album, with a slash at its end; empty for the folder of the copy."""
        shared = commonpath([f"/{PurePosixPath(self.files[item.id]).parent}" for item in group])
        folder = PurePosixPath(shared).relative_to("/")
        return "" if str(folder) == "." else f"{folder}/"

    def _lyrics(self) -> list[Wish]:
        return [
            Wish("lyrics", item, (stem,), stem, None, partial(_lyrics, item.id))
            for item in self._there()
            if item.has_lyrics is not False
            for stem in (_stem(self.files[item.id]),)
        ]

    def _playlist(self, whole: Item) -> Wish:
        stem = name_of(whole.name or whole.id)
        return Wish("playlist", whole, (stem,), stem, None, partial(_made, self._m3u8()))

    def _m3u8(self) -> bytes:
        """The existing songs in order, by relative paths."""
        lines = ["#EXTM3U"]
        for item in self.items:
            file = self.files.get(item.id)
            if file is not None:
                artist = item.artists[0] if item.artists else item.album_artist
                title = " ".join(" - ".join(filter(None, (artist, item.name or item.id))).split())
                lines += [f"#EXTINF:{-1 if item.duration is None else round(item.duration)},{title}"]
                lines += [f"./{file}" if file.startswith("#") else file]
        return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _pictured(group: Sequence[Item]) -> tuple[Item | None, str | None]:
    """The item with the cover of songs: their album, else the first song with its own picture; and the cover's mark."""
    for item in group:
        if item.album_id is not None and (mark := text(item.raw.get("AlbumPrimaryImageTag"))):
            return _album_of(item), mark
    for item in group:
        if mark := text(fields(item.raw.get("ImageTags")).get("Primary")):
            return item, mark
    if all(map(_says_no_cover, group)):
        return None, None
    return (group[0] if group[0].album_id is None else _album_of(group[0])), None  # the list lacks it: request it


def _album_of(item: Item) -> Item:
    return Item(item.album_id or item.id, name=item.album, type="MusicAlbum")


def _says_no_cover(item: Item) -> bool:
    """Whether a list with pictures has none for an item."""
    tags = item.raw.get("ImageTags")
    return isinstance(tags, dict) and "Primary" not in tags and not item.raw.get("AlbumPrimaryImageTag")


def _stem(file: str) -> str:
    return str(PurePosixPath(file).with_suffix(""))


def _cover(item_id: str) -> Plan[Content | None]:
    cover = yield from pictures.cover(item_id)
    return cover.data, cover.extension


def _lyrics(item_id: str) -> Plan[Content | None]:
    lyrics = yield from playback.lyrics(id_of(item_id))
    words = _written(lyrics)
    return (words.encode("utf-8", "replace"), "lrc") if words.strip() else None


def _written(lyrics: Lyrics) -> str:
    """Lyrics as LRC; without times as plain words, which players show, too."""
    return lyrics.to_lrc() if lyrics.is_timed else lyrics.text


def _made(content: bytes) -> Plan[Content | None]:
    yield from ()
    return content, "m3u8"
