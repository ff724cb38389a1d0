"""Copies whose process is killed, over real sockets, while the library changes: each ends right, and fetches no file
twice but those that were on their way.

`scripts/soak tests/jellyfin` copies 3,000 items and kills 20 times.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest
from attrs import define, field

from tests.inside.http import Answer, Request
from tests.jellyfin.copies import Shelf, Song

ALBUM = UUID(int=1).hex
WORKERS = 4


@define
class House:
    """A shelf behind a socket; it kills the process that copies, in the middle of the file that `kills_at` counts."""

    shelf: Shelf
    process: subprocess.Popen[bytes] | None = None
    kills_at: int = -1
    url: str = ""
    _lock: Lock = field(factory=Lock, init=False)

    def answer(self, path: str) -> tuple[Answer, bool]:
        """The answer to a request, and whether the process is killed meanwhile."""
        parts = urlsplit(path)
        with self._lock:
            before = len(self.shelf.fetched)
            reply = self.shelf(Request(method="GET", path=parts.path, query=dict(parse_qsl(parts.query))))
            is_file = len(self.shelf.fetched) > before
            self.kills_at -= is_file
            assert isinstance(reply, Answer)
            return reply, is_file and self.kills_at == 0

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@contextmanager
def serving(shelf: Shelf) -> Iterator[House]:
    house = House(shelf)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer, kills = house.answer(self.path)
            self.send_response(answer.head.status)
            for name, value in {**answer.head.headers, "content-length": str(len(answer.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            half = len(answer.body) // 2
            try:
                self.wfile.write(answer.body[:half])
                self.wfile.flush()
                if kills:
                    house.kill()
                self.wfile.write(answer.body[half:])
            except OSError:  # whom it is for was killed
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A connection that was reset is no news."""

    with Server(("127.0.0.1", 0), Handler) as server:
        house.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield house
        finally:
            server.shutdown()
            thread.join()


def copied(house: House, folder: Path) -> int:
    """Run the command in a process of its own; gives its exit code, which is negative when it was killed."""
    command = [sys.executable, "-m", "tonearm", "jellyfin", "keep", ALBUM, "-o", str(folder), "--workers", str(WORKERS)]
    surroundings = {**os.environ, "JELLYFIN_URL": house.url, "JELLYFIN_TOKEN": "token"}
    house.process = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL)
    return house.process.wait()


def test_what_identified_a_part_of_a_whole_file_goes_with_the_next_copy(tmp_path: Path) -> None:
    song = Song(UUID(int=1001).hex, "Song", ALBUM, 1, data=b"fLaC" + bytes(2_000))
    shelf, folder = Shelf([song], {ALBUM: "MusicAlbum"}), tmp_path / "copy"
    with serving(shelf) as house:
        assert copied(house, folder) == 0
        (file,) = (path for path in folder.iterdir() if not path.name.startswith(".tonearm"))
        file.with_name(f"{file.name}.part.json").write_text("{}")  # as a process leaves it that is killed at its end
        shelf.change(song.id, title="Another")
        assert copied(house, folder) == 0
    assert len(shelf.fetched) == 1
    assert [path.name.partition("Another")[1:] for path in folder.glob("[!.]*")] == [("Another", ".flac")]


@pytest.mark.parametrize(
    ("count", "kills"), [(60, 3), pytest.param(3_000, 20, marks=pytest.mark.soak)], ids=["60 items", "3,000 items"]
)
def test_a_copy_that_is_killed_at_random_ends_right(count: int, kills: int, tmp_path: Path) -> None:
    chance = random.Random(count)
    songs = [
        Song(UUID(int=1000 + number).hex, f"Song {number % 40}", ALBUM, number, data=b"fLaC" + chance.randbytes(2_000))
        for number in range(1, count + 1)
    ]
    shelf, folder = Shelf(songs, {ALBUM: "MusicAlbum"}), tmp_path / "copy"
    with serving(shelf) as house:
        for left in range(kills, 0, -1):
            house.kills_at = chance.randint(1, max(1, (count - len(set(shelf.fetched))) // (left + 1)))
            assert copied(house, folder) < 0
            moved = chance.choice(shelf.songs)
            shelf.change(moved.id, title=f"Another {left}", number=chance.randint(1, 9999))
        house.kills_at = -1
        assert copied(house, folder) == 0
    found = {path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".tonearm")}
    assert sorted(found) == sorted(one.data for one in shelf.songs)
    assert len(list(folder.iterdir())) == count + 1, "beside the files there is the record, and nothing else"
    again = {id: times for id, times in Counter(shelf.fetched).items() if times > 1}
    assert sum(again.values()) - len(again) <= kills * WORKERS
