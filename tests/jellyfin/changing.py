"""Servers whose libraries change while they are copied into one folder, the owner of which works there too, and deaths
of the process that copies: what `test_any_change` lets happen.
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

from attrs import define, field

from tests.inside.files import StateLog
from tests.inside.http import Request
from tests.inside.jellyfin import Record
from tests.jellyfin.copies import Shelf, Song, keep
from tests.plans.play import Cut, Reply, cut, reply
from tonearm.jellyfin import Kept

A, B, P, Q = (UUID(int=number).hex for number in (1, 2, 3, 4))
PARENTS = {A: "MusicAlbum", B: "MusicAlbum", P: "Playlist", Q: "Playlist"}
JPG = b"\xff\xd8\xff"
WORKERS = 3
TICKS = 10_000_000


@define
class Library(Shelf):
    """A shelf whose playlists have songs of their own, its albums covers, and its songs lyrics.

    `covers` and `words` count versions, by album and by song; `read` keeps what was read of them.
    """

    name: str = "one"
    says_server: bool = True
    lists: dict[str, list[str]] = field(factory=lambda: {P: [], Q: []})
    covers: dict[str, int] = field(factory=dict[str, int])
    words: dict[str, int] = field(factory=dict[str, int])
    read: list[str] = field(factory=list[str], init=False)
    breaks_at: int = field(default=-1, init=False)

    @property
    def url(self) -> str:
        return f"http://{self.name}"

    def song(self, id: str) -> Song:
        return next(song for song in self.songs if song.id == id)

    def data(self, id: str, version: int, more: int) -> bytes:
        """A file that tells whose it is, of which version; those of two libraries never have the same size."""
        words = f"fLaC {self.name} {id} {version} "
        return words.encode().ljust(60, b"-") + b"+" * (2 * more + (self.name == "two"))

    def cover(self, album: str) -> bytes:
        return JPG + f" {self.name} {album} {self.covers[album]} ".encode().ljust(70, b"-")

    def line(self, id: str) -> str:
        return f"{self.name} {id} {self.words.get(id)}"

    def listed(self, parent: str) -> list[Song]:
        if parent in self.lists:
            return [self.song(id) for id in self.lists[parent]]
        return super().listed(parent)

    def row(self, song: Song) -> dict[str, Any]:
        cover = self.covers.get(song.album)
        return {
            **super().row(song),
            **({"ServerId": self.name * 8} if self.says_server else {}),
            **({} if cover is None else {"AlbumPrimaryImageTag": f"tag{cover}"}),
            "ImageTags": {},
            "HasLyrics": song.id in self.words,
        }

    def __call__(self, request: Request) -> Reply:
        owner = request.path.split("/")[2].replace("-", "") if request.path.count("/") > 1 else ""
        if "/Images/" in request.path:
            self.read.append(owner)
            found = owner in self.covers
            return reply(self.cover(owner), headers={"content-type": "image/jpeg"}) if found else reply(status=404)
        if request.path.endswith("/Lyrics"):
            self.read.append(owner)
            line = {"Text": self.line(owner), "Start": TICKS}
            return reply(json={"Lyrics": [line]}) if owner in self.words else reply(status=404)
        got = super().__call__(request)
        if request.method == "GET" and "/stream" in request.path and not isinstance(got, BaseException | Cut):
            self.breaks_at -= 1
            if self.breaks_at == 0:
                return Cut(reply(got.body[: len(got.body) // 2], headers=got.head.headers), cut())
        return got


class Killed(BaseException):
    """The process ends here."""


@define
class Life:
    """How long a process lives: so many effects of plans, changes of files, and choices of what goes on."""

    left: int
    choose: Callable[[int], int]
    is_over: bool = field(default=False, init=False)
    _logs: list[StateLog] = field(factory=list[StateLog], init=False)

    def step(self) -> None:
        self.left -= 1
        if self.is_over or self.left == 0:
            self.is_over = True
            raise Killed

    def chosen(self, able: int) -> int:
        self.step()
        return self.choose(able)

    @contextmanager
    def lived(self) -> Iterator[None]:
        """Let nothing change a file any more once this life is over: a dead process tidies up nothing."""

        def mortal(call: Callable[..., Any]) -> Callable[..., Any]:
            def called(*given: Any, **named: Any) -> Any:
                if self.is_over:
                    return None
                self.step()
                return call(*given, **named)

            return called

        opened, closed, opening = Record.open, Record.close, os.open

        def open_record(folder: Path) -> Record | None:
            record = opened(folder)
            if record is not None and record._log._log is not None:
                self._logs.append(record._log._log)
            return record

        def close_record(record: Record) -> None:
            if not self.is_over:
                closed(record)

        def open_file(*given: Any, **named: Any) -> int:
            if self.is_over:
                raise OSError("the process has ended")
            return opening(*given, **named)

        changes = {name: mortal(getattr(os, name)) for name in ("fsync", "rename", "replace", "unlink", "mkdir")}
        with (
            mock.patch.object(Record, "open", open_record),
            mock.patch.object(Record, "close", close_record),
            mock.patch.dict(vars(os), {"open": open_file, **changes}),
        ):
            try:
                yield
            finally:
                self._end()

    def _end(self) -> None:
        for log in self._logs:  # the system ends the locks of a process
            log.close()


def folded(path: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold())


@define
class Folder:
    """The folder of the copies, and what must be in it: files of the owner's, and songs of the libraries.

    `mine` has the owner's files; `songs` what was fetched of each song, by library and id, and is still there.
    `spare` is how many files more may be fetched twice, as they were on their way when a process was killed.
    """

    path: Path
    mine: dict[str, bytes] = field(factory=dict[str, bytes], init=False)
    songs: dict[tuple[str, str], bytes] = field(factory=dict[tuple[str, str], bytes], init=False)
    spare: int = field(default=0, init=False)

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.path.rglob("*") if path.is_file() and not path.name.startswith(".tonearm"))
        return {path.relative_to(self.path).as_posix(): path.read_bytes() for path in found}

    def songs_there(self) -> dict[tuple[str, str], str]:
        """The file of each song, which has one only."""
        found: dict[tuple[str, str], str] = {}
        for file, content in self.files().items():
            if file not in self.mine and content.startswith(b"fLaC") and not file.endswith(".part"):
                _, name, id, *_ = content.decode().split()
                assert (name, id) not in found, f"two files of a song: {file}, {found[name, id]}"
                found[name, id] = file
        return found

    def mine_is_as_it_was(self) -> None:
        there = self.files()
        assert {file: there.get(file) for file in self.mine} == self.mine

    def keep(
        self, library: Library, what: str, choose: Callable[[int], int], *, dies_at: int = 0, **asked: Any
    ) -> Sequence[Kept] | None:
        """Make a copy; None when the process dies meanwhile."""
        before = Counter(library.fetched)
        life = Life(dies_at, choose)
        kept: Sequence[Kept] | None = None
        with life.lived(), suppress(Killed):
            kept = keep(library, what, self.path, choose=life.chosen, url=library.url, workers=WORKERS, **asked)
        for id, times in (Counter(library.fetched) - before).items():
            is_new = self.songs.get((library.name, id)) != library.song(id).data
            self.spare -= times - is_new
            self.songs[library.name, id] = library.song(id).data
        if kept is None:
            self.spare += WORKERS
        return kept
