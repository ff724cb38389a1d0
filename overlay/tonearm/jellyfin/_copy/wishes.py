"""Which covers, lyrics and playlists go beside the songs of a copy, and what is in them."""

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
from .beside import Content, Wish
from .entry import Beside, Entry


@frozen
class Songs:
    """The songs of a copy that are in the folder.

    Attributes:
        items: all that was listed, in order, repeated ones too.
        files: the file of each item that is there, by its id.
        whole: what was copied; None for a list of items.
        mixed: whether albums are mixed, as on a playlist.
    """

    items: Sequence[Item]
    files: Mapping[str, str]
    whole: Item | None
    mixed: bool

    def wishes(self, kinds: Collection[Beside]) -> list[Wish]:
        """What is wanted beside them; the playlist comes last."""
        found: list[Wish] = []
        if "covers" in kinds:
            found += self._covers()
        if "lyrics" in kinds:
            found += self._lyrics()
        if "playlist" in kinds and self.whole is not None:
            found.append(self._playlist(self.whole))
        return found

    def left(self, kinds: Collection[Beside], known: Sequence[Entry]) -> list[Entry]:
        """Files beside songs that are there, of what the server says that it has no more."""
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
        """The songs of each album; those of none, one by one."""
        found: dict[str, list[Item]] = {}
        for item in self._there():
            found.setdefault(item.album_id or item.id, []).append(item)
        return list(found.values())

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
        """The folder that holds all of an album, with a slash at its end if it is another than that of the copy."""
        shared = commonpath([f"/{PurePosixPath(self.files[item.id]).parent}" for item in group])
        found = PurePosixPath(shared).relative_to("/")
        return "" if str(found) == "." else f"{found}/"

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
        """The songs in their order, by paths that hold wherever the folder is; what is not there is left out."""
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
    """Who has the cover of songs: their album, else the first with a picture of its own; and the mark of it."""
    for item in group:
        if item.album_id is not None and (mark := text(item.raw.get("AlbumPrimaryImageTag"))):
            return _album_of(item), mark
    for item in group:
        if mark := text(fields(item.raw.get("ImageTags")).get("Primary")):
            return item, mark
    if all(map(_says_no_cover, group)):
        return None, None
    return (group[0] if group[0].album_id is None else _album_of(group[0])), None  # it does not say, so it is asked


def _album_of(item: Item) -> Item:
    return Item(item.album_id or item.id, name=item.album, type="MusicAlbum")


def _says_no_cover(item: Item) -> bool:
    """Whether a list that tells of pictures tells of none."""
    tags = item.raw.get("ImageTags")
    return isinstance(tags, dict) and "Primary" not in tags and not item.raw.get("AlbumPrimaryImageTag")


def _stem(file: str) -> str:
    return str(PurePosixPath(file).with_suffix(""))


def _cover(item_id: str) -> Plan[Content | None]:
    found = yield from pictures.cover(item_id)
    return found.data, found.extension


def _lyrics(item_id: str) -> Plan[Content | None]:
    found = yield from playback.lyrics(id_of(item_id))
    words = _written(found)
    return (words.encode("utf-8", "replace"), "lrc") if words.strip() else None


def _written(lyrics: Lyrics) -> str:
    """Lyrics as LRC; those without times as their words, which players show all the same."""
    return lyrics.to_lrc() if lyrics.is_timed else lyrics.text


def _made(content: bytes) -> Plan[Content | None]:
    yield from ()
    return content, "m3u8"
