"""A copy that stays right, whatever happens to the library, the folder and the process."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inside.engine import Plan
from tests.inside.http import Request
from tests.inside.jellyfin import Away, Copying, Entry, Record, Selection, folded, heads
from tests.jellyfin.copies import Shelf, Song, keep
from tests.plans.play import Cut, Reply, cut, refused, reply, silent
from tonearm import DownloadInterrupted, InvalidInput, Unauthorized
from tonearm.jellyfin import Kept

A, B, P = (UUID(int=number).hex for number in (1, 2, 3))
PARENTS = {A: "MusicAlbum", B: "MusicAlbum", P: "Playlist"}
TITLES = ("Intro", "intro", "INTRO (2)", "E\u0301tude", "Étude", "a/b", "con", "")


def song(number: int, **what: Any) -> Song:
    made = {"title": f"Song {number}", "album": A, "number": number, "data": b"fLaC" + bytes([number]) * (9 + number)}
    return Song(UUID(int=1000 + number).hex, **{**made, **what})


def files(folder: Path) -> dict[str, bytes]:
    """The files of a copy, without its record."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".tonearm"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "copy"


operations = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "add", "remove", "retitle", "retag", "regrow", "renumber", "move", "reorder", "foreign"]
        ),
        st.integers(0, 30),
        st.sampled_from(TITLES),
        st.one_of(st.none(), st.integers(0, 3)),
    ),
    min_size=1,
    max_size=8,
)


def happen(shelf: Shelf, folder: Path, mine: dict[str, bytes], step: tuple[str, int, str, int | None]) -> None:
    """Change the library, or write a file of the owner's."""
    what, number, title, place = step
    if what == "add" or not shelf.songs:
        name = UUID(int=2000 + len(shelf.fetched) * 31 + number).hex
        if all(one.id != name for one in shelf.songs):
            data = b"fLaC" + title.encode() + bytes([number])
            shelf.songs.insert(
                number % (len(shelf.songs) + 1), Song(name, title, (A, B)[number % 2], place, place, data)
            )
        return
    one = shelf.songs[number % len(shelf.songs)]
    if what == "remove":
        shelf.songs.remove(one)
    elif what == "retitle":
        shelf.change(one.id, title=title)
    elif what == "retag":
        shelf.change(one.id, data=one.data[:-1] + bytes([one.data[-1] ^ 1]), version=one.version + 1)
    elif what == "regrow":
        shelf.change(one.id, data=one.data + b"+", version=one.version + 1)
    elif what == "renumber":
        shelf.change(one.id, number=place, disc=number)
    elif what == "move":
        shelf.change(one.id, album=B if one.album == A else A)
    elif what == "reorder":
        shelf.songs = shelf.songs[number % len(shelf.songs) :] + shelf.songs[: number % len(shelf.songs)]
    else:
        name = f"0{number % 3} - {title.replace('/', '_') or 'x'}.flac"
        if not (folder / name).exists():
            (folder / name).write_bytes(b"mine")
            mine[name] = b"mine"


@settings(max_examples=25, deadline=None)
@given(steps=operations, etags=st.booleans(), whats=st.sampled_from([(A, B), (P,), (A, P, B)]), prune=st.booleans())
def test_whatever_changes_each_item_has_one_right_file_and_only_what_changed_is_fetched(
    steps: list[tuple[str, int, str, int | None]], etags: bool, whats: tuple[str, ...], prune: bool
) -> None:
    shelf = Shelf([song(number) for number in range(1, 4)], PARENTS, etags=etags)
    with tempfile.TemporaryDirectory() as place:
        folder, mine, had = Path(place), dict[str, bytes](), dict[str, bytes]()
        for step in [None, *steps, None]:
            if step is not None:
                happen(shelf, folder, mine, step)
            shelf.fetched.clear()
            kept = [one for what in whats for one in keep(shelf, what, folder, prune=prune)]
            there = files(folder)
            paths = {one.item.id: one.path for one in kept if one.path and one.note is None}
            assert {id: paths[id].read_bytes() for id in paths} == {one.id: one.data for one in shelf.songs}
            assert len({folded(str(path)) for path in paths.values()}) == len(shelf.songs)
            assert sorted(shelf.fetched) == sorted(one.id for one in shelf.songs if had.get(one.id) != one.data)
            if prune and shelf.songs:  # an empty list removes nothing
                had.clear()
            had.update((one.id, one.data) for one in shelf.songs)
            assert len(there) == len(had) + len(mine)
            assert {name: there[name] for name in mine} == mine


class Killed(BaseException):
    """The process ends here."""


def kill_after(effects: int) -> Callable[[int], int]:
    left = iter(range(effects))

    def choose(_: int) -> int:
        if next(left, None) is None:
            raise Killed
        return 0

    return choose


@pytest.fixture
def no_goodbye() -> Iterator[None]:
    """Nothing is tidied up when a copy is left: that is what a killed process leaves, but for its locks."""

    def close(record: Record) -> None:
        log = record._log.take()
        if log is not None:
            log.close()

    with mock.patch.object(Record, "close", close):
        yield


def test_a_copy_that_is_killed_anywhere_ends_right_and_fetches_nothing_twice(folder: Path, no_goodbye: None) -> None:
    shelf = Shelf([song(number, title="Intro") for number in range(1, 6)], PARENTS)
    killed = 0
    for effects in range(5, 300, 7):
        try:
            kept = keep(shelf, A, folder, choose=kill_after(effects))
        except Killed:
            killed += 1
        else:
            break
        shelf.songs = [*shelf.songs[1:], shelf.songs[0]]
        shelf.songs = [Song(**{**_fields(one), "number": place}) for place, one in enumerate(shelf.songs, 1)]
    assert killed > 5
    assert {one.path.name: one.path.read_bytes() for one in kept if one.path} == files(folder)
    assert files(folder) == {f"0{one.number} - Intro.flac": one.data for one in shelf.songs}
    assert len(shelf.fetched) <= len(shelf.songs) + killed


def _fields(one: Song) -> dict[str, Any]:
    from attrs import asdict

    return asdict(one)


def test_a_file_has_its_name_once_it_and_its_line_in_the_record_are_on_the_disk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: dict[str, bytes] = {}
    named: dict[str, tuple[bytes, str]] = {}
    fsync, replace = os.fsync, Path.replace

    def synced(file: int) -> None:
        fsync(file)
        path = Path(f"/proc/self/fd/{file}").readlink()
        stored[path.name] = path.read_bytes()

    def replaced(path: Path, target: Path) -> Path:
        if path.suffix == ".part" and target.suffix == ".flac":
            named[target.name] = stored[path.name], stored[".tonearm.jsonl"].decode()
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    shelf = Shelf([song(number) for number in range(1, 6)], PARENTS)
    keep(shelf, A, folder)
    assert len(named) == 5
    for name, (content, record) in named.items():
        assert content == files(folder)[name]
        last = [line for line in map(json.loads, record.splitlines()) if line["file"] == name][-1]
        assert (last["size"], last["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_the_record_is_for_people_and_says_what_each_file_is(folder: Path) -> None:
    shelf = Shelf([song(1)], PARENTS)
    keep(shelf, A, folder)
    assert not (folder / ".tonearm.jsonl").exists()
    record = json.loads((folder / ".tonearm.json").read_text())
    entry = record["01 - Song 1.flac"]
    assert (entry["item"], entry["size"], entry["source"], entry["mark"]) == (
        shelf.songs[0].id,
        14,
        shelf.songs[0].id,
        "1",
    )
    assert {"sha256", "time", "modified", "form", "listed"} <= entry.keys()


def test_names_change_with_their_items_also_in_a_circle_and_into_folders(folder: Path) -> None:
    shelf = Shelf([song(1, title="x"), song(2, title="x"), song(3, title="y")], PARENTS)
    keep(shelf, A, folder)
    shelf.songs = [
        Song(**{**_fields(one), "number": number}) for one, number in zip(shelf.songs, (2, 1, 3), strict=True)
    ]
    shelf.fetched.clear()
    keep(shelf, A, folder)
    assert files(folder) == {
        "01 - x.flac": song(2).data,
        "02 - x.flac": song(1).data,
        "03 - y.flac": song(3).data,
    }
    template = "{album}/{title}"
    keep(shelf, A, folder, layout=template)
    assert set(files(folder)) == {f"{A}/x.flac", f"{A}/x (2).flac", f"{A}/y.flac"}
    shelf.change(shelf.songs[2].id, album=B)
    keep(shelf, B, folder, layout=template)
    assert f"{B}/y.flac" in files(folder)
    for one in shelf.songs:
        shelf.change(one.id, album=B)
    keep(shelf, B, folder)
    assert (folder / A).exists()
    keep(shelf, B, folder, layout=template)
    assert not (folder / A).exists()
    assert shelf.fetched == []


def test_a_playlist_has_its_order_and_an_album_beside_it_does_not_rename(folder: Path) -> None:
    shelf = Shelf([song(1), song(2)], PARENTS)
    keep(shelf, P, folder)
    assert set(files(folder)) == {"01 - Song 1.flac", "02 - Song 2.flac"}
    shelf.songs.reverse()
    keep(shelf, A, folder)
    assert set(files(folder)) == {"01 - Song 1.flac", "02 - Song 2.flac"}
    keep(shelf, P, folder)
    assert set(files(folder)) == {"01 - Song 2.flac", "02 - Song 1.flac"}


def test_an_original_of_another_format_takes_the_place_of_the_old_one(folder: Path) -> None:
    shelf = Shelf([song(1)], PARENTS)
    keep(shelf, A, folder)
    shelf.change(shelf.songs[0].id, extension="mpeg", data=b"ID3" * 20, version=2)
    (kept,) = keep(shelf, A, folder)
    assert kept.error is None
    assert list(files(folder).values()) == [b"ID3" * 20]
    assert kept.path is not None
    assert kept.path.suffix != ".flac"
    kept.path.write_bytes(b"mine")
    shelf.change(shelf.songs[0].id, extension="flac", data=b"fLaC" * 20, version=3)
    assert [one.note for one in keep(shelf, A, folder)] == ["changed here"]
    (again,) = keep(shelf, A, folder, replace=True)
    assert again.path is not None
    assert files(folder) == {kept.path.name: b"mine", again.path.name: b"fLaC" * 20}


def test_two_servers_with_the_same_ids_share_a_folder_and_one_may_get_another_address(folder: Path) -> None:
    here, there = (Shelf([song(1, data=data)], PARENTS) for data in (b"fLaC 1", b"fLaC 22"))
    keep(here, A, folder)
    record = record_of(folder)
    del record["01 - Song 1.flac"]["server"]  # as records were before
    (folder / ".tonearm.json").write_text(json.dumps(record))
    keep(here, A, folder)
    for url in ("http://other", "http://moved"):
        keep(there, A, folder, url=url)
        assert files(folder) == {"01 - Song 1.flac": b"fLaC 1", "01 - Song 1 (2).flac": b"fLaC 22"}
    assert (len(here.fetched), len(there.fetched)) == (1, 1)


def touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"tag")


def other(path: Path) -> None:
    path.write_bytes(b"?" * path.stat().st_size)


def moved_away(path: Path) -> None:
    path.rename(path.with_name("mine.flac"))


@pytest.mark.parametrize(
    ("do", "note", "fetched"),
    [(touch, None, 0), (longer, "changed here", 0), (other, "changed here", 0), (moved_away, None, 1)],
)
def test_what_the_owner_does_with_a_file_is_noticed(
    do: Callable[[Path], None], note: str | None, fetched: int, folder: Path
) -> None:
    shelf = Shelf([song(1)], PARENTS)
    (first,) = keep(shelf, A, folder)
    assert first.path is not None
    do(first.path)
    there = files(folder)
    shelf.fetched.clear()
    (second,) = keep(shelf, A, folder)
    assert (second.note, len(shelf.fetched)) == (note, fetched)
    assert there.items() <= files(folder).items()


def _of_0_1(folder: Path, shelf: Shelf) -> None:
    folder.mkdir()
    for place, one in enumerate(shelf.songs, 1):
        (folder / f"0{place} - {one.title}.flac").write_bytes(one.data)


def test_a_copy_of_0_1_is_adopted_also_when_its_list_has_changed(folder: Path) -> None:
    shelf = Shelf([song(number) for number in (1, 2, 3)], PARENTS)
    _of_0_1(folder, shelf)
    (folder / "04 - mine.flac").write_bytes(b"mine")
    shelf.songs.insert(0, song(9))
    keep(shelf, P, folder)
    assert shelf.fetched == [song(9).id]
    assert len(files(folder)) == 5
    assert keep(shelf, P, folder)[1].was_there


def test_the_record_of_0_1_is_read(folder: Path) -> None:
    folder.mkdir()
    (folder / "01 - x.mp3").write_bytes(b"ID3")
    state = {"item": A, "container": "mp3", "audio_codec": "mp3", "size": 3}
    (folder / ".tonearm.json").write_text(json.dumps({"01 - x.mp3": state}))
    record = Record.open(folder)
    assert record is not None
    entry = record.files["01 - x.mp3"]
    assert (entry.item, entry.size, entry.form) == (A, 3, {"container": "mp3", "audio_codec": "mp3"})
    record.close()


@pytest.mark.parametrize("content", ["no JSON", "[]", '{"a": 5}'])
def test_a_record_that_is_damaged_or_none_of_ours_stops_the_copy(content: str, folder: Path) -> None:
    folder.mkdir()
    (folder / ".tonearm.json").write_text(content)
    with pytest.raises(InvalidInput, match=r"\.tonearm\.json' is not a record"):
        keep(Shelf([song(1)], PARENTS), A, folder)
    assert [path.name for path in folder.iterdir()] == [".tonearm.json"]


def test_a_record_cannot_lead_out_of_its_folder(folder: Path) -> None:
    shelf = Shelf([song(1)], PARENTS)
    keep(shelf, A, folder)
    record = json.loads((folder / ".tonearm.json").read_text())
    entry = record["01 - Song 1.flac"]
    (folder / ".tonearm.json").write_text(json.dumps({"../x.flac": entry, "/x.flac": entry, "y.flac": {}}))
    (folder.parent / "x.flac").write_bytes(song(1).data)
    (kept,) = keep(shelf, A, folder, replace=True)
    assert kept.path == folder / "01 - Song 1.flac"


def test_a_file_that_cannot_be_renamed_stays_under_its_name(folder: Path) -> None:
    shelf = Shelf([song(1)], PARENTS)
    keep(shelf, A, folder)
    shelf.change(shelf.songs[0].id, title="new")
    with mock.patch.object(Path, "rename", side_effect=PermissionError), pytest.raises(InvalidInput, match="renamed"):
        keep(shelf, A, folder)
    keep(shelf, A, folder)
    assert set(files(folder)) == {"01 - new.flac"}


def test_a_folder_that_cannot_be_looked_into_is_said_and_leaves_no_lock(folder: Path) -> None:
    shelf = Shelf([song(1)], PARENTS)
    keep(shelf, A, folder)
    shelf.songs.append(song(2))
    refused = PermissionError(errno.EACCES, "Permission denied", "x")
    with (
        mock.patch.object(Path, "exists", side_effect=refused),
        mock.patch.object(Path, "iterdir", side_effect=refused),
        pytest.raises(InvalidInput, match="cannot be read or changed"),
    ):
        keep(shelf, A, folder)
    assert {kept.error for kept in keep(shelf, A, folder)} == {None}


def test_a_second_run_waits_for_the_first_and_says_so(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder.mkdir()
    first = Record.open(folder)
    assert first is not None
    ends = mock.Mock(side_effect=[None, None, first.close()])
    shelf = Shelf([song(1)], PARENTS)
    opening = Record.open
    with mock.patch.object(
        Record, "open", lambda place: None if ends.call_count < 2 and not ends() else opening(place)
    ):
        (kept,) = keep(shelf, A, folder)
    assert kept.error is None
    assert caplog.text.count("another copy into") == 1


def test_a_folder_with_a_record_in_use_is_not_opened(folder: Path) -> None:
    folder.mkdir()
    first = Record.open(folder)
    assert first is not None
    assert Record.open(folder) is None
    first.close()
    first.close()
    assert list(folder.iterdir()) == []
    kept: tuple[Kept, ...] = keep(Shelf([], PARENTS), A, folder)
    assert kept == ()


def record_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / ".tonearm.json").read_text())
    return found


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("says_server", [True, False])
def test_of_two_files_of_an_item_that_a_killed_run_left_one_stays(
    is_there: bool, says_server: bool, folder: Path
) -> None:
    shelf = Shelf([song(1)], PARENTS)
    keep(shelf, A, folder)
    if not says_server:
        record = record_of(folder)
        del record["01 - Song 1.flac"]["server"]  # as records were before
        (folder / ".tonearm.json").write_text(json.dumps(record))
    newer = {"file": "01 - new.flac", **record_of(folder)["01 - Song 1.flac"], "server": "http://nas"}
    if is_there:
        (folder / "01 - new.flac").write_bytes(song(1).data)
        newer["time"] = None
    (folder / ".tonearm.jsonl").write_text(json.dumps(newer) + "\n")
    keep(shelf, A, folder)
    assert set(files(folder)) == {"01 - new.flac" if is_there else "01 - Song 1.flac"}
    assert len(shelf.fetched) == 1


@pytest.mark.parametrize("why", ["", "edited", "in the way"])
def test_a_rename_that_was_recorded_and_not_done_is_done_unless_its_owner_hinders_it(why: str, folder: Path) -> None:
    shelf = Shelf([song(1)], PARENTS)
    keep(shelf, A, folder)
    if why == "edited":
        longer(folder / "01 - Song 1.flac")
    elif why == "in the way":
        (folder / "x").write_text("a file where a folder is due")
    moved = {"file": "x/new.flac", "was": "01 - Song 1.flac", **record_of(folder)["01 - Song 1.flac"]}
    (folder / ".tonearm.jsonl").write_text(json.dumps(moved) + "\n")
    (kept,) = keep(shelf, A, folder)
    assert kept.note == ("changed here" if why == "edited" else None)
    assert set(files(folder)) - {"x"} == {"01 - Song 1.flac" if why else "x/new.flac"}
    assert len(shelf.fetched) == 1


def test_a_name_that_was_taken_meanwhile_is_left_to_its_owner(folder: Path) -> None:
    shelf = Shelf([song(1)], PARENTS)
    keep(shelf, A, folder)
    record = record_of(folder)
    record["01 - Song 1.flac"]["size"] = 0
    (folder / ".tonearm.json").write_text(json.dumps(record))
    (folder / "01 - Song 1.flac").write_bytes(b"mine")
    keep(shelf, A, folder)
    assert files(folder) == {"01 - Song 1.flac": b"mine", "01 - Song 1 (2).flac": song(1).data}


def test_what_came_of_a_file_follows_it_to_its_new_name(folder: Path) -> None:
    shelf = Shelf([song(1)], PARENTS)
    shelf.fails[song(1).id] = Cut(reply(song(1).data[:5], headers=shelf.headers(song(1))), cut())
    (kept,) = keep(shelf, A, folder)
    assert isinstance(kept.error, DownloadInterrupted)
    assert "01 - Song 1.flac.part" in files(folder)
    shelf.change(song(1).id, title="new", album=B)
    keep(shelf, B, folder)
    assert {"01 - new.flac.part", "01 - new.flac.part.json"} == files(folder).keys()
    del shelf.fails[song(1).id]
    keep(shelf, B, folder)
    assert set(files(folder)) == {"01 - new.flac"}


def test_a_list_that_changes_nothing_but_its_mark_costs_a_look(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def silence(_: Selection, lacking: set[str], away: Away) -> Plan[None]:
        yield from ()

    shelf = Shelf([song(1)], PARENTS)
    keep(shelf, A, folder)
    shelf.marks = "other "
    (kept,) = keep(shelf, A, folder)
    assert kept.was_there
    assert (shelf.looked, len(shelf.fetched)) == ([song(1).id], 1)
    keep(shelf, A, folder)
    assert len(shelf.looked) == 1
    shelf.fails[song(1).id] = reply(status=405)
    shelf.marks = "and another "
    assert keep(shelf, A, folder)[0].was_there
    assert len(shelf.looked) == 2
    shelf.fails[song(1).id] = reply(status=401)
    assert isinstance(keep(shelf, A, folder)[0].error, Unauthorized)
    monkeypatch.setattr(heads, "version", silence)  # coverage loses a plan into which an error is thrown
    assert keep(shelf, A, folder)[0].was_there


ENCODED: Any = {"container": "raw", "audio_codec": "pcm_s16le"}


def test_an_encoding_is_made_again_when_its_original_changes_and_not_when_its_tags_are_edited(folder: Path) -> None:
    shelf = Shelf([song(1)], PARENTS)
    keep(shelf, A, folder, form=ENCODED, run_time="trust")
    assert shelf.fetched == [song(1).id]
    shelf.marks = "edited "
    (kept,) = keep(shelf, A, folder, form=ENCODED)
    assert (kept.was_there, len(shelf.fetched)) == (True, 1)
    shelf.change(song(1).id, version=2)
    (kept,) = keep(shelf, A, folder, form=ENCODED)
    assert (kept.was_there, len(shelf.fetched)) == (False, 2)
    shelf.change(song(1).id, data=song(1).data + b"more", version=3)
    assert not keep(shelf, A, folder, form=ENCODED)[0].was_there
    record = record_of(folder)
    del record["01 - Song 1.raw"]["modified"]
    (folder / ".tonearm.json").write_text(json.dumps(record))
    shelf.marks = "edited again "
    assert not keep(shelf, A, folder, form=ENCODED)[0].was_there


ENDS: dict[str, tuple[Any, int]] = {
    "a full disk": (OSError(errno.ENOSPC, "No space left on device"), 1),
    "a token that is refused": (reply(status=401), 1),
    "a server that is silent": (silent(), 3),
    "a server that is gone": (refused(), 1),
}


@pytest.mark.parametrize("why", ENDS)
def test_what_is_not_the_fault_of_an_item_ends_the_copy(why: str, folder: Path) -> None:
    failure, tried = ENDS[why]
    shelf = Shelf([song(number) for number in range(1, 10)], PARENTS)
    shelf.fails.update((one.id, failure) for one in shelf.songs[2:])
    kept = keep(shelf, A, folder)
    assert [one.note for one in kept] == [None] * (2 + tried) + ["not tried"] * (7 - tried)
    assert [one.error is None for one in kept] == [True] * 2 + [False] * 7
    shelf.fails.clear()
    assert [one.was_there for one in keep(shelf, A, folder)] == [True] * 2 + [False] * 7


def test_a_copy_that_has_ended_records_nothing_more(folder: Path) -> None:
    folder.mkdir()
    record = Record.open(folder)
    assert record is not None
    Copying._leave(record)
    Copying._leave(None)
    with pytest.raises(InvalidInput, match="has ended"):
        record.put(Entry("x", "y", {}, 1))
    (folder / ".tonearm.jsonl").write_text("no JSON")
    with pytest.raises(InvalidInput, match="not a state file"):
        Record.open(folder)
    assert (folder / ".tonearm.jsonl").exists()


def test_a_server_that_restarts_is_waited_for(folder: Path) -> None:
    shelf = Shelf([song(1), song(2)], PARENTS)
    back = iter([refused(), reply(status=502), refused()])

    def world(request: Request) -> Reply:
        failure = next(back, None) if shelf.fetched and "/stream" in request.path else None
        return shelf(request) if failure is None else failure

    kept = keep(shelf, A, folder, world=world)
    assert [one.error for one in kept] == [None, None]
    assert len(shelf.fetched) == 2
