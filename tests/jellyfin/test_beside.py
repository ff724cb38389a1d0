"""Covers, lyrics and playlists beside the songs of a copy."""

import json
import ntpath
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import find_spec, module_from_spec
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve

from tests.inside.files import Draft
from tests.inside.http import Request
from tests.jellyfin.changing import Folder, Killed, Life
from tests.jellyfin.copies import Shelf, Song, in_order, keep
from tests.jellyfin.ways import ONCE, Way
from tests.plans.play import Reply, refused, reply, silent
from tests.wire.recorder import Recorder, answer
from tonearm import InvalidInput, TimedOut, UnexpectedAnswer
from tonearm.jellyfin import Item

A, B, LIST = (UUID(int=number).hex for number in (1, 2, 3))
PARENTS = {A: "MusicAlbum", B: "MusicAlbum", LIST: "Playlist"}
JPG, PNG = b"\xff\xd8\xff" + bytes(60), b"\x89PNG\r\n\x1a\n" + bytes(60)
ALL = ("covers", "lyrics", "playlist")
SWAPPED = (("01 - Song 1", 2), ("02 - Song 2", 1))


def song(number: int, album: str = A, **what: Any) -> Song:
    return Song(UUID(int=1000 + number).hex, f"Song {number}", album, number, data=b"fLaC" + bytes(number), **what)


class House:
    """A shelf whose albums have pictures, and whose songs have lyrics."""

    def __init__(self, songs: Sequence[Song]) -> None:
        self.shelf = Shelf(list(songs), PARENTS)
        self.covers: dict[str, tuple[str, bytes]] = {A: ("tag-a", JPG), B: ("tag-b", JPG + b"b")}
        self.words: dict[str, list[dict[str, Any]]] = {songs[0].id: [{"Text": "Hello", "Start": 12_000_000}]}
        self.asked: list[str] = []
        self.instead: Callable[[str], Reply | None] = lambda path: None

    def __call__(self, request: Request) -> Reply:
        path = request.path
        owner = path.split("/")[2].replace("-", "") if path.count("/") > 1 else ""
        if "/Images/" in path or path.endswith("/Lyrics"):
            self.asked.append(path.rsplit("/", 1)[1])
            if (other := self.instead(path)) is not None:
                return other
        if "/Images/" in path:
            found = self.covers.get(owner)
            return reply(status=404) if found is None else reply(found[1], headers={"content-type": "image/jpeg"})
        if path.endswith("/Lyrics"):
            lines = self.words.get(owner)
            return reply(status=404) if lines is None else reply(json={"Lyrics": lines})
        given: Any = self.shelf(request)
        if path == "/Items" or path.startswith("/Playlists/"):
            rows = json.loads(given.body)
            for row in rows["Items"]:
                tag = self.covers.get(row["AlbumId"])
                row |= {"ImageTags": {}, "HasLyrics": row["Id"] in self.words, "RunTimeTicks": 30_000_000}
                row |= {} if tag is None else {"AlbumPrimaryImageTag": tag[0]}
            return reply(json=rows)
        return given

    def keep(self, folder: Path, what: Any = A, **asked: Any) -> dict[str, str | None]:
        """Copy; gives the notes of what is beside the songs, by name."""
        asked.setdefault("beside", ALL)
        kept = keep(self.shelf, what, folder, world=self, **asked)
        return {
            one.path.relative_to(folder).as_posix() if one.path else str(one.item.name): one.note
            for one in kept
            if one.beside or one.note in ("removed", "left the server")
        }


@pytest.fixture
def house() -> House:
    return House([song(1), song(2), song(3, B)])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".tonearm")}


def test_they_are_written_once_and_follow_the_server(house: House, tmp_path: Path) -> None:
    beside = {"cover.jpg": "written", "01 - Song 1.lrc": "written", f"{A}.m3u8": "written"}
    assert house.keep(tmp_path) == beside
    assert (tmp_path / "cover.jpg").read_bytes() == JPG
    assert (tmp_path / "01 - Song 1.lrc").read_text() == "[00:01.20]Hello\n"
    expected = "#EXTM3U\n#EXTINF:3,Song 1\n01 - Song 1.flac\n#EXTINF:3,Song 2\n02 - Song 2.flac\n"
    assert (tmp_path / f"{A}.m3u8").read_text() == expected
    times = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir() if path.name[0] != "."}
    assert house.keep(tmp_path) == dict.fromkeys(beside)
    assert house.asked.count("Primary") == 1, "a cover whose tag is the same is not read again"
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir() if path.name[0] != "."} == times
    house.covers[A] = ("another", PNG)
    house.words[song(1).id] = [{"Text": "Bye"}]
    house.shelf.songs.reverse()
    house.shelf.change(song(2).id, title="Dusk")
    assert house.keep(tmp_path) == {"cover.png": "written", "01 - Song 1.lrc": "written", f"{A}.m3u8": "written"}
    assert (tmp_path / "01 - Song 1.lrc").read_text() == "Bye\n"
    assert names(tmp_path) == {"01 - Song 1.flac", "01 - Song 1.lrc", "02 - Dusk.flac", "cover.png", f"{A}.m3u8"}


def test_lyrics_go_with_their_song_when_it_gets_another_name(house: House, tmp_path: Path) -> None:
    house.keep(tmp_path)
    house.shelf.change(song(1).id, title="Noon")
    assert house.keep(tmp_path)["01 - Noon.lrc"] is None
    assert names(tmp_path) == {"01 - Noon.flac", "01 - Noon.lrc", "02 - Song 2.flac", "cover.jpg", f"{A}.m3u8"}


def rewrite(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Let the record be another one."""
    path = folder / ".tonearm.json"
    record = json.loads(path.read_text())
    change(record)
    path.write_text(json.dumps(record))


def test_lyrics_go_with_their_song_also_after_their_server_got_another_address(house: House, tmp_path: Path) -> None:
    house.keep(tmp_path)
    keep(house.shelf, A, tmp_path, world=house, url="http://moved")  # of a server that says no id, and without lyrics
    house.shelf.change(song(1).id, title="Noon")
    keep(house.shelf, A, tmp_path, world=house, url="http://moved")
    assert names(tmp_path) == {"01 - Noon.flac", "01 - Noon.lrc", "02 - Song 2.flac", "cover.jpg", f"{A}.m3u8"}
    assert house.shelf.fetched == [song(1).id, song(2).id]


def test_lyrics_of_songs_that_trade_names_go_with_them_wherever_a_run_is_killed(tmp_path: Path) -> None:
    for dies_at in count(1):
        house, folder = House([song(1), song(2)]), Folder(tmp_path / f"{dies_at}")
        house.words = {song(number).id: [{"Text": f"Words {number}"}] for number in (1, 2)}
        keep(house.shelf, A, folder.path, world=house, beside=("lyrics",))
        house.shelf.change(song(1).id, title="Song 2", number=2)
        house.shelf.change(song(2).id, title="Song 1", number=1)
        life = Life(dies_at, in_order)
        with life.lived(), suppress(Killed):
            keep(house.shelf, A, folder.path, world=house, choose=life.chosen)
        keep(house.shelf, A, folder.path, world=house)
        there = {
            file.removesuffix(".flac"): (content, (folder.path / file).with_suffix(".lrc").read_text())
            for file, content in folder.files().items()
            if file.endswith(".flac")
        }
        right = {name: (song(number).data, f"Words {number}\n") for name, number in SWAPPED}
        assert there == right, f"killed at step {dies_at}"
        if not life.is_over:
            break
    assert dies_at > 10


def test_a_name_that_was_taken_for_a_cover_is_left_to_who_has_it_now(house: House, tmp_path: Path) -> None:
    house.keep(tmp_path)
    rewrite(tmp_path, lambda record: record["cover.jpg"].update(size=0))  # a run was killed before it wrote the cover
    (tmp_path / "cover.jpg").write_bytes(b"mine")
    assert house.keep(tmp_path)["cover.jpg"] == "not ours"
    assert (tmp_path / "cover.jpg").read_bytes() == b"mine"


def test_of_two_covers_that_a_killed_run_left_one_stays(house: House, tmp_path: Path) -> None:
    house.keep(tmp_path)
    (tmp_path / "cover.png").write_bytes(JPG)
    rewrite(tmp_path, lambda record: record.update({"cover.png": {**record["cover.jpg"], "time": None}}))
    house.keep(tmp_path)
    assert {name for name in names(tmp_path) if name.startswith("cover")} == {"cover.png"}


def test_a_cover_goes_with_the_name_of_its_album(house: House, tmp_path: Path) -> None:
    house.keep(tmp_path, LIST)
    rewrite(tmp_path, lambda record: record[f"{A}.jpg"].update(name="as it was called before"))
    rewrite(tmp_path, lambda record: record.update({"old.jpg": record.pop(f"{A}.jpg")}))
    (tmp_path / f"{A}.jpg").rename(tmp_path / "old.jpg")
    assert house.keep(tmp_path, LIST)[f"{A}.jpg"] is None
    assert (tmp_path / f"{A}.jpg").read_bytes() == JPG


def test_albums_in_one_folder_have_a_cover_each(house: House, tmp_path: Path) -> None:
    house.keep(tmp_path)
    house.keep(tmp_path, B)
    assert {name for name in names(tmp_path) if name.endswith(".jpg")} == {"cover.jpg", f"{B}.jpg"}
    for _ in range(2):
        house.keep(tmp_path / "list", LIST)
    assert {name for name in names(tmp_path / "list") if name.endswith(".jpg")} == {f"{A}.jpg", f"{B}.jpg"}
    house.keep(tmp_path / "tree", LIST, layout="{album}/{title}", beside=["covers"])
    assert sorted(path.parent.name for path in (tmp_path / "tree").rglob("*.jpg")) == [A, B]


FOREIGN = ["COVER.jpg", "01 - SONG 1.lrc", f"{A}.M3U8"]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_of_its_owner_is_left_alone_and_said(name: str, house: House, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"mine")
    for _ in range(2):
        notes = house.keep(tmp_path)
        assert sorted(notes.values(), key=str).count("not ours") == 1
        assert (tmp_path / name).read_bytes() == b"mine"
        assert len([found for found in names(tmp_path) if found.casefold() == name.casefold()]) == 1
    house.keep(tmp_path, prune=True)
    assert (tmp_path / name).read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["cover.jpg", "01 - Song 1.lrc", f"{A}.m3u8"])
def test_what_its_owner_changed_is_left_alone_until_it_may_be_replaced(name: str, house: House, tmp_path: Path) -> None:
    house.keep(tmp_path)
    (tmp_path / name).write_bytes(b"mine")
    house.covers[A] = ("another", JPG + b"2")
    house.words[song(1).id] = [{"Text": "Bye"}]
    house.shelf.change(song(2).id, title="Dusk")
    assert house.keep(tmp_path)[name] == "changed here"
    assert (tmp_path / name).read_bytes() == b"mine"
    assert house.keep(tmp_path, replace=True)[name] == "written"
    assert (tmp_path / name).read_bytes() != b"mine"


def test_a_touched_file_is_still_ours_and_a_lost_one_is_written_again(house: House, tmp_path: Path) -> None:
    house.keep(tmp_path)
    os.utime(tmp_path / "cover.jpg", (1, 1))
    (tmp_path / "01 - Song 1.lrc").unlink()
    assert house.keep(tmp_path) == {"cover.jpg": None, "01 - Song 1.lrc": "written", f"{A}.m3u8": None}


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("after", [False, True])
def test_a_copy_that_is_killed_while_one_is_written_ends_right(
    number: int, after: bool, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_first in (True, False):
        left = [number]
        commit = Draft.commit

        def dying(draft: Draft, left: list[int] = left, commit: Callable[..., None] = commit, **said: Any) -> None:
            if draft.target.suffix in (".jpg", ".lrc", ".m3u8"):
                left[0] -= 1
                if left[0] < 0:
                    if after:
                        commit(draft, **said)
                    raise Killed
            commit(draft, **said)

        with monkeypatch.context() as patch:
            patch.setattr(Draft, "commit", dying)
            patch.setattr(Draft, "discard", lambda draft: draft.file.close())  # whoever is killed cleans nothing
            with pytest.raises(Killed):
                house.keep(tmp_path)
        assert all(path.read_bytes() in (JPG, JPG + b"2") for path in tmp_path.glob("*.jpg")), "whole or not at all"
        assert set(house.keep(tmp_path).values()) <= {None, "written"}
        assert names(tmp_path) == {"01 - Song 1.flac", "02 - Song 2.flac", "cover.jpg", "01 - Song 1.lrc", f"{A}.m3u8"}
        if is_first:
            house.covers[A] = ("another", JPG + b"2")
            house.words[song(1).id] = [{"Text": "Bye"}]
            house.shelf.change(song(2).id, number=1)
            house.shelf.change(song(2).id, number=2, version=2, data=b"fLaC another")
            house.shelf.songs.reverse()


def test_what_the_server_has_no_more_is_removed_when_pruning_and_only_if_it_is_ours(
    house: House, tmp_path: Path
) -> None:
    house.keep(tmp_path)
    house.keep(tmp_path, B)
    del house.words[song(1).id]
    del house.covers[A]
    house.shelf.songs = [song(1), song(2)]
    del house.shelf.parents[B]  # type: ignore[attr-defined]  # it is a dict here
    before = names(tmp_path)
    house.keep(tmp_path)
    shown = house.keep(tmp_path, prune="show")
    assert names(tmp_path) == before
    gone = {"cover.jpg", "01 - Song 1.lrc", f"{B}.jpg", f"{B}.m3u8", "03 - Song 3.flac"}
    assert {name for name, note in shown.items() if note == "left the server"} == gone
    (tmp_path / "cover.jpg").write_bytes(b"mine")
    house.keep(tmp_path, prune=True)
    assert names(tmp_path) == before - gone | {"cover.jpg"}


@pytest.mark.parametrize(
    "failure", [reply(status=500), reply(b"<html>"), reply(b"", headers={"content-type": "image/png"})]
)
def test_what_cannot_be_read_costs_itself_and_keeps_what_was_there(
    failure: Reply, house: House, tmp_path: Path
) -> None:
    house.keep(tmp_path)
    house.covers[A] = ("another", PNG)
    house.instead = lambda path: failure if "/Images/" in path else None
    kept = keep(house.shelf, A, tmp_path, world=house, beside=ALL)
    assert [one.beside for one in kept if one.error] == ["covers"]
    assert (tmp_path / "cover.jpg").read_bytes() == JPG


def test_what_fails_for_all_ends_it(house: House, tmp_path: Path) -> None:
    house.instead = lambda path: reply(status=401)
    kept = keep(house.shelf, A, tmp_path, world=house, beside=ALL, prune=True)
    assert [one.note for one in kept if one.beside] == [None, "not tried", "not tried"]
    assert all(one.error for one in kept if one.beside)
    house.instead = lambda path: refused()
    kept = keep(house.shelf, A, tmp_path, world=house, beside=ALL, wait_server=0)
    assert [one.note for one in kept if one.beside][1:] == ["not tried", "not tried"]


def test_a_deadline_that_passes_while_one_is_read_ends_the_call(house: House, tmp_path: Path) -> None:
    house.instead = lambda path: silent(deadline=True) if "/Images/" in path else None
    with pytest.raises(TimedOut):
        house.keep(tmp_path)
    assert names(tmp_path) == {"01 - Song 1.flac", "02 - Song 2.flac"}
    house.instead = lambda path: None
    assert house.keep(tmp_path)["cover.jpg"] == "written"


def test_a_server_that_does_not_say_what_it_has_is_asked(tmp_path: Path) -> None:
    plain = Shelf([song(1)], PARENTS)
    house = House([song(1)])
    items = [Item(song(1).id, name="#1", type="Audio", album="Blue", album_id=A)]
    kept = keep(plain, items, tmp_path, world=house, beside=["covers", "lyrics"], layout="{title}")
    assert [(one.path.name, one.note) for one in kept if one.beside and one.path] == [
        ("cover.jpg", "written"),
        ("#1.lrc", "written"),
    ]
    alone = [evolve(items[0], album=None, album_id=None, raw={"ImageTags": {"Primary": "t"}})]
    house.covers[song(1).id] = ("t", PNG)
    kept = keep(plain, alone, tmp_path, world=house, beside=["covers"], layout="{title}")
    assert [one.path.name for one in kept if one.beside and one.path] == ["#1.png"]
    house.words[song(1).id] = [{"Text": ""}]
    assert [one for one in keep(plain, items, tmp_path / "b", world=house, beside=["lyrics"]) if one.beside] == []


def test_a_path_that_looks_like_a_remark_is_none(house: House, tmp_path: Path) -> None:
    house.shelf.change(song(1).id, title="#1\nnew")
    house.keep(tmp_path, layout="{title}", beside=["playlist"])
    lines = (tmp_path / f"{A}.m3u8").read_text().splitlines()
    assert lines[1:3] == ["#EXTINF:3,#1 new", "./#1_new.flac"]


@pytest.mark.parametrize(
    ("data", "told", "extension"),
    [
        (JPG, "image/png", "jpg"),
        (PNG, "image/jpeg", "png"),
        (b"GIF89a", "image/gif", "gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "application/octet-stream", "webp"),
        (b"....ftypavif", "image/avif", "avif"),
        (b"<svg/>", "image/svg+xml", "svg"),
        (b"?", "application/octet-stream", "img"),
    ],
)
def test_the_extension_of_a_cover_is_that_of_its_contents(data: bytes, told: str, extension: str, way: Way) -> None:
    with Recorder([answer(data, content_type=told)]) as server:
        found = way.call(server.url, lambda jf: jf.cover(A, max_width=300), token="t")
    assert (found.data, found.content_type, found.extension) == (data, told, extension)
    assert repr(data) not in repr(found)


@pytest.mark.parametrize("page", [answer(b"<p>", content_type="text/html"), answer(b"", content_type="image/png")])
def test_what_is_no_picture_is_refused(page: bytes, way: Way) -> None:
    with Recorder([page]) as server, pytest.raises(UnexpectedAnswer):
        way.call(server.url, lambda jf: jf.cover(A), token="t", retry=ONCE)
    with Recorder([]) as server, pytest.raises(InvalidInput, match="max_width"):
        way.call(server.url, lambda jf: jf.cover(A, max_width=0), token="t")


@pytest.mark.parametrize("beside", ["covers", None, 5, iter(["covers"]), ["cover"], [1], ["playlist"]])
def test_what_cannot_be_is_refused(beside: Any, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="beside"):
        keep(Shelf([], {}), [Item(song(1).id, type="Audio")], tmp_path, beside=beside)


def test_a_cover_stands_beside_its_album_on_windows_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "os.path", ntpath)
    spec: Any = find_spec("tonearm.jellyfin._copy.wishes")
    wishes = module_from_spec(spec)
    spec.loader.exec_module(wishes)
    items = [Item(song(number).id, type="Audio", album="Dawn", album_id=A) for number in (1, 2)]
    files = {item.id: f"Artist/Dawn/{number}.flac" for number, item in enumerate(items)}
    (wish,) = wishes.Songs(items, files, None, mixed=False).wishes({"covers"})
    assert wish.stems == ("Artist/Dawn/cover", "Artist/Dawn/Dawn")


def test_a_file_where_a_folder_is_needed_stays_and_its_songs_fail(house: House, tmp_path: Path) -> None:
    (tmp_path / A).write_bytes(b"mine")
    kept = keep(house.shelf, A, tmp_path, world=house, layout="{album}/{title}", beside=ALL)
    assert {one.beside: type(one.error) for one in kept} == {None: InvalidInput, "playlist": type(None)}
    assert (tmp_path / A).read_bytes() == b"mine"


def test_windows_renames_and_removes_no_file_that_is_open(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As far as it can be tried elsewhere: files that are open refuse both."""
    opened: dict[Path, Any] = {}

    def noted(name: str) -> None:
        module, _, function = name.rpartition(".")
        make: Any = getattr(sys.modules[module], function)

        def made(path: Path, **how: Any) -> Any:
            opened[path] = make(path, **how)
            return opened[path]

        monkeypatch.setattr(name, made)

    def refused(name: str) -> None:
        act: Any = getattr(Path, name)

        def tried(path: Path, *more: Any, **how: Any) -> Any:
            if path in opened and not opened[path].closed:
                raise PermissionError(13, "another program has it", str(path))
            return act(path, *more, **how)

        monkeypatch.setattr(Path, name, tried)

    noted("tonearm._files.state_log.open_log")
    noted("tonearm._transfer.part_target.open_part")
    refused("unlink")
    refused("replace")
    monkeypatch.setattr("tonearm._files.named_file._ONLY_CLOSED", True)
    for _ in range(2):
        assert all(one.error is None for one in keep(house.shelf, A, tmp_path, world=house))
        assert {path.name for path in tmp_path.iterdir()} == {"01 - Song 1.flac", "02 - Song 2.flac", ".tonearm.json"}
    assert len(opened) == 3
