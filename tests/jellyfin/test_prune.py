"""Files whose items left the server: shown, removed, and what is never removed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.inside.http import Request
from tests.jellyfin.copies import Shelf, Song, keep
from tests.plans.play import Cut, Reply, cut, refused, reply, silent
from tonearm import InvalidInput, TimedOut
from tonearm.jellyfin import Item

A, B = (UUID(int=number).hex for number in (1, 2))
PARENTS = {A: "MusicAlbum", B: "MusicAlbum"}


def song(number: int, album: str = A, **what: Any) -> Song:
    return Song(UUID(int=1000 + number).hex, f"Song {number}", album, number, data=b"fLaC" + bytes(number), **what)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Two albums that were copied into one folder, where the owner has a file of her own; then two songs left."""
    made = Shelf([song(1), song(2), song(3), song(4, B), song(5, B)], PARENTS)
    for album in (A, B):
        keep(made, album, tmp_path)
    (tmp_path / "09 - mine.flac").write_bytes(b"mine")
    made.songs = [one for one in made.songs if one.id not in (song(2).id, song(5).id)]
    return made


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".tonearm")}


ALL = {*(f"0{number} - Song {number}.flac" for number in range(1, 6)), "09 - mine.flac"}
LEFT = {"02 - Song 2.flac", "05 - Song 5.flac"}


def notes(kept: Any) -> dict[str, str]:
    return {one.item.name: one.note for one in kept if one.note}


def test_what_left_is_shown_first_and_then_removed(shelf: Shelf, tmp_path: Path) -> None:
    assert notes(keep(shelf, A, tmp_path)) == {}
    shown = keep(shelf, A, tmp_path, prune="show")
    assert notes(shown) == {"02 - Song 2": "left the server", "05 - Song 5": "left the server"}
    assert [one.path for one in shown[2:]] == [tmp_path / name for name in sorted(LEFT)]
    assert names(tmp_path) == ALL
    removed = keep(shelf, A, tmp_path, prune=True)
    assert notes(removed) == {"02 - Song 2": "removed", "05 - Song 5": "removed"}
    assert all(one.path is None and one.error is None for one in removed[2:])
    assert names(tmp_path) == ALL - LEFT
    assert notes(keep(shelf, A, tmp_path, prune=True)) == {}


def test_a_list_of_items_is_pruned_too_once_the_server_finds_one_of_them(shelf: Shelf, tmp_path: Path) -> None:
    keep(shelf, [Item(song(1).id, name="Song 1", type="Audio", number=1)], tmp_path, prune=True)
    assert names(tmp_path) == ALL - LEFT


def edited(folder: Path) -> None:
    (folder / "02 - Song 2.flac").write_bytes(b"edited")
    (folder / "05 - Song 5.flac").write_bytes(b"edited")


def test_what_was_changed_here_stays(shelf: Shelf, tmp_path: Path) -> None:
    edited(tmp_path)
    assert notes(keep(shelf, A, tmp_path, prune=True, replace=True)) == {
        "02 - Song 2": "changed here",
        "05 - Song 5": "changed here",
    }
    assert names(tmp_path) == ALL


def test_what_came_from_another_server_stays(shelf: Shelf, tmp_path: Path) -> None:
    other = Shelf([song(8)], {A: "MusicAlbum"})
    keep(other, A, tmp_path, url="http://other", prune=True)
    assert names(tmp_path) == ALL | {"08 - Song 8.flac"}


def failing(reply: Reply) -> Callable[[Shelf], Callable[[Request], Reply]]:
    """A server that answers so where it is asked for an item that left it."""

    def make(shelf: Shelf) -> Callable[[Request], Reply]:
        return lambda request: reply if request.path.endswith(str(UUID(song(2).id))) else shelf(request)

    return make


def without_items(shelf: Shelf) -> Callable[[Request], Reply]:
    """A server that has lists and no single items."""

    def answers(request: Request) -> Reply:
        is_single = request.path.startswith("/Items/")
        return reply(status=404) if is_single else shelf(request)

    return answers


@pytest.mark.parametrize(
    "world",
    [failing(reply(status=500)), failing(reply(status=401)), failing(refused()), failing(reply(b"<html>"))],
)
def test_a_server_that_does_not_say_so_removes_nothing(
    world: Any, shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert notes(keep(shelf, A, tmp_path, world=world(shelf), prune=True)) == {}
    assert names(tmp_path) == ALL
    assert "nothing was removed" in caplog.text


def test_a_server_that_knows_no_single_items_removes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    keep(shelf, [Item(song(1).id, type="Audio")], tmp_path, world=without_items(shelf), prune=True)
    assert names(tmp_path) >= ALL - {"01 - Song 1.flac"}


def without_backend_soon(shelf: Shelf) -> Callable[[Request], Reply]:
    """A proxy that answers 404 to everything once its server has found one item, as it restarts."""
    singles = 0

    def answers(request: Request) -> Reply:
        nonlocal singles
        singles += request.path.startswith("/Items/") and not request.path.endswith(str(UUID(A)))
        return reply(b"404 page not found", status=404) if singles > 1 else shelf(request)

    return answers


def of_two_servers(shelf: Shelf) -> Callable[[Request], Reply]:
    """A server with the ids of songs of another one, whose list was given."""

    def answers(request: Request) -> Reply:
        if not request.path.startswith("/Items/"):
            return shelf(request)
        number = next((one.number for one in shelf.songs if request.path.endswith(str(UUID(one.id)))), None)
        found = {"Id": song(number or 0).id, "Type": "Audio", "ServerId": "another"}
        return reply(status=404) if number is None else reply(json=found)

    return answers


def test_a_server_that_goes_while_it_is_asked_removes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    keep(shelf, A, tmp_path, world=without_backend_soon(shelf), prune=True)
    assert names(tmp_path) == ALL


def test_a_list_of_another_server_removes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    one = Item(song(1).id, name="Song 1", type="Audio", number=1)
    keep(shelf, [one], tmp_path, world=of_two_servers(shelf), prune=True)
    assert names(tmp_path) == ALL


def test_a_file_that_cannot_be_removed_is_a_failure_of_its_own(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.name == "02 - Song 2.flac":
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    kept = {one.item.name: one for one in keep(shelf, A, tmp_path, prune=True)}
    assert isinstance(kept["02 - Song 2"].error, PermissionError)
    assert (kept["02 - Song 2"].note, kept["05 - Song 5"].note) == (None, "removed")
    assert names(tmp_path) == ALL - {"05 - Song 5.flac"}
    monkeypatch.undo()
    assert notes(keep(shelf, A, tmp_path, prune=True)) == {"02 - Song 2": "removed"}


def test_an_empty_file_of_the_owner_where_only_a_name_was_taken_stays(tmp_path: Path) -> None:
    shelf = Shelf([song(1), song(9)], PARENTS)
    shelf.fails[song(9).id] = reply(status=500)
    keep(shelf, A, tmp_path)
    (tmp_path / "09 - Song 9.flac").touch()
    shelf.songs = [song(1)]
    keep(shelf, A, tmp_path, prune=True)
    assert names(tmp_path) == {"01 - Song 1.flac", "09 - Song 9.flac"}


def test_a_deadline_that_passes_ends_the_call(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(TimedOut):
        keep(shelf, A, tmp_path, world=failing(silent(deadline=True))(shelf), prune=True)
    assert names(tmp_path) == ALL


def test_a_deadline_that_passes_while_files_are_removed_ends_the_call(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def passed(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".flac":
            raise silent(deadline=True)
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", passed)
    with pytest.raises(TimedOut):
        keep(shelf, A, tmp_path, prune=True)
    monkeypatch.undo()
    assert names(tmp_path) == ALL
    assert set(notes(keep(shelf, A, tmp_path, prune=True)).values()) == {"removed"}


def test_what_the_record_has_under_no_id_of_an_item_stays(shelf: Shelf, tmp_path: Path) -> None:
    record = tmp_path / ".tonearm.json"
    record.write_text(record.read_text().replace(song(2).id, "../System"))
    assert notes(keep(shelf, A, tmp_path, prune=True)) == {"05 - Song 5": "removed"}
    assert names(tmp_path) == ALL - {"05 - Song 5.flac"}


def test_an_empty_list_or_a_copy_that_ended_early_removes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    rest = shelf.songs
    shelf.songs = []
    keep(shelf, A, tmp_path, prune=True)
    assert names(tmp_path) == ALL
    shelf.songs = [*rest, song(6)]
    shelf.fails[song(6).id] = reply(status=401)
    keep(shelf, A, tmp_path, prune=True)
    assert names(tmp_path) == ALL


def test_what_came_of_a_file_goes_with_it(tmp_path: Path) -> None:
    shelf = Shelf([song(1), song(9)], PARENTS)
    shelf.fails[song(9).id] = Cut(reply(song(9).data[:5], headers=shelf.headers(song(9))), cut())
    keep(shelf, A, tmp_path)
    assert "09 - Song 9.flac.part" in names(tmp_path)
    shelf.songs = [song(1)]
    assert notes(keep(shelf, A, tmp_path, prune="show")) == {}
    assert "09 - Song 9.flac.part" in names(tmp_path)
    keep(shelf, A, tmp_path, prune=True)
    assert names(tmp_path) == {"01 - Song 1.flac"}


def test_only_these_words_are_taken(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="prune must be True, False or 'show'"):
        keep(Shelf([], PARENTS), A, tmp_path, prune="yes")
