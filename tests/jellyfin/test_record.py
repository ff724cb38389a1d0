"""The record of a copy, of a process that is killed at a step: each file on the disk is known by its name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from tests.inside.jellyfin import Entry, Record


class Killed(BaseException):
    """The process ends here."""


def opened(folder: Path) -> Record:
    record = Record.open(folder)
    assert record is not None
    return record


def with_song(folder: Path) -> tuple[Record, Entry]:
    """A record with one file, a.flac, which the folder has."""
    song = folder / "a.flac"
    song.write_bytes(b"a song")
    record, entry = opened(folder), Entry(song.name, "item", {"container": "flac"}, 6, time=song.stat().st_mtime_ns)
    record.put(entry)
    return record, entry


def next_run(record: Record) -> list[str]:
    """The files that the record knows in the next process; the folder has the same."""
    log = record._log.take()
    assert log is not None
    log.close()  # as at the end of a process: the lines stay
    again = opened(record.folder)
    again.close()
    assert list(again.files) == [path.name for path in record.folder.iterdir() if not path.name.startswith(".")]
    return list(again.files)


def killed(method: str, monkeypatch: pytest.MonkeyPatch, do: Callable[[], object], *, after: bool) -> None:
    """Do something, and end before or after the change of the disk that a method of Path makes."""
    change = getattr(Path, method)

    def end(*arguments: object, **options: object) -> None:
        if after:
            change(*arguments, **options)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Path, method, end)
        with pytest.raises(Killed):
            do()


def test_a_file_is_known_until_it_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record, entry = with_song(tmp_path)
    killed("unlink", monkeypatch, lambda: record.remove(entry), after=False)
    assert next_run(record) == ["a.flac"]


@pytest.mark.parametrize("after", [False, True])
def test_a_renamed_file_is_known_by_its_name(after: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record, entry = with_song(tmp_path)
    killed("rename", monkeypatch, lambda: record.rename("a.flac", evolve(entry, file="b.flac")), after=after)
    assert next_run(record) == ["b.flac"]


def test_a_rename_leaves_no_second_entry(tmp_path: Path) -> None:
    record, entry = with_song(tmp_path)
    record.rename("a.flac", evolve(entry, file="b.flac"))
    assert list(record.files) == ["b.flac"]
    assert next_run(record) == ["b.flac"]
