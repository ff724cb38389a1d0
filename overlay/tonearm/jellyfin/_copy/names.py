"""Unique names of files, safe on every system, from any names of a server."""

from __future__ import annotations

import unicodedata
from itertools import count
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TypeAlias

from attrs import define, field

from ..._base.file_names import safe
from .. import presets
from ..items import Item

_LONGEST_EXTENSION = 16

Song: TypeAlias = tuple[str | None, str | None]
"""The server of a song, and its id there."""


@define
class Names:
    """The names that are taken in a folder and the folders in it.

    Two names are equal if a file system may treat them as equal: some ignore case, or compose and decompose letters.
    Names of two songs also differ without their extensions, as lyrics have the same name with another extension.
    Existing files that are not ours are listed once for each folder.
    """

    folder: Path
    _ours: set[str] = field(factory=set[str], init=False)
    _taken: set[str] = field(factory=set[str], init=False)
    _foreign: set[str] = field(factory=set[str], init=False)
    _seen: set[str] = field(factory=set[str], init=False)
    _songs: dict[str, dict[str, Song]] = field(factory=dict[str, dict[str, Song]], init=False)
    _next: dict[str, int] = field(factory=dict[str, int], init=False)

    def own(self, file: str, song: Song | None = None) -> None:
        """Take the name of a file of ours, which then does not count as a foreign file in the folder."""
        self._ours.add(folded(file))
        self._take(file, song)
        self._foreign.discard(folded(file))

    def _take(self, file: str, song: Song | None) -> None:
        self._taken.add(folded(file))
        if song is not None:
            self._songs.setdefault(_stem(file), {})[folded(file)] = song

    def disown(self, file: str) -> None:
        """Mark the file of this name as somebody else's."""
        self._ours.discard(folded(file))
        self._taken.discard(folded(file))
        self._foreign.add(folded(file))

    def release(self, file: str) -> None:
        """Release a name."""
        self._taken.discard(folded(file))
        self._songs.get(_stem(file), {}).pop(folded(file), None)

    def is_new(self, file: str) -> bool:
        """Whether no file of ours has this name."""
        return folded(file) not in self._taken

    def is_foreign(self, file: str) -> bool:
        """Whether a file that is not ours has this name."""
        self._look(str(PurePosixPath(file).parent))
        return folded(file) in self._foreign

    def free(self, stem: str, extension: str, *, song: Song | None = None, over: bool = False) -> str:
        """Take the first free name: the wanted one, or the same with a number.

        Args:
            stem: the wanted path, without extension.
            extension: the extension.
            song: the song of the file; None for covers, lyrics and playlists.
            over: whether the name of a file that is not ours counts as free.
        """
        if not over:
            self._look(str(PurePosixPath(stem).parent))
        wanted = folded(f"{stem}.{extension}")
        for number in count(self._next.get(wanted, 1)):
            file = f"{stem}.{extension}" if number == 1 else f"{stem} ({number}).{extension}"
            is_taken = folded(file) in self._taken or (not over and folded(file) in self._foreign)
            others = () if song is None else self._songs.get(_stem(file), {}).values()
            if not is_taken and all(other == song for other in others):
                self._next[wanted] = number + 1
                self._take(file, song)
                return file
        raise AssertionError("numbers do not end")  # pragma: no cover

    def _look(self, parent: str) -> None:
        if parent in self._seen:
            return
        self._seen.add(parent)
        try:
            names = [path.name for path in (self.folder / parent).iterdir()]
        except (FileNotFoundError, NotADirectoryError):  # making the folder reports the error
            return
        for name in names:
            file = folded(name if parent == "." else f"{parent}/{name}")
            if file not in self._ours:
                self._foreign.add(file)


def _stem(file: str) -> str:
    return folded(str(PurePosixPath(file).with_suffix("")))


def folded(file: str) -> str:
    """A name as it is compared by systems that ignore case and normalise letters."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", file).casefold())


def extension(item: Item) -> str:
    """The extension of an item's original, from its path or container; "audio" if the server sends neither."""
    source = item.sources[0] if item.sources else None
    path = source.path if source is not None and source.path else ""
    names = [*(PureWindowsPath(path).suffixes[-1:]), *PurePosixPath(path).suffixes[-1:]]
    names += (item.container or "").split(",")
    known = (presets.by_extension(name) for name in names)
    known_name = next(((name, made) for name, made in zip(names, known, strict=True) if made is not None), None)
    if known_name is None:
        return safe(names[-1], _LONGEST_EXTENSION).lower() if names[-1] else "audio"
    name = known_name[0].lower().removeprefix(".")
    return "m4a" if name == "mp4" and not path else name
