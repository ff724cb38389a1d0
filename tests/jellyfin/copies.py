"""A library in memory that a copy is made of, with a server that answers for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import define, evolve, field, frozen

from tests.inside.http import Request
from tests.inside.jellyfin import Copying, FolderCopy
from tests.plans.play import Choose, Reply, Stage, World, reply
from tonearm.jellyfin import AudioParams, Jellyfin, Kept

ORIGINAL: AudioParams = {"static": True}

_LIMIT = re.compile(r"/Audio/([0-9A-Za-z-]+)/stream")


def in_order(_: int) -> int:
    """Let the plan go on that was begun first."""
    return 0


@frozen
class Song:
    """What the server knows of a song, and its file. Equal `version` is an equal file time."""

    id: str
    title: str
    album: str
    number: int | None = None
    disc: int | None = None
    data: bytes = b"audio"
    version: int = 1
    extension: str = "flac"

    def row(self, mark: str | None) -> dict[str, Any]:
        """The song as a list has it."""
        path = f"/music/{self.id}.{self.extension}"
        source = {"Id": self.id, "Size": len(self.data), "Container": self.extension, "Path": path}
        row = {
            "Id": self.id,
            "Name": self.title,
            "Type": "Audio",
            "Album": self.album,
            "AlbumId": self.album,
            "IndexNumber": self.number,
            "ParentIndexNumber": self.disc,
            "Container": self.extension,
            "MediaSources": [source],
        }
        return row if mark is None else {**row, "Etag": f"{mark}{self.version}"}


@define
class Shelf:
    """A server: albums and one playlist by their ids, and the songs in order.

    It keeps what was `fetched`, `looked` at with HEAD, and `asked` for as a single item. What `fails` has for a song is
    its answer.
    """

    songs: list[Song]
    parents: Mapping[str, str]
    etags: bool = True
    marks: str = ""
    fetched: list[str] = field(factory=list[str], init=False)
    looked: list[str] = field(factory=list[str], init=False)
    asked: list[str] = field(factory=list[str], init=False)
    fails: dict[str, Reply] = field(factory=dict[str, Reply], init=False)

    def __call__(self, request: Request) -> Reply:
        """Answer a request."""
        path = request.path
        if found := _LIMIT.search(path):
            return self._stream(request, found[1].replace("-", ""))
        if path == "/Items" or path.startswith("/Playlists/"):
            parent = str(request.query.get("parentId") or path.split("/")[2]).replace("-", "")
            rows = self.listed(parent)
            start, limit = int(request.query["startIndex"]), int(request.query["limit"])
            page = [self.row(song) for song in rows[start : start + limit]]
            return reply(json={"Items": page, "TotalRecordCount": len(rows)})
        id = path.rsplit("/", 1)[1].replace("-", "")
        if id in self.parents:
            return reply(json={"Id": id, "Type": self.parents[id]})
        self.asked.append(id)
        found = next((song for song in self.songs if song.id == id), None)
        return reply(status=404) if found is None else reply(json=found.row(None))

    def listed(self, parent: str) -> list[Song]:
        """What an album or a playlist holds: a playlist has all songs."""
        return [song for song in self.songs if self.parents[parent] != "MusicAlbum" or song.album == parent]

    def row(self, song: Song) -> dict[str, Any]:
        """A song as a list has it."""
        return song.row(self.marks if self.etags else None)

    def _stream(self, request: Request, id: str) -> Reply:
        song = next((song for song in self.songs if song.id == id), None)
        if song is None:
            return reply(status=404)
        (self.looked if request.method == "HEAD" else self.fetched).append(id)
        if id in self.fails:
            return self.fails[id]
        if request.method == "GET" and not request.query.get("static"):
            return reply(b"encoded " + song.data, headers={"content-type": "audio/x-unknown"})
        return reply(b"" if request.method == "HEAD" else song.data, headers=self.headers(song))

    @staticmethod
    def headers(song: Song) -> dict[str, str]:
        """What the server says of a song's file."""
        return {
            "content-type": f"audio/{song.extension}",
            "content-length": str(len(song.data)),
            "last-modified": f"Tue, 14 Nov 2023 22:13:{song.version % 60:02} GMT",
        }

    def change(self, id: str, **changes: Any) -> None:
        """Change a song; a changed file has another time."""
        self.songs = [evolve(song, **changes) if song.id == id else song for song in self.songs]


def keep(
    shelf: Shelf,
    what: Any,
    folder: Any,
    *,
    choose: Choose = in_order,
    world: World | None = None,
    url: str = "http://nas",
    form: AudioParams = ORIGINAL,
    workers: int = 1,
    **asked: Any,
) -> tuple[Kept, ...]:
    """Copy an album or playlist, without a network."""
    with Jellyfin(url, token="token") as jf:
        ask = FolderCopy.of({"preset": None, "workers": workers, **form, **asked})
        copying = Copying.of(what, folder, ask, jf._access)
    result: tuple[Kept, ...] = Stage(world or shelf, choose).play(copying.plan())
    return result
