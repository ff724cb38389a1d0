"""Records that outlive a process: private, one owner at a time, and never another's file."""

import errno
import json
import os
import socket
import sys
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace
from typing import IO

import pytest

from tests.inside.files import NamedFile, StateLog, atomic, is_locked, locked, open_log, state_folder, state_log
from tonearm.errors import InvalidInput, MissingFile


def filled(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_a_log_is_private_from_its_first_byte_and_keeps_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "log"
    log = StateLog.make(path)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert log.lines() == []
    log.append({"a": "ü"})
    log.append({"b": [1]})
    assert log.lines() == [{"a": "ü"}, {"b": [1]}]
    log.close()
    log = StateLog.take_up(path)
    assert log.lines() == [{"a": "ü"}, {"b": [1]}]
    log.append({"c": None})
    assert path.read_text().splitlines()[2:] == ['{"c": null}']
    log.remove()
    assert not path.exists()


def test_an_empty_file_may_be_taken_and_becomes_private(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.touch(0o644)
    log = StateLog.make(path)
    assert path.stat().st_mode & 0o777 == 0o600
    log.close()


def test_a_file_that_is_refused_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    path.chmod(0o644)
    with pytest.raises(InvalidInput, match="exists already"):
        StateLog.make(path)
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("torn", [b'{"b"', b'{"b": 1}', b"\xff"])
def test_a_torn_line_is_overwritten_by_the_next(tmp_path: Path, torn: bytes) -> None:
    path = filled(tmp_path / "log", {"a": 1})
    path.write_bytes(path.read_bytes() + torn)
    log = StateLog.take_up(path)
    assert log.lines() == [{"a": 1}]
    log.append({"c": 2})
    log.close()
    assert path.read_text() == '{"a": 1}\n{"c": 2}\n'


@pytest.mark.parametrize("when", ["write", "sync"])
def test_a_line_that_could_not_be_written_is_overwritten_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    def fail(self: NamedFile, data: bytes) -> int:
        os.write(self.fileno(), bytes(data)[:7])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    log = StateLog.make(tmp_path / "log")
    log.append({"a": 1})
    with monkeypatch.context() as broken:
        if when == "write":
            broken.setattr(NamedFile, "write", fail)
        else:
            broken.setattr(os, "fsync", refuse)
        with pytest.raises(OSError, match="No space left"):
            log.append({"b": 2})
    log.append({"c": 3})
    log.append({"d": 4})
    log.close()
    assert log.path.read_text() == '{"a": 1}\n{"c": 3}\n{"d": 4}\n'


@pytest.mark.parametrize("content", [b"fLaC" * 9, b"[1]\n", b"{}\nx\n", b"{}\n[]\n", b"{\xff}\n", b"\n{}\n"])
def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log"
    path.write_bytes(content)
    log = StateLog.take_up(path)
    with pytest.raises(InvalidInput, match="is not a state file of this library"):
        log.lines()
    log.close()
    with pytest.raises(InvalidInput, match="exists already"):
        StateLog.make(path)
    assert path.read_bytes() == content


def test_a_log_has_one_owner_at_a_time(tmp_path: Path) -> None:
    path = filled(tmp_path / "log", {})
    owner = StateLog.take_up(path)
    for way in (StateLog.take_up, StateLog.make, lambda path: StateLog.take_up(path, share=True)):
        with pytest.raises(InvalidInput, match="another transfer uses the state file"):
            way(path)
    owner.close()
    readers = [StateLog.take_up(path, share=True) for _ in range(2)]
    with pytest.raises(InvalidInput, match="another transfer"):
        StateLog.take_up(path)
    for reader in readers:
        reader.close()
    StateLog.take_up(path).close()


def test_a_log_that_is_removed_while_it_is_opened_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = filled(tmp_path / "log", {}), state_log.open_log

    def open_late(path: Path, *, create: bool) -> object:
        file = real(path, create=create)
        if not gone:
            gone.append(path)
            path.unlink()
        return file

    gone: list[Path] = []
    monkeypatch.setattr(state_log, "open_log", open_late)
    with pytest.raises(MissingFile, match="there is no state file"):
        StateLog.take_up(path)
    gone.clear()
    log = StateLog.make(path)
    log.append({"mine": 1})
    assert json.loads(path.read_text()) == {"mine": 1}
    log.close()


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput, match=r"cannot be written: .*File exists|Not a directory"):
        StateLog.make(tmp_path / "file" / "log")
    with pytest.raises(InvalidInput, match=r"cannot be written: .*null"):
        StateLog.make(tmp_path / "a\0b")
    with pytest.raises(InvalidInput, match=r"cannot be opened: .*null"):
        StateLog.take_up(tmp_path / "a\0b")


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "link to a file", "link to nothing", "link to a device"])
@pytest.mark.parametrize("late", [False, True])
def test_what_is_no_regular_file_is_never_opened_changed_or_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, late: bool
) -> None:
    target, path = tmp_path / "target", tmp_path / "place"
    with socket.socket(socket.AF_UNIX) as server:
        if kind == "folder":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path, 0o666)
        elif kind == "socket":
            server.bind(str(path))
        else:
            path.symlink_to(
                {"link to nothing": tmp_path / "nothing", "link to a device": "/dev/null"}.get(kind, target)
            )
            target.touch(0o644)
        if late:  # it takes the place of a file after that was looked at
            monkeypatch.setattr(atomic, "check_private", lambda _: None)
        before = path.lstat().st_mode
        for way in (StateLog.make, StateLog.take_up, StateLog.claim):
            with pytest.raises(InvalidInput):
                way(path)
        assert path.lstat().st_mode == before
        assert not target.exists() or (target.stat().st_mode & 0o777, target.stat().st_size) == (0o644, 0)


def test_what_took_the_place_of_a_log_stays(tmp_path: Path) -> None:
    log = StateLog.make(tmp_path / "log")
    log.append({"a": 1})
    other = filled(tmp_path / "other", {"b": 2}).rename(log.path)
    log.remove()
    assert json.loads(other.read_text()) == {"b": 2}


def test_without_a_home_there_is_no_folder_for_state(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(InvalidInput, match="neither HOME nor TONEARM_STATE nor XDG_STATE_HOME is set"):
        state_folder()


def test_a_file_system_without_locks_is_used_without_and_any_other_failure_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(number: int) -> None:
        def flock(*_: object) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr("fcntl.flock", flock)

    for number in (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP):
        refuse(number)
        caplog.clear()
        StateLog.make(tmp_path / f"log {number}").leave()
        assert "without a lock" in caplog.text
    refuse(errno.EIO)
    for opening in (StateLog.make, StateLog.claim):
        with pytest.raises(InvalidInput, match=r"cannot be written: .*Input/output error"):
            opening(tmp_path / "log")


def test_windows_locks_a_byte_that_no_file_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as it can be tried elsewhere: without fcntl, and with a lock for one owner in the place of msvcrt's."""
    import fcntl

    asked: list[tuple[int, int]] = []
    refused = Event()

    def locking(descriptor: int, _how: int, count: int) -> None:
        asked.append((os.lseek(descriptor, 0, os.SEEK_CUR), count))
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            refused.set()
            raise PermissionError(errno.EACCES, "locked") from error

    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    monkeypatch.setitem(sys.modules, "fcntl", None)
    path = tmp_path / "log"
    log = StateLog.make(path)
    log.append({"a": 1})
    assert set(asked) == {(2**31 - 2, 1)}
    with pytest.raises(InvalidInput, match="another transfer uses"):
        StateLog.take_up(path)
    assert is_locked(path)
    waiting: list[IO[bytes]] = []
    waiter = Thread(target=lambda: waiting.append(locked(path, lambda: open_log(path, create=False), wait=True)))
    looks = len(asked)
    refused.clear()
    waiter.start()
    assert refused.wait(60)
    log.close()
    waiter.join()
    waiting[0].close()
    assert len(asked) > looks + 1
    assert not is_locked(path)
    assert not is_locked(tmp_path / "nothing")
    again = StateLog.take_up(path)
    assert again.lines() == [{"a": 1}]
    again.close()


def test_lines_whose_bytes_were_lost_with_the_power_are_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for content, lines in ((b"\0" * 50, []), (b'{"a": 1}\n{"b"' + b"\0" * 9, [{"a": 1}])):
        path.write_bytes(content)
        log = StateLog.take_up(path)
        assert log.lines() == lines
        log.append({"c": 1})
        assert log.lines() == [*lines, {"c": 1}]
        log.close()


@pytest.mark.parametrize("given", ["", "relative", None])
def test_state_is_kept_below_home_unless_an_absolute_place_is_named(
    monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    monkeypatch.setenv("HOME", "/home/someone")
    if given is None:
        monkeypatch.delenv("XDG_STATE_HOME")
    else:
        monkeypatch.setenv("XDG_STATE_HOME", given)
    assert state_folder() == Path("/home/someone/.local/state/tonearm")
    monkeypatch.setenv("XDG_STATE_HOME", "/elsewhere")
    assert state_folder() == Path("/elsewhere/tonearm")
