"""`bulk.run_async`: the same run beside other work of an event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from inspect import signature
from pathlib import Path

import pytest

from tonearm import InvalidInput, bulk


def states(ledger: Path) -> list[str]:
    with bulk.Ledger.read(ledger) as book:
        return [row.state for row in book.rows()]


def test_it_takes_what_run_takes() -> None:
    assert list(signature(bulk.run_async).parameters) == list(signature(bulk.run).parameters)


def test_functions_are_done_in_threads_and_progress_is_told_in_the_loop(tmp_path: Path) -> None:
    seen: list[tuple[int, threading.Thread]] = []

    async def main() -> bulk.Report:
        met = asyncio.Event()
        loop = asyncio.get_running_loop()

        def task(job: bulk.Job) -> None:
            assert threading.current_thread() is not threading.main_thread()
            if job.input == "0":  # ends only because the loop is free meanwhile
                asyncio.run_coroutine_threadsafe(met.wait(), loop).result()

        running = asyncio.create_task(
            bulk.run_async(
                task,
                map(str, range(20)),
                ledger=tmp_path / "ledger",
                workers=2,
                on_progress=lambda report: seen.append((report.done, threading.current_thread())),
            )
        )
        await asyncio.sleep(0)
        met.set()
        return await running

    report = asyncio.run(main())
    assert (report.done, report.ok) == (20, True)
    assert seen[-1] == (20, threading.main_thread())


def test_coroutines_and_async_iterables_are_done_in_the_loop(tmp_path: Path) -> None:
    async def task(job: bulk.Job) -> bulk.Result | None:
        assert threading.current_thread() is threading.main_thread()
        await asyncio.sleep(0)
        if job.input == "3":
            raise InvalidInput("no")
        return bulk.Result(made=job.input)

    async def jobs() -> AsyncIterator[str | None]:
        for number in range(5):
            await asyncio.sleep(0.05 if number == 2 else 0)  # longer than the driver looks for the next one
            yield str(number)

    report = asyncio.run(bulk.run_async(task, jobs(), ledger=tmp_path / "ledger"))
    assert (report.done, report.failed) == (4, 1)
    assert asyncio.run(bulk.run_async(task, jobs(), ledger=tmp_path / "ledger")).skipped == 5


def test_what_jobs_and_progress_raise_ends_the_run(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[str]:
        yield "a"
        raise TimeoutError("the table ended")

    def full(_: bulk.Report) -> None:
        raise OSError("full")

    with pytest.raises(TimeoutError, match="the table ended"):
        asyncio.run(bulk.run_async(lambda _: None, broken(), ledger=tmp_path / "one"))
    with pytest.raises(OSError, match="full"):
        asyncio.run(bulk.run_async(lambda _: None, ["a", "b"], ledger=tmp_path / "two", on_progress=full))


@pytest.mark.parametrize("endless", [False, True])
def test_a_cancelled_run_ends_what_is_under_way_and_leaves_the_rest(tmp_path: Path, endless: bool) -> None:
    async def main() -> None:
        begun, go_on = threading.Event(), threading.Event()

        def task(_: bulk.Job) -> None:
            begun.set()
            go_on.wait()

        async def jobs() -> AsyncIterator[str]:
            for number in range(3):
                yield str(number)
            await asyncio.Event().wait()

        found = jobs() if endless else map(str, range(3))
        running = asyncio.create_task(bulk.run_async(task, found, ledger=tmp_path / "ledger", workers=1))
        await asyncio.to_thread(begun.wait)
        running.cancel()
        await asyncio.sleep(0)
        assert not running.done()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(main())
    assert states(tmp_path / "ledger")[0] == "done"
    assert set(states(tmp_path / "ledger")[1:]) <= {"waiting"}


def test_a_run_that_is_cancelled_twice_ends_at_once_and_its_jobs_wait(tmp_path: Path) -> None:
    async def main() -> None:
        begun = asyncio.Event()

        async def task(_: bulk.Job) -> None:
            begun.set()
            await asyncio.Event().wait()

        running = asyncio.create_task(bulk.run_async(task, ["a"], ledger=tmp_path / "ledger", workers=1))
        await begun.wait()
        for _ in range(2):
            running.cancel()
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(main())  # which ends the coroutine, and waits for the driver's thread
    assert states(tmp_path / "ledger") == ["waiting"]


def test_a_loop_that_ends_all_its_tasks_ends_the_run(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def task(_: bulk.Job) -> None:
        begun.set()
        go_on.wait()

    async def main() -> None:
        running = asyncio.create_task(bulk.run_async(task, map(str, range(3)), ledger=tmp_path / "ledger", workers=1))
        await asyncio.to_thread(begun.wait)
        for one in asyncio.all_tasks() - {asyncio.current_task()}:
            one.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        go_on.set()

    asyncio.run(main())
    assert states(tmp_path / "ledger")[0] == "done"
