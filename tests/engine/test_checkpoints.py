"""What has come is made durable while more arrives, and no more is recorded than the disk has for sure."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.inside.files import WriteBehind
from tests.inside.transfer import Checkpoints, checkpoints

STEP = 1000


def threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "tonearm-checkpoint"}


class Watched(Checkpoints):
    """Sets `waited_for` when somebody waits for a checkpoint."""

    waited_for = threading.Event()

    def close(self) -> None:
        if self._thread is not None:
            self.waited_for.set()
        super().close()


class Disk:
    """A file, and what is recorded of it; `wait` is called while it is made durable."""

    def __init__(self, file: IO[bytes]) -> None:
        self.wait: Callable[[], object] = bool
        self.entered = threading.Semaphore(0)
        self.recorded: list[int] = []
        self.behind = WriteBehind(file)
        self.checkpoints = Watched(file, self.behind, self.recorded.append)

    def sync(self, _: IO[bytes]) -> None:
        self.entered.release()
        self.wait()

    def receive(self, count: int) -> None:
        self.behind.write(bytes(count))
        self.behind.drain()
        self.checkpoints.at(self.behind.position)


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    monkeypatch.setattr(checkpoints, "_STEP", STEP)
    monkeypatch.setattr(checkpoints, "_MOST", 2 * STEP)
    monkeypatch.setattr(Watched, "waited_for", threading.Event())
    with (tmp_path / "x").open("w+b", buffering=0) as file:
        made = Disk(file)
        monkeypatch.setattr(checkpoints, "sync", made.sync)
        yield made
        made.checkpoints.close()


def test_without_another_thread_receiving_waits(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refused)
    disk.receive(STEP)
    disk.receive(STEP)
    assert disk.recorded == [STEP, 2 * STEP]


def test_more_arrives_while_the_disk_is_waited_for_and_only_what_was_there_before_is_recorded(disk: Disk) -> None:
    go = threading.Event()
    disk.wait = lambda: go.wait(30)
    disk.receive(STEP - 1)
    disk.receive(1)
    assert disk.entered.acquire(timeout=30)
    disk.receive(STEP - 1)
    assert disk.recorded == []
    go.set()
    disk.checkpoints.wait()
    assert disk.recorded == [disk.checkpoints.saved] == [STEP]
    assert not disk.entered.acquire(blocking=False)


def test_a_disk_that_is_too_slow_is_waited_for(disk: Disk) -> None:
    disk.wait = lambda: Watched.waited_for.wait(30)
    disk.receive(STEP)
    assert disk.entered.acquire(timeout=30)
    disk.receive(STEP)
    assert disk.recorded[:1] == [STEP]
    disk.checkpoints.wait()
    assert disk.recorded == [STEP, 2 * STEP]


@pytest.mark.parametrize("error", [OSError(5, "the disk is broken"), ValueError("closed")])
@pytest.mark.parametrize("ending", ["at", "wait"])
def test_a_failure_is_told_for_good_and_nothing_is_recorded_after_it(disk: Disk, ending: str, error: Exception) -> None:
    def fail() -> None:
        raise error

    disk.wait = fail
    disk.receive(STEP)
    disk.checkpoints.close()
    disk.wait = bool
    for _ in range(2):
        with pytest.raises(type(error), match=str(error.args[-1])):
            {"at": lambda: disk.checkpoints.at(STEP), "wait": disk.checkpoints.wait}[ending]()
    assert (disk.recorded, disk.checkpoints.saved) == ([], 0)
    assert disk.entered.acquire(timeout=30)
    assert not disk.entered.acquire(blocking=False)


def test_no_thread_outlives_its_download(disk: Disk) -> None:
    before = threads()
    for number in range(1, 6):
        disk.receive(STEP)
        disk.checkpoints.close()
        assert disk.recorded[-1] == STEP * number
        assert threads() <= before
