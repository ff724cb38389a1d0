"""Leaving a plan stops what it forked, also while a server is silent; what is stopped changes nothing any more."""

import asyncio
import gc
import threading
import warnings
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import httpx
import pytest

from tests.engine.ways import ASYNC, LONGER, Ahead, Sink, Way, both, get, head_of, wire
from tests.inside.base import check_stop, starting, stopping
from tests.inside.engine import Call, Fetch, First, Fork, Open, Plan, Sleep, Work, attempt, run, run_async, runners
from tests.inside.files import Source
from tests.inside.http import Field, Request, new_async_client, new_client
from tests.wire.recorder import HOLD, Recorder, answer
from tonearm.errors import TimedOut


class Left(Exception):
    """Why the parent leaves."""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork that waits for a silent server is let go at once, where the time is not what is tested."""
    monkeypatch.setattr(runners, "STOP_PATIENCE", 0.01)


def join_forks() -> None:
    """Wait until every thread of a fork has ended."""
    for thread in threading.enumerate():
        if thread.name == "tonearm-fork":
            thread.join(30)
            assert not thread.is_alive()


FIRST, REST = head_of(length=600_000) + b"x" * 300_000, b"y" * 300_000


@pytest.mark.parametrize("before", [b"", FIRST[:-300_000], FIRST], ids=["no head", "head", "half the body"])
def test_a_fork_that_was_left_writes_nothing_when_the_server_wakes_up(before: bytes) -> None:
    sink, gate, changed = Sink(), threading.Event(), list[str]()

    def child() -> Plan[None]:
        yield from Fetch(get(), sink.start)
        yield from Work(lambda: changed.append("work"))

    def parent() -> Plan[None]:
        yield from Fork(child())
        yield from Work(lambda: server.arrived.wait(30))
        raise Left

    whole = FIRST + REST
    script = (before, gate, whole[len(before) :]) if before else (gate, whole)
    with Recorder([script]) as server, new_client() as client:
        with pytest.raises(Left):
            run(parent(), wire(client, server.url))
        written, heads = len(sink.blocks), len(sink.heads)
        gate.set()
        join_forks()
    assert (len(sink.blocks), len(sink.heads), changed) == (written, heads, [])


def interrupted(_: threading.Thread) -> None:
    raise KeyboardInterrupt


def interrupted_at_the_lock(_: threading.Thread) -> None:
    """What CPython makes of Ctrl-C while it waits for the lock that the new thread holds for a moment."""
    try:
        raise KeyboardInterrupt
    finally:
        raise RuntimeError("release unlocked lock")


@pytest.mark.parametrize("begin", [interrupted, interrupted_at_the_lock])
def test_ctrl_c_while_a_fork_is_started_is_ctrl_c(
    begin: Callable[[threading.Thread], None], monkeypatch: pytest.MonkeyPatch
) -> None:

    def parent() -> Plan[None]:
        yield from Fork(parent())

    monkeypatch.setattr(runners.Thread, "start", begin)
    with pytest.raises(KeyboardInterrupt), new_client() as client:
        run(parent(), wire(client, "http://127.0.0.1:9"))


def test_a_thread_that_the_system_refuses_is_an_error_of_the_system() -> None:
    with pytest.raises(OSError, match="the system refuses another thread") as refused, starting():
        raise RuntimeError("can't start new thread")
    assert type(refused.value) is OSError  # a BlockingIOError says that somebody has a lock


def test_another_failure_to_start_a_thread_stays_what_it_is() -> None:
    with pytest.raises(RuntimeError, match="threads can only be started once"), starting():
        raise RuntimeError("threads can only be started once")


@pytest.mark.parametrize("status", [200, 500])
def test_a_fork_that_was_left_does_not_go_on_after_its_answer(status: int) -> None:
    gate, changed = threading.Event(), list[str]()

    def child() -> Plan[None]:
        try:
            yield from attempt(Call(get(), lambda answer: answer.text()), "always")
        except Exception:
            changed.append("failure")
        changed.append("result")

    def parent() -> Plan[None]:
        yield from Fork(child())
        yield from Work(lambda: server.arrived.wait(30))
        raise Left

    with Recorder([(gate, answer(status=status))] * 4) as server, new_client() as client:
        with pytest.raises(Left):
            run(parent(), wire(client, server.url))
        gate.set()
        join_forks()
    assert changed == []
    assert len(server.requests) == 1


@both
def test_a_fork_that_sleeps_is_stopped(way: Way) -> None:
    ended = list[str]()

    def child() -> Plan[None]:
        try:
            yield from Sleep(1000)
        finally:
            ended.append("closed")

    def parent() -> Plan[None]:
        yield from Fork(child())
        yield from Sleep(0.01)
        raise Left

    with pytest.raises(Left):
        way.run(parent(), "http://unused")
    join_forks()
    assert ended == ["closed"]


@both
def test_a_fork_that_works_is_stopped_at_its_next_block(
    way: Way, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(runners, "STOP_PATIENCE", 30.0)
    started, ended = threading.Event(), list[str]()

    def work() -> None:
        started.set()
        try:
            while True:
                check_stop()
        finally:
            ended.append("work")

    def child() -> Plan[None]:
        yield from Work(work)
        ended.append("more")

    def parent() -> Plan[None]:
        yield from Fork(child())
        yield from Work(lambda: started.wait(30))
        raise Left

    with pytest.raises(Left):
        way.run(parent(), "http://unused")
    assert ended == ["work"]
    gc.collect()
    assert [record for record in caplog.records if record.name == "asyncio"] == []


@both
def test_a_fork_that_sends_is_stopped_before_the_next_block(way: Way) -> None:
    counted, leaving = list[int](), threading.Event()

    def sent(done: int) -> None:
        counted.append(done)
        leaving.set()

    def child(source: Source) -> Plan[None]:
        form = [Field("file", source.window(), "f.bin", "audio/flac")]
        yield from Call(Request(method="POST", path="/", form=form, sent=sent), bool)

    def parent() -> Plan[None]:
        with Source.open(bytes(20_000_000)) as source:
            yield from Fork(child(source))
            yield from Work(lambda: leaving.wait(30))
            raise Left

    with Recorder([answer()]) as server:
        with pytest.raises(Left):
            way.run(parent(), server.url)
        join_forks()
    assert counted[-1] < 20_000_000


@both
def test_the_first_failure_stops_the_other_forks(way: Way) -> None:
    ended = list[str]()

    def slow() -> Plan[None]:
        try:
            yield from Sleep(1000)
        finally:
            ended.append("slow")

    def failing() -> Plan[None]:
        yield from Work(lambda: None)
        raise Left

    def parent() -> Plan[Any]:
        one = yield from Fork(slow())
        other = yield from Fork(failing())
        return (yield from First(frozenset({one, other})))

    with pytest.raises(Left):
        way.run(parent(), "http://unused")
    join_forks()
    assert ended == ["slow"]


def text(answer: Any) -> str:
    return str(answer.text())


EXCHANGES: dict[str, Callable[[Sink], Any]] = {
    "call": lambda sink: Call(get(), text),
    "fetch": lambda sink: Fetch(get(), sink.start),
    "open": lambda sink: Open(get()),
}
SILENCES = {"no head": (HOLD,), "no body": (head_of(length=9), HOLD), "error": (head_of(500, length=9), HOLD)}


@pytest.mark.parametrize("silence", SILENCES)
@pytest.mark.parametrize("name", EXCHANGES)
def test_cancelling_closes_the_connection(name: str, silence: str) -> None:
    sink = Sink()

    def plan() -> Plan[Any]:
        return (yield from EXCHANGES[name](sink))

    async def perform() -> None:
        async with new_async_client() as client:
            task = asyncio.create_task(run_async(plan(), wire(client, server.url)))
            assert await asyncio.to_thread(server.arrived.wait, 30)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(server.hung_up.wait, 30)

    with Recorder([SILENCES[silence]]) as server:
        asyncio.run(perform())
    assert sink.blocks == []


def test_cancelling_in_the_middle_of_a_body_closes_the_connection() -> None:
    sink, begun = Sink(), threading.Event()

    class Telling(Sink):
        def write(self, block: bytes) -> None:
            sink.write(block)
            begun.set()

    def plan() -> Plan[Any]:
        return (yield from Fetch(get(), Telling().start))

    async def perform() -> None:
        async with new_async_client() as client:
            task = asyncio.create_task(run_async(plan(), wire(client, server.url)))
            assert await asyncio.to_thread(begun.wait, 30)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(server.hung_up.wait, 30)

    with Recorder([(head_of(length=10**6), b"x" * 300_000, HOLD)]) as server:
        asyncio.run(perform())
    assert set(sink.body) == {ord("x")}


def test_cancelling_reaches_the_forks() -> None:
    def child() -> Plan[Any]:
        return (yield from Call(get(), text))

    def plan() -> Plan[Any]:
        ticket = yield from Fork(child())
        return (yield from First(frozenset({ticket})))

    async def perform() -> None:
        async with new_async_client() as client:
            task = asyncio.create_task(run_async(plan(), wire(client, server.url)))
            assert await asyncio.to_thread(server.arrived.wait, 30)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(server.hung_up.wait, 30)

    with Recorder([(HOLD,)]) as server:
        asyncio.run(perform())
    assert len(server.requests) == 1


def test_work_that_waits_for_a_thread_does_not_begin_after_cancelling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "STOP_PATIENCE", 0.01)
    begun, free = list[str](), threading.Event()

    def plan() -> Plan[None]:
        yield from Work(lambda: begun.append("work"))

    async def perform() -> None:
        with ThreadPoolExecutor(1) as threads:
            asyncio.get_running_loop().set_default_executor(threads)
            busy = asyncio.get_running_loop().run_in_executor(None, free.wait, 30)
            async with new_async_client() as client:
                task = asyncio.create_task(run_async(plan(), wire(client, "http://unused")))
                await asyncio.sleep(0)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            free.set()
            assert await busy

    asyncio.run(perform())
    assert begun == []


@both
def test_a_plan_may_work_on_after_its_deadline(way: Way) -> None:
    release = threading.Event()

    class Slow(Sink):
        def write(self, block: bytes) -> None:
            super().write(block)
            release.wait(1)

    def work() -> str:
        check_stop()
        return "worked"

    def plan() -> Plan[str]:
        try:
            yield from Fetch(get(), Slow().start)
        except TimedOut:
            release.set()
        return (yield from Work(work))

    with Recorder([(head_of(length=10), b"12345", HOLD)]) as server:
        assert way.run(plan(), server.url, deadline=0.2) == "worked"


@both
def test_long_work_ends_with_the_deadline(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    ended, clock = list[str](), Ahead(monkeypatch)

    def work() -> None:
        try:
            check_stop()
            clock.skip(1000)
            while True:
                check_stop()
        finally:
            ended.append("work")

    def plan() -> Plan[None]:
        yield from Work(work)

    with pytest.raises(TimedOut, match="call to http://unused: the deadline") as caught:
        way.run(plan(), "http://unused", deadline=500)
    assert (caught.value.deadline, caught.value.sent, ended) == (True, False, ["work"])


@both
def test_work_that_does_not_look_at_the_deadline_is_done_and_the_next_long_one_is_not_begun(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runners, "STOP_PATIENCE", 30.0)
    done = list[str]()

    def plan() -> Plan[None]:
        done.append((yield from Work(lambda: "short" if threading.Event().wait(0.1) else "late")))
        done.append((yield from Work(lambda: "kept")))
        yield from Work(check_stop)
        done.append("never")

    with pytest.raises(TimedOut):
        way.run(plan(), "http://unused", deadline=0.05)
    assert done == ["late", "kept"]


def test_work_that_never_looks_up_is_let_go_and_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "STOP_PATIENCE", 0.01)
    begun, go_on, undone = threading.Event(), threading.Event(), list[str]()

    def silent() -> str:
        begun.set()
        assert go_on.wait(30)
        return "made"

    def plan() -> Plan[None]:
        try:
            yield from Work(silent, undo=undone.append)
        finally:
            go_on.set()

    for deadline in LONGER:
        with pytest.raises(TimedOut, match="the deadline"):
            ASYNC.run(plan(), "http://unused", deadline=deadline)
        if begun.is_set():
            break
        go_on.clear()
    assert undone == ["made"]


@both
@pytest.mark.parametrize("name", EXCHANGES)
@pytest.mark.usefixtures("_new_garbage_alone")
def test_nothing_is_begun_after_the_deadline(name: str, way: Way) -> None:
    def plan() -> Plan[Any]:
        yield from Work(partial(threading.Event().wait, 0.05))
        return (yield from EXCHANGES[name](Sink()))

    with Recorder([answer(b"x")]) as server, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises(TimedOut) as failure:
            way.run(plan(), server.url, deadline=0.01)
        assert failure.value.deadline
        del failure  # it holds the frames, and with them what was never awaited
        gc.collect()
    assert server.requests == []
    assert [str(warning.message) for warning in caught] == []


def cancelled_in_work(plan: Plan[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Cancel a plan once its first work is done, and before the plan has what came of it."""
    real = runners._unless_stopped

    def late(work: Callable[[], Any]) -> Any:
        result = real(work)
        done.set()
        assert go_on.wait(30)
        return result

    async def perform() -> None:
        async with new_async_client() as client:
            task = asyncio.create_task(run_async(plan, wire(client, "http://unused")))
            assert await asyncio.to_thread(done.wait, 30)
            task.cancel()
            asyncio.get_running_loop().call_soon(go_on.set)
            with pytest.raises(asyncio.CancelledError):
                await task

    done, go_on = threading.Event(), threading.Event()
    monkeypatch.setattr(runners, "STOP_PATIENCE", 30.0)
    monkeypatch.setattr(runners, "_unless_stopped", late)
    asyncio.run(perform())


def test_what_work_made_is_undone_when_nobody_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    undone = list[str]()

    def plan() -> Plan[None]:
        yield from Work(lambda: "made", undo=undone.append)

    cancelled_in_work(plan(), monkeypatch)
    assert undone == ["made"]


def test_what_a_fork_made_after_it_was_left_is_undone() -> None:
    undone, ran = list[str](), list[str]()

    def made() -> str:
        leaving = stopping.get()
        assert leaving is not None
        leaving.wait(30)
        return "made"

    def child() -> Plan[None]:
        ran.append((yield from Work(made, undo=undone.append)))

    def parent() -> Plan[None]:
        yield from Fork(child())
        raise Left

    with new_client() as client, pytest.raises(Left):
        run(parent(), wire(client, "http://unused"))
    join_forks()
    assert (undone, ran) == (["made"], [])


def test_work_that_failed_has_nothing_to_undo(monkeypatch: pytest.MonkeyPatch) -> None:
    undone = list[object]()

    def stopped() -> str:
        started.set()
        while True:
            check_stop()

    def plan() -> Plan[None]:
        yield from Work(stopped, undo=undone.append)

    async def perform() -> None:
        async with new_async_client() as client:
            task = asyncio.create_task(run_async(plan(), wire(client, "http://unused")))
            assert await asyncio.to_thread(started.wait, 30)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    started = threading.Event()
    monkeypatch.setattr(runners, "STOP_PATIENCE", 30.0)
    asyncio.run(perform())
    assert undone == []


def test_cancelling_at_the_very_end_gives_the_connection_back() -> None:
    closed = list[str]()

    class Body(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"x"

        async def aclose(self) -> None:
            closing.set()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            closed.append("closed")

    class Server(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, stream=Body())

    def plan(name: str) -> Plan[Any]:
        return (yield from EXCHANGES[name](Sink()))

    async def perform(name: str) -> None:
        async with httpx.AsyncClient(transport=Server()) as client:
            task = asyncio.create_task(run_async(plan(name), wire(client, "http://unused")))
            await closing.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    for count, name in enumerate(("call", "fetch"), 1):
        closing = asyncio.Event()
        asyncio.run(perform(name))
        assert closed == ["closed"] * count
