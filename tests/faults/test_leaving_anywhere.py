"""Calls that are left at each of their steps in turn, by cancelling or by Ctrl-C: nothing leaks, nothing is lost."""

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.faults.kinds import KINDS, SONG, World
from tests.faults.matrix import Cell, Way, arranged, go_on, nothing_leaks, perform
from tests.faults.raw import RawServer
from tests.faults.table import Fault
from tests.inside.engine import runners

NOTHING_WRONG = Fault(name="nothing", group="none")


class Leaving:
    """Counts the steps that a call takes, and leaves it at one of them."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, 0

    def now(self) -> bool:
        self.steps += 1
        return self.steps == self.at


def leave_at(step: int, after: bool, world: World, monkeypatch: pytest.MonkeyPatch) -> Leaving:
    """Have the next call be left before or after one of its steps."""
    leaving = Leaving(step)
    blocking, asynchronous = runners._Runner.perform, runners._AsyncRunner.perform

    def perform(self: Any, effect: Any) -> Any:
        if threading.current_thread() is threading.main_thread() and leaving.now():
            raise KeyboardInterrupt
        return blocking(self, effect)

    async def perform_async(self: Any, effect: Any) -> Any:
        if not after and leaving.now():
            world.interrupt()
        result = await asynchronous(self, effect)
        if after and leaving.now():
            world.interrupt()
        return result

    monkeypatch.setattr(runners._Runner, "perform", perform)
    monkeypatch.setattr(runners._AsyncRunner, "perform", perform_async)
    return leaving


@pytest.mark.parametrize(
    ("way", "after", "every"),
    [
        ("sync", False, 1),
        ("async", False, 2),
        ("async", True, 2),
        *(pytest.param("async", after, 1, marks=pytest.mark.soak) for after in (False, True)),
    ],
)
@pytest.mark.parametrize("name", KINDS)
def test_a_call_may_be_left_at_any_step(
    name: str,
    way: Way,
    after: bool,
    every: int,
    server: RawServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before each second step and after it: so a task is left once between any two steps."""
    cell = Cell(NOTHING_WRONG, KINDS[name], way, lasting=True)
    for step in range(every, 200, every):
        folder = tmp_path / str(step)
        folder.mkdir()
        world = arranged(cell, World(cell.kind, folder, server, unsure=1), monkeypatch)
        with monkeypatch.context() as patch:
            leaving = leave_at(step, after, world, patch)
            with nothing_leaks(world):
                outcome, result = perform(cell, cell.kind.call, world)
        if outcome == "ok":
            break
        assert outcome == "cancelled"
        assert list((folder / "temporary").iterdir()) == []
        if cell.kind.saves and left_something(world):
            go_on(cell, world)
    assert leaving.steps < step, "it came to its end only when it was left no more"
    cell.kind.check(result, world)


def left_something(world: World) -> bool:
    """Whether there is a journal, or a part of a file, to go on from."""
    if world.kind.name == "download":
        if world.target.exists():  # it was left when all was done
            assert world.target.read_bytes() == SONG
            assert len(list(world.target.parent.iterdir())) == 1
            return False
        return world.kind.interrupted("cancelled", world)
    return world.state.exists() and list(world.state.iterdir()) != []
