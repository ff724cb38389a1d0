"""Renames lyrics together with their songs."""

from __future__ import annotations

from pathlib import PurePosixPath

from attrs import define, evolve, field

from .entry import Entry
from .files import is_intact
from .names import Names, Song
from .record import Record
from .versions import may_be_one


@define
class Lyrics:
    """The lyrics of songs that are renamed, also in a copy without the option for lyrics.

    Lyrics that their owner has changed are not renamed, nor are lyrics whose new name another file has. Lyrics without
    a song of their name, because a run was killed between two renames, are renamed after their song, too.
    """

    record: Record
    _names: Names
    _known: dict[Song, Entry] = field(init=False)
    _named: dict[str, Entry] = field(init=False)
    _stems: set[tuple[Song, str]] = field(init=False)
    _moves: dict[str, Entry] = field(factory=dict[str, Entry], init=False)

    def __attrs_post_init__(self) -> None:
        lyrics = [entry for entry in self.record.files.values() if entry.beside == "lyrics"]
        self._known = {entry.song: entry for entry in lyrics}
        self._named = {_stem(entry.file): entry for entry in lyrics}
        songs = (entry for entry in self.record.files.values() if entry.beside is None)
        self._stems = {(entry.song, _stem(entry.file)) for entry in songs}

    def is_astray(self, song: Entry | None) -> bool:
        """Whether the lyrics of a song have none of the names of its files."""
        entry = None if song is None else self._known.get(song.song)
        return entry is not None and (entry.song, _stem(entry.file)) not in self._stems

    def release(self, song: Entry | None) -> None:
        """Release the name of a song's lyrics, together with that of the song."""
        if (entry := self._of(song)) is not None:
            self._names.release(entry.file)

    def follow(self, song: Entry | None, file: str) -> None:
        """Plan to rename the lyrics of a song after it."""
        if song is not None and (entry := self._of(song)) is not None:
            stem, server = _stem(file), song.server or entry.server
            self._moves[entry.file] = evolve(entry, file=f"{stem}.lrc", name=stem, server=server)

    def moves(self) -> dict[str, Entry]:
        """The new names, by the old ones."""
        while stuck := [old for old, entry in self._moves.items() if self._is_taken(entry.file)]:
            for old in stuck:
                self._names.own(old, self._moves.pop(old).song)
        return self._moves

    def _of(self, song: Entry | None) -> Entry | None:
        entry = None if song is None else self._known.get(song.song) or self._of_name(song)
        return entry if entry is not None and is_intact(entry, self.record) else None

    def _of_name(self, song: Entry) -> Entry | None:
        """Lyrics with the name of a song, whose server was then unknown or had another address."""
        entry = self._named.get(_stem(song.file))
        if entry is None or entry.item != song.item:
            return None
        return entry if song.server is None or may_be_one(entry.server, song.server) else None

    def _is_taken(self, file: str) -> bool:
        return self._names.is_foreign(file) or not (file in self._moves or self._names.is_new(file))


def _stem(file: str) -> str:
    return str(PurePosixPath(file).with_suffix(""))
