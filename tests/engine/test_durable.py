"""A file has its name only once the disk has its contents."""

import os
from pathlib import Path

import pytest

from tests.engine.ways import Way, both, get
from tests.inside.files import Draft
from tests.inside.transfer import download
from tests.wire.recorder import Recorder, answer

BODY = bytes(range(256)) * 4096


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What is made durable or given a name, in order, with how many bytes it had then."""
    found: list[tuple[str, int]] = []
    fsync, replace = os.fsync, Path.replace

    def synced(file: int) -> None:
        fsync(file)
        found.append(("fsync", os.fstat(file).st_size))

    def replaced(path: Path, target: Path) -> Path:
        found.append((f"{target.name} replaced", path.stat().st_size))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    return found


@both
def test_a_download_is_on_the_disk_before_it_has_its_name(way: Way, tmp_path: Path, log: list[tuple[str, int]]) -> None:
    with Recorder([answer(BODY, content_type="audio/flac")]) as server:
        way.run(download(get("/x"), tmp_path / "song.flac", check=lambda _: None), server.url)
    assert log[-2:] == [("fsync", len(BODY)), ("song.flac replaced", len(BODY))]
    assert [what for what, _ in log].count("fsync") == 1  # a short file waits for the disk once


def test_a_draft_is_on_the_disk_before_it_has_its_name(tmp_path: Path, log: list[tuple[str, int]]) -> None:
    draft = Draft.beside(tmp_path / "notes.txt")
    draft.file.write(b"notes")
    draft.commit()
    assert log == [("fsync", 5), ("notes.txt replaced", 5)]
