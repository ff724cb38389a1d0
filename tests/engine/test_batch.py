"""Blocks that are written together: all of them, in order, and none too late."""

from threading import Event
from types import SimpleNamespace

import pytest

from tests.inside.base import Stopped, stopping
from tests.inside.engine import Batch


class Paper:
    def __init__(self) -> None:
        self.blocks: list[bytes] = []

    def write(self, block: bytes) -> None:
        self.blocks.append(block)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("tonearm._engine.batch.time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def test_the_first_block_is_not_waited_with_and_the_next_are_until_there_are_enough(clock: list[float]) -> None:
    paper, block = Paper(), bytes(200_000)
    batch = Batch(paper)
    assert batch.take(block)
    batch.write()
    assert [batch.take(block) for _ in range(3)] == [False, False, True]
    assert paper.blocks == [block]
    batch.write()
    assert paper.blocks == [block] * 4
    assert not batch.take(block)


def test_what_comes_slowly_is_written_as_it_comes(clock: list[float]) -> None:
    paper = Paper()
    batch = Batch(paper)
    batch.write()
    for number in range(3):
        clock[0] += 0.06
        assert batch.take(bytes([number])) is (number == 1)
        if number == 1:
            batch.write()
    batch.write()
    batch.write()
    assert paper.blocks == [b"\0", b"\1", b"\2"]


def test_who_is_stopped_writes_no_more() -> None:
    paper, stop = Paper(), Event()
    batch = Batch(paper)
    batch.take(b"x")
    stop.set()
    token = stopping.set(stop)
    try:
        with pytest.raises(Stopped):
            batch.write()
    finally:
        stopping.reset(token)
    assert paper.blocks == []
