"""A journal of several threads: each goes on once its line is on the disk, and they wait for the disk together."""

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.inside.files import SharedLog, StateLog

WRITERS = 8


class Disk:
    """Stands for `os.fsync`: holds the first call until `go`, and remembers the lines that each call made durable."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.busy, self.go = threading.Event(), threading.Event()
        self.stored: list[list[int]] = []
        self.failure: OSError | None = None

    def __call__(self, _: int) -> None:
        lines = [json.loads(line)["n"] for line in self.path.read_text().splitlines()]
        if not self.stored:
            self.busy.set()
            assert self.go.wait(30)
        self.stored.append(lines)
        if self.failure is not None:
            raise self.failure


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk(tmp_path / "log")
    monkeypatch.setattr(os, "fsync", made)
    return made


@pytest.fixture
def log(disk: Disk) -> Iterator[SharedLog]:
    made = SharedLog(StateLog.make(disk.path))
    yield made
    left = made.take()
    if left is not None:
        left.close()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """Released with each line that is written."""
    found, write = threading.Semaphore(0), StateLog.write

    def counted(log: StateLog, line: Mapping[str, Any]) -> None:
        write(log, line)
        found.release()

    monkeypatch.setattr(StateLog, "write", counted)
    return found


def crowd(log: SharedLog, disk: Disk, written: threading.Semaphore, then: Callable[[list[Future[None]]], None]) -> None:
    """The first thread waits for the disk, and all others have written a line; then `then`, and the disk goes on."""
    with ThreadPoolExecutor(WRITERS) as pool:
        lines = [pool.submit(log.append, {"n": 0})]
        assert disk.busy.wait(30)
        lines += [pool.submit(log.append, {"n": number}) for number in range(1, WRITERS)]
        for _ in range(WRITERS):
            assert written.acquire(timeout=30)
        then(lines)
        disk.go.set()


def test_what_many_write_while_one_waits_is_made_durable_at_once(
    log: SharedLog, disk: Disk, written: threading.Semaphore
) -> None:
    found = list[Future[None]]()
    crowd(log, disk, written, found.extend)
    assert [line.result() for line in found] == [None] * WRITERS
    assert disk.stored[0] == [0]
    assert [sorted(lines) for lines in disk.stored[1:]] == [list(range(WRITERS))]


def test_nobody_goes_on_before_the_disk_has_the_line(log: SharedLog, disk: Disk, written: threading.Semaphore) -> None:
    def waiting(lines: list[Future[None]]) -> None:
        assert not any(line.done() for line in lines)

    crowd(log, disk, written, waiting)


def test_after_a_failure_nobody_takes_a_line_for_stored(
    log: SharedLog, disk: Disk, written: threading.Semaphore
) -> None:
    disk.failure = OSError(5, "Input/output error")
    found = list[Future[None]]()
    crowd(log, disk, written, found.extend)
    assert [str(line.exception()) for line in found] == [str(disk.failure)] * WRITERS
    disk.failure = None  # the system says it once
    with pytest.raises(OSError, match="Input/output error"):
        log.append({"n": 99})
    assert len(disk.stored) == 1


def test_a_line_that_need_not_be_durable_waits_for_nothing_and_is_stored_with_the_next(
    log: SharedLog, disk: Disk
) -> None:
    log.append({"n": 1}, durable=False)
    assert (disk.stored, disk.path.read_text()) == ([], '{"n": 1}\n')
    disk.go.set()
    log.append({"n": 2})
    assert disk.stored == [[1, 2]]


def test_a_log_that_was_taken_is_closed_for_all(log: SharedLog, disk: Disk, written: threading.Semaphore) -> None:
    with ThreadPoolExecutor(2) as pool:
        line = pool.submit(log.append, {"n": 0})
        assert disk.busy.wait(30)
        taking = pool.submit(log.take)  # waits for the disk, too
        assert not taking.done()
        disk.go.set()
        assert line.result() is None
    left = taking.result()
    assert left is not None
    left.close()
    assert log.take() is None
    with pytest.raises(ValueError, match="the log is closed"):
        log.append({"n": 1})
