"""What goes with songs that get other names."""

from __future__ import annotations

from pathlib import PurePosixPath

from attrs import define, evolve, field

from .entry import Entry
from .files import is_intact
from .names import Names, Song
from .record import Record


@define
class Lyrics:
    """The lyrics of songs that get other names, which go with them, also in a copy that is not asked for lyrics.

    Those that their owner has changed stay where they are, and so do those whose new name another file has.
    """

    record: Record
    _names: Names
    _known: dict[Song, Entry] = field(init=False)
    _moves: dict[str, Entry] = field(factory=dict[str, Entry], init=False)

    def __attrs_post_init__(self) -> None:
        self._known = {entry.song: entry for entry in self.record.files.values() if entry.beside == "lyrics"}

    def release(self, song: Entry | None) -> None:
        """Give the name of a song's lyrics free, as that of the song is."""
        if (entry := self._of(song)) is not None:
            self._names.release(entry.file)

    def follow(self, song: Entry | None, file: str) -> None:
        """Have the lyrics of a song go with it."""
        if (entry := self._of(song)) is not None:
            stem = str(PurePosixPath(file).with_suffix(""))
            self._moves[entry.file] = evolve(entry, file=f"{stem}.lrc", name=stem)

    def moves(self) -> dict[str, Entry]:
        """The new names, by the old ones."""
        while stuck := [old for old, entry in self._moves.items() if self._is_taken(entry.file)]:
            for old in stuck:
                self._names.own(old, self._moves.pop(old).song)
        return self._moves

    def _of(self, song: Entry | None) -> Entry | None:
        entry = None if song is None else self._known.get(song.song)
        return entry if entry is not None and is_intact(entry, self.record) else None

    def _is_taken(self, file: str) -> bool:
        return self._names.is_foreign(file) or not (file in self._moves or self._names.is_new(file))
