"""Any sequence of changes of two libraries, of copies of them into one folder, and of deaths of the process: each song
has one file, which is right; only what changed is fetched; files of the owner stay as they are.

A sequence is made from its number, so that one that fails can be run again alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest

from tests.jellyfin.changing import JPG, PARENTS, A, B, Folder, Library, P, Q, folded
from tests.jellyfin.copies import Song
from tonearm.jellyfin import Kept

TITLES = ("Intro", "intro", "INTRO (2)", "E\u0301tude", "Étude", "a/b", "con", "")
NUMBERS = (None, 0, 1, 2, 3, 98, 99, 100, 101)
WHATS = ((A,), (A,), (B,), (A, B), (P,), (P, Q), (A, P), (A, B, P, Q))
BESIDE = ((), ("covers",), ("lyrics",), ("covers", "lyrics", "playlist"), ("covers", "lyrics", "playlist"))
LAYOUTS = (None, None, None, "{albumartist}/{album}/{disc}-{track} {title}", "{title}", "{place} {title}")
MINE = ("01 - Intro.flac", "INTRO.FLAC", "étude.lrc", "cover.jpg", f"{P}.m3u8", "Intro.lrc")


class Changes:
    """What may happen; each copy is checked when it has ended, and once more when it was made again."""

    def __init__(self, path: Path, chance: Random) -> None:
        path.mkdir()
        self.folder = Folder(path)
        etags, says = chance.random() < 0.5, chance.random() < 0.5
        self.libraries = [Library([], PARENTS, etags=etags, name=name, says_server=says) for name in ("one", "two")]
        self.made = 0

    def any_library(self, chance: Random) -> Library:
        return self.libraries[chance.random() < 0.3]

    def any_song(self, chance: Random) -> tuple[Library, Song] | None:
        library = self.any_library(chance)
        return (library, chance.choice(library.songs)) if library.songs else None

    def add(self, chance: Random) -> None:
        library, place = self.any_library(chance), chance.randrange(20)
        id = f"{place}" if place % 2 else UUID(int=1000 + place).hex  # both libraries have the same ids
        if any(song.id == id for song in library.songs):
            return
        self.made += 1
        data, disc = library.data(id, self.made, self.made * 3), chance.choice((None, 1, 2))
        title, album = chance.choice(TITLES), chance.choice((A, B))
        library.songs.append(Song(id, title, album, chance.choice(NUMBERS), disc, data))
        library.lists[chance.choice((P, Q))].append(id)
        if chance.random() < 0.5:
            library.words[id] = self.made

    def remove(self, chance: Random) -> None:
        if found := self.any_song(chance):
            library, song = found
            library.songs.remove(song)
            for ids in library.lists.values():
                ids[:] = [id for id in ids if id != song.id]

    def name(self, chance: Random) -> None:
        if found := self.any_song(chance):
            changes: Sequence[dict[str, Any]] = (
                {"title": chance.choice(TITLES)},
                {"number": chance.choice(NUMBERS)},
                {"disc": chance.choice((None, 1, 2))},
                {"album": chance.choice((A, B))},
            )
            found[0].change(found[1].id, **chance.choice(changes))

    def replace_file(self, chance: Random) -> None:
        if found := self.any_song(chance):
            library, song = found
            self.made += 1
            data = library.data(song.id, self.made, song.data.count(b"+") // 2 + chance.choice((0, 1)))
            extension = chance.choice(("flac", "flac", "mka"))
            library.change(song.id, data=data, version=song.version + 1, extension=extension)

    def change_list(self, chance: Random) -> None:
        if found := self.any_song(chance):
            library, song = found
            ids = library.lists[chance.choice((P, Q))]
            if chance.random() < 0.5:
                ids.insert(chance.randint(0, len(ids)), song.id)
            else:
                chance.shuffle(ids)

    def change_cover(self, chance: Random) -> None:
        covers, album = self.any_library(chance).covers, chance.choice((A, B))
        self.made += 1
        covers[album] = self.made
        if chance.random() < 0.3:
            del covers[album]

    def change_lyrics(self, chance: Random) -> None:
        if found := self.any_song(chance):
            words, id = found[0].words, found[1].id
            self.made += 1
            words[id] = self.made
            if chance.random() < 0.3:
                del words[id]

    def write_mine(self, chance: Random) -> None:
        """The owner puts a file of hers into the folder."""
        name = chance.choice(MINE)
        taken = {folded(file.removesuffix(".part")) for file in self.folder.files()}
        if folded(name) not in taken:
            (self.folder.path / name).write_bytes(b"mine")
            self.folder.mine[name] = b"mine"

    def touch_ours(self, chance: Random) -> None:
        """The owner edits, removes or renames a file of the copy."""
        files = sorted(file for file in self.folder.files() if file not in self.folder.mine and ".part" not in file)
        if not files:
            return
        file = chance.choice(files)
        path = self.folder.path / file
        for key, there in list(self.folder.songs_there().items()):
            if there == file:
                self.folder.songs.pop(key, None)
        content, kind = path.read_bytes(), chance.choice(("edit", "edit", "remove", "rename"))
        if kind != "edit":
            path.unlink()
        if kind == "rename":
            self.made += 1
            path = path.with_name(f"mine {self.made} {path.name}")
        if kind != "remove":
            path.write_bytes(content + b" edited" * (kind == "edit"))
            self.folder.mine[path.relative_to(self.folder.path).as_posix()] = path.read_bytes()

    def asked(self, chance: Random) -> dict[str, Any]:
        return {
            "beside": list(chance.choice(BESIDE)),
            "layout": chance.choice(LAYOUTS),
            "prune": chance.random() < 0.4,
        }

    def copy(self, chance: Random) -> None:
        library, asked = self.any_library(chance), self.asked(chance)
        for what in chance.choice(WHATS):
            kept = self.folder.keep(library, what, chance.randrange, **asked)
            assert kept is not None
            self.check(library, what, kept, asked["beside"])
            before, fetched = self.state(), list(library.fetched)
            again = self.folder.keep(library, what, chance.randrange, **asked)
            assert again is not None
            assert library.fetched == fetched
            assert self.state() == before
            self.check(library, what, again, asked["beside"])
            assert all(one.was_there or one.note in ("changed here", "not ours") for one in again)

    def die(self, chance: Random) -> None:
        """The process dies while it copies, if the copy takes so long; an answer may break off before."""
        library = self.any_library(chance)
        library.breaks_at = chance.randint(1, 9)
        dies_at, what = chance.randint(1, 40 + 60 * chance.randint(0, 4)), chance.choice((A, B, P, Q))
        self.folder.keep(library, what, chance.randrange, dies_at=dies_at, **self.asked(chance))
        self.folder.spare += library.breaks_at <= 0  # what broke off was fetched again
        library.breaks_at = -1
        self.folder.mine_is_as_it_was()

    def state(self) -> dict[str, tuple[int, int, bytes]]:
        """All files, with their times: one that is written again has another, though its contents are the same."""
        paths = {file: self.folder.path / file for file in self.folder.files()}
        return {file: (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes()) for file, path in paths.items()}

    def check(self, library: Library, what: str, kept: Sequence[Kept], beside: Sequence[str]) -> None:
        folder, listed = self.folder, library.listed(what)
        folder.mine_is_as_it_was()
        assert [one.error for one in kept if one.error] == []
        assert folder.spare >= 0, "a file was fetched twice that was not on its way"
        files = {one.item.id: one.path for one in kept if one.beside is None and one.path is not None}
        changed = {one.item.id for one in kept if one.beside is None and one.note == "changed here"}
        assert files.keys() >= {song.id for song in listed}
        there = folder.songs_there()
        for song in listed:
            if song.id not in changed:
                path = files[song.id]
                file = path.relative_to(folder.path).as_posix()
                assert (path.read_bytes(), there[library.name, song.id]) == (song.data, file)
        self.check_beside(library, what, kept, beside, files)
        covers = [data for file, data in folder.files().items() if data.startswith(JPG) and file not in folder.mine]
        assert len({(*data.split()[1:3],) for data in covers}) == len(covers), "two covers of an album"
        names = [folded(file) for file in folder.files()]
        assert len(names) == len(set(names)), "two names that may be one"

    def check_beside(
        self, library: Library, what: str, kept: Sequence[Kept], beside: Sequence[str], paths: Mapping[str, Path]
    ) -> None:
        """What is beside the songs that are there is right, where the owner has not made it her own."""
        found = {(one.beside, one.item.id): one for one in kept if one.beside and one.note != "removed"}
        for one in found.values():
            assert one.path is not None
            if one.note in ("changed here", "not ours"):
                found_path = one.path.relative_to(self.folder.path).as_posix()
                assert folded(found_path) in map(folded, self.folder.mine)
        ours = {key: one.path for key, one in found.items() if one.path and one.note in (None, "written")}
        for song in library.listed(what):
            if "covers" in beside and song.album in library.covers:
                assert ("covers", song.album) in found
                if path := ours.get(("covers", song.album)):
                    assert path.read_bytes() == library.cover(song.album)
            if "lyrics" in beside and song.id in library.words:
                assert ("lyrics", song.id) in found
                if path := ours.get(("lyrics", song.id)):
                    assert path.read_text() == f"[00:01.00]{library.line(song.id)}\n"
                    assert path.with_suffix("") == paths[song.id].with_suffix("")
        if "playlist" in beside and (path := ours.get(("playlist", what))):
            lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
            assert [self.folder.path / line for line in lines] == [paths[song.id] for song in library.listed(what)]


STEPS = [
    *(("add", 6), ("remove", 2), ("name", 4), ("replace_file", 2), ("change_list", 2), ("change_cover", 1)),
    *(("change_lyrics", 1), ("write_mine", 1), ("touch_ours", 1), ("copy", 5), ("die", 4)),
]


def sequence(number: int, steps: int) -> list[tuple[str, int]]:
    """The steps of a sequence, and what each makes its choices from."""
    chance = Random(number)
    names = chance.choices([name for name, _ in STEPS], [weight for _, weight in STEPS], k=steps)
    return [("add", 1), ("add", 2), *((name, chance.getrandbits(32)) for name in names), ("copy", 3)]


def happen(path: Path, number: int, steps: Sequence[tuple[str, int]]) -> None:
    changes = Changes(path, Random(number))
    for name, seed in steps:
        getattr(changes, name)(Random(seed))


@pytest.mark.parametrize(
    ("sequences", "steps"), [(40, 25), pytest.param(5_000, 60, marks=pytest.mark.soak)], ids=["some", "many"]
)
def test_whatever_happens_each_song_has_one_right_file(sequences: int, steps: int, tmp_path: Path) -> None:
    for number in range(sequences):
        try:
            happen(tmp_path / f"{number}", number, sequence(number, steps))
        except Exception as error:
            error.add_note(f"sequence {number} of {steps} steps")
            raise
