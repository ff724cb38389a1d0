"""A disk that is full: the error names the file, whichever way it was written."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.inside.files import Draft, NamedFile, StateLog, open_new, open_part, sync, write_state, write_whole
from tonearm.sandbox import start
from tonearm.sandbox.library import PACKAGED, items

FULL = Path("/dev/full")
CLIP = items(PACKAGED)[-1]


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each file that is opened stand for a device that takes nothing."""
    opened = os.open

    def to_nowhere(path: object, flags: int, *more: int) -> int:
        os.close(opened(str(path), flags, *more))
        return opened(FULL, os.O_RDWR)

    monkeypatch.setattr("tonearm._files.atomic.os.open", to_nowhere)


def write_draft(path: Path) -> None:
    draft = Draft.beside(path)
    try:
        draft.file.write(b"x")
        draft.commit()
    finally:
        draft.discard()


def write_raw(path: Path) -> None:
    with open_part(path) as file:
        file.write(b"x")


def write_new(path: Path) -> None:
    file = open_new(path)
    try:
        file.write(b"x")
        sync(file)
    finally:
        file.raw.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "write",
    [
        write_draft,
        write_raw,
        write_new,
        lambda path: write_whole(path, lambda file: file.write(b"x")),
        lambda path: write_state(path, {}, durable=False),
    ],
)
def test_a_full_disk_is_said_with_the_file(write: Callable[[Path], object], full: None, tmp_path: Path) -> None:
    path = tmp_path / "song.flac"
    with pytest.raises(OSError, match="No space left on device") as caught:
        write(path)
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(path))
    assert write in (write_raw, write_new) or not path.exists()


def test_a_journal_on_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    log = StateLog.make(tmp_path / "journal")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space left") as caught:
        log.append({"a": 1})
    log.close()
    assert caught.value.filename == str(tmp_path / "journal")


def test_a_file_that_cannot_be_cut_is_named(tmp_path: Path) -> None:
    (tmp_path / "read").write_bytes(b"x")
    file = NamedFile(os.open(tmp_path / "read", os.O_RDONLY), "rb+", tmp_path / "read")
    with file, pytest.raises(OSError, match="Invalid argument") as caught:
        file.truncate(0)
    assert caught.value.filename == str(tmp_path / "read")


@pytest.mark.usefixtures("unmeasured")
def test_the_command_names_the_file_that_found_no_room(tmp_path: Path) -> None:
    """A limit for the size of files fails as a full disk does: after some bytes."""
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
    script = limited + "from tonearm.cli import main; sys.exit(main(sys.argv[1:]))"
    with start() as box:
        env = {**os.environ, "JELLYFIN_URL": box.jellyfin_url, "JELLYFIN_TOKEN": "sandbox-token"}
        words = ["jellyfin", "download", str(CLIP.id), "-o", str(tmp_path / "song.flac")]
        done = subprocess.run(
            [sys.executable, "-c", script, *words], env=env, cwd=tmp_path, capture_output=True, text=True, check=False
        )
    assert f"tonearm: {tmp_path}/song.flac.part: File too large" in done.stderr
    assert "Traceback" not in done.stderr
