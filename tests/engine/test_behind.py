"""What comes is written and hashed in a thread of its own, in order, and nothing of it is written twice."""

import hashlib
import io
import os
import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.inside.files import WriteBehind, write_behind

DATA = random.Random(5).randbytes(9_000_001)


def threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "tonearm-write-behind"}


def give(behind: WriteBehind, data: bytes, step: int) -> None:
    for start in range(0, len(data), step):
        behind.write(data[start : start + step])


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread begins with the first buffer."""
    monkeypatch.setattr(write_behind, "_ALONE", 0)


@pytest.mark.parametrize("alone", [0, 700_000, 2_000_000])
@pytest.mark.parametrize("step", [9_001, 65_536, 300_001, 524_288, 9_000_001])
@pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 9_000_001])
def test_all_is_written_and_hashed_in_order(size: int, step: int, alone: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_behind, "_ALONE", alone)
    file, before = io.BytesIO(), threads()
    behind = WriteBehind(file)
    give(behind, DATA[:size], step)
    for _ in range(2):
        assert behind.sha256() == hashlib.sha256(DATA[:size]).hexdigest()
    assert file.getvalue() == DATA[:size]
    assert threads() <= before


@pytest.mark.parametrize("step", [1000, 100_000])
def test_a_short_file_needs_no_thread(step: int) -> None:
    used = set[threading.Thread]()
    behind = WriteBehind(Watched(lambda _: used.add(threading.current_thread())))
    give(behind, DATA[:1_000_000], step)
    assert behind.sha256() == hashlib.sha256(DATA[:1_000_000]).hexdigest()
    assert used == {threading.current_thread()}


def refused(_: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


@pytest.mark.parametrize("step", [9_001, 300_001])
def test_without_another_thread_the_callers_writes(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading.Thread, "start", refused)
    file = io.BytesIO()
    behind = WriteBehind(file)
    give(behind, DATA, step)
    assert behind.sha256() == hashlib.sha256(DATA).hexdigest()
    assert file.getvalue() == DATA


def test_it_goes_on_after_it_was_drained() -> None:
    file = io.BytesIO()
    behind = WriteBehind(file)
    for start in range(0, len(DATA), 3_000_000):
        behind.write(DATA[start : start + 3_000_000])
        behind.drain()
        assert file.getvalue() == DATA[: start + 3_000_000]
    assert behind.sha256() == hashlib.sha256(DATA).hexdigest()


def test_what_is_there_already_is_hashed_and_not_written() -> None:
    file = io.BytesIO()
    behind = WriteBehind(file)
    behind.known(DATA[:5])
    give(behind, DATA[5:], 300_001)
    assert behind.sha256() == hashlib.sha256(DATA).hexdigest()
    assert file.getvalue() == DATA[5:]


def test_the_file_of_somebody_else_is_only_hashed() -> None:
    behind = WriteBehind(None)
    give(behind, DATA, 300_001)
    assert behind.sha256() == hashlib.sha256(DATA).hexdigest()


def test_closing_writes_what_came_and_ends_the_thread() -> None:
    file, before = io.BytesIO(), threads()
    behind = WriteBehind(file)
    behind.write(DATA)
    behind.close()
    behind.close()
    assert file.getvalue() == DATA
    assert threads() <= before


class Watched(io.BytesIO):
    """Calls `then` with the number of each write before it is done."""

    def __init__(self, then: Callable[[int], object]) -> None:
        super().__init__()
        self.then, self.count = then, 0

    def write(self, block: Any, /) -> int:
        self.count += 1
        self.then(self.count)
        return super().write(block)


def test_a_slow_download_is_written_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    written = threading.Semaphore(0)
    behind = WriteBehind(Watched(lambda _: written.release()))
    monkeypatch.setattr(write_behind, "_PAUSE", 0.0)
    behind.write(b"few bytes")
    assert written.acquire(timeout=30)
    behind.close()


@pytest.mark.usefixtures("at_once")
def test_memory_is_bounded_whoever_gives_faster_than_is_written_waits() -> None:
    go, taken = threading.Event(), list[int]()
    behind = WriteBehind(Watched(lambda _: go.wait(30)))

    def fill() -> None:
        for _ in range(8):
            behind.write(bytes(write_behind._SIZE))
            taken.append(1)

    filling = threading.Thread(target=fill, daemon=True)
    filling.start()
    filling.join(0.2)
    assert len(taken) <= write_behind._BUFFERS
    go.set()
    filling.join(30)
    assert len(taken) == 8
    behind.close()


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("ending", ["write", "drain", "sha256"])
@pytest.mark.parametrize("error", [OSError(28, "the disk is full"), ValueError("closed")])
def test_a_failure_is_told_and_nothing_is_written_after_it(ending: str, error: Exception) -> None:
    failed = threading.Event()

    def fail(count: int) -> None:
        if count == 2:
            failed.set()
            raise error

    file = Watched(fail)
    behind = WriteBehind(file)
    behind.write(DATA[: 2 * write_behind._SIZE])
    assert failed.wait(30)
    behind.close()
    with pytest.raises(type(error), match=str(error.args[-1])):
        {"write": lambda: behind.write(b"more"), "drain": behind.drain, "sha256": behind.sha256}[ending]()
    behind.close()
    assert file.getvalue() == DATA[: write_behind._SIZE]


@pytest.mark.usefixtures("at_once")
def test_blocks_given_before_a_failure_was_known_are_not_written_either() -> None:
    go = threading.Event()

    def fail(count: int) -> None:
        go.wait(30)
        if count == 1:
            raise OSError(5, "gone")

    file = Watched(fail)
    behind = WriteBehind(file)
    behind.write(bytes(write_behind._SIZE * 2))
    go.set()
    with pytest.raises(OSError, match="gone"):
        behind.drain()
    assert (file.count, file.getvalue()) == (1, b"")


@pytest.mark.usefixtures("at_once")
def test_an_interruption_while_a_buffer_is_handed_over_has_nothing_written_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = io.BytesIO()
    behind = WriteBehind(file)
    put = behind._given.put

    def interrupted(given: Any) -> None:
        put(given)
        if given is not None:
            raise KeyboardInterrupt

    monkeypatch.setattr(behind, "_given", _Queue(interrupted, behind._given.get))
    with pytest.raises(KeyboardInterrupt):
        behind.write(DATA)
    behind.close()
    assert file.getvalue() == DATA[: write_behind._SIZE]


class _Queue:
    def __init__(self, put: Callable[[Any], None], get: Callable[[], Any]) -> None:
        self.put, self.get = put, get


def test_a_long_file_goes_to_the_disk_and_out_of_memory_while_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[tuple[int, int]]()
    monkeypatch.setattr(write_behind, "_WINDOW", 1_000_000)
    monkeypatch.setattr(write_behind, "_advise", lambda _fd, start, size, _advice: told.append((start, start + size)))
    with (tmp_path / "x").open("w+b", buffering=0) as file:
        file.write(b"before")
        behind = WriteBehind(file)
        give(behind, DATA, 65_536)
        behind.close()
    ends = [end for _, end in told]
    steps = [later - earlier for earlier, later in zip([6, *ends], ends, strict=False)]
    assert len(told) == 8
    assert all(1_000_000 <= step < 1_000_000 + write_behind._SIZE for step in steps)
    assert [start for start, _ in told] == [max(0, end - 4_000_000) for end in ends]


@pytest.mark.parametrize("there", [True, False])
def test_a_system_that_takes_no_advice_gets_the_file_all_the_same(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(22, os.strerror(22))

    monkeypatch.setattr(write_behind, "_WINDOW", 1_000_000)
    monkeypatch.setattr(write_behind, "_advise", refuse if there else None)
    with (tmp_path / "x").open("w+b", buffering=0) as file:
        behind = WriteBehind(file)
        give(behind, DATA, 65_536)
        assert behind.sha256() == hashlib.sha256(DATA).hexdigest()
    assert (tmp_path / "x").read_bytes() == DATA
