"""Live audio, read while it comes."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import pytest

from tests.engine.ways import get, head_of, wire
from tests.inside.engine import Call, Open, Plan, Work
from tests.inside.http import new_async_client, new_client
from tests.wire.recorder import CUT, HOLD, Recorder, answer
from tonearm import AsyncAudioStream, AudioStream
from tonearm.errors import ConnectionFailed, InvalidInput, NotFound

BODY = bytes(range(256)) * 2000


def opening(at: float | None) -> Plan[Any]:
    return (yield from Open(get("/x", query={} if at is None else {"at": at})))


def sync(url: str, use: Callable[[AudioStream], Any]) -> Any:
    with new_client() as client:
        return use(AudioStream(wire(client, url), opening))


def asynchronous(url: str, use: Callable[[AsyncAudioStream], Coroutine[Any, Any, Any]]) -> Any:
    async def perform() -> Any:
        async with new_async_client() as client:
            return await use(AsyncAudioStream(wire(client, url), opening))

    return asyncio.run(perform())


def test_it_is_read_block_by_block() -> None:
    def use(stream: AudioStream) -> bytes:
        with stream as audio:
            assert audio is stream
            assert (audio.content_type, audio.size, audio.request_id) == ("audio/flac", len(BODY), "r1")
            return b"".join(audio)

    async def ause(stream: AsyncAudioStream) -> bytes:
        async with stream as audio:
            assert audio is stream
            assert (audio.content_type, audio.size, audio.request_id) == ("audio/flac", len(BODY), "r1")
            return b"".join([block async for block in audio])

    canned = answer(BODY, content_type="audio/flac; rate=44100", headers={"X-Request-Id": "r1"})
    with Recorder([canned, canned]) as server:
        assert sync(server.url, use) == BODY
        assert asynchronous(server.url, ause) == BODY


SIZES = [1, 0, 10, 300_000, 5, -1, -1, 3]


def expected() -> list[bytes]:
    found, position = [], 0
    for size in SIZES:
        end = len(BODY) if size < 0 else position + size
        found.append(BODY[position:end])
        position = min(end, len(BODY))
    return found


def test_it_is_read_in_the_sizes_that_are_asked_for() -> None:
    def use(stream: AudioStream) -> list[bytes]:
        with stream as audio:
            return [audio.read(size) for size in SIZES]

    async def ause(stream: AsyncAudioStream) -> list[bytes]:
        async with stream as audio:
            return [await audio.read(size) for size in SIZES]

    with Recorder([answer(BODY)] * 2) as server:
        assert sync(server.url, use) == expected()
        assert asynchronous(server.url, ause) == expected()


def test_what_was_read_is_not_read_again_by_iterating() -> None:
    def use(stream: AudioStream) -> bytes:
        with stream as audio:
            return audio.read(3) + b"".join(audio)

    async def ause(stream: AsyncAudioStream) -> bytes:
        async with stream as audio:
            return await audio.read(3) + b"".join([block async for block in audio])

    with Recorder([answer(BODY)] * 2) as server:
        assert sync(server.url, use) == BODY
        assert asynchronous(server.url, ause) == BODY


def test_a_size_that_is_not_told_is_none() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"

    def use(stream: AudioStream) -> Any:
        with stream as audio:
            return audio.size, audio.content_type, audio.request_id, audio.read()

    with Recorder([chunked]) as server:
        assert sync(server.url, use) == (None, "", None, b"hello")


def test_restarting_is_a_new_request_from_another_place() -> None:
    def use(stream: AudioStream) -> tuple[bytes, bytes]:
        with stream as audio:
            first = audio.read(5)
            audio.restart(2.5)
            return first, audio.read()

    async def ause(stream: AsyncAudioStream) -> tuple[bytes, bytes]:
        async with stream as audio:
            first = await audio.read(5)
            await audio.restart(2.5)
            return first, await audio.read()

    with Recorder([answer(BODY), answer(b"second")] * 2) as server:
        assert sync(server.url, use) == (BODY[:5], b"second")
        assert asynchronous(server.url, ause) == (BODY[:5], b"second")
    assert [request.target for request in server.requests] == ["/x", "/x?at=2.5"] * 2


def test_leaving_closes_the_connection() -> None:
    def use(stream: AudioStream) -> bool:
        with stream:
            pass
        return server.hung_up.wait(30)

    async def ause(stream: AsyncAudioStream) -> bool:
        async with stream:
            pass
        return await asyncio.to_thread(server.hung_up.wait, 30)

    for run in (partial(sync, use=use), partial(asynchronous, use=ause)):
        with Recorder([(head_of(length=10**9), b"begin", HOLD)]) as server:
            assert run(server.url)


def test_a_stream_that_is_not_open_cannot_be_read() -> None:
    def use(stream: AudioStream) -> None:
        with pytest.raises(InvalidInput, match="in a with block"):
            stream.read()
        with stream:
            pass
        with pytest.raises(InvalidInput):
            stream.read()
        with pytest.raises(InvalidInput):
            _ = stream.size

    async def ause(stream: AsyncAudioStream) -> None:
        with pytest.raises(InvalidInput):
            await stream.read()

    with Recorder([answer(BODY)]) as server:
        sync(server.url, use)
        asynchronous(server.url, ause)
    assert len(server.requests) == 1


def test_an_answer_that_breaks_off_is_a_failure_after_what_came() -> None:
    def use(stream: AudioStream) -> None:
        with stream as audio:
            assert audio.read(5) == b"begin"
            for expected in ("interrupted after", "was interrupted before", "was interrupted before"):
                with pytest.raises(ConnectionFailed, match=expected):
                    audio.read(1)
            with pytest.raises(ConnectionFailed, match="was interrupted before"):
                list(audio)
            audio.restart(0)
            assert audio.read(5) == b"begin"

    async def ause(stream: AsyncAudioStream) -> None:
        async with stream as audio:
            assert await audio.read(5) == b"begin"
            for expected in ("interrupted after", "was interrupted before"):
                with pytest.raises(ConnectionFailed, match=expected):
                    await audio.read(1)
            await audio.restart(0)
            assert await audio.read(5) == b"begin"

    with Recorder([(head_of(length=99) + b"begin", CUT)] * 4) as server:
        sync(server.url, use)
        asynchronous(server.url, ause)
    assert len(server.requests) == 4


def test_what_came_before_a_break_can_still_be_read() -> None:
    def use(stream: AudioStream) -> list[bytes]:
        with stream as audio:
            with pytest.raises(ConnectionFailed, match="interrupted after"):
                audio.read(50)
            return [audio.read(3), audio.read(2)]

    async def ause(stream: AsyncAudioStream) -> list[bytes]:
        async with stream as audio:
            with pytest.raises(ConnectionFailed, match="interrupted after"):
                await audio.read(50)
            return [await audio.read(3), await audio.read(2)]

    with Recorder([(head_of(length=99) + b"begin", CUT)] * 2) as server:
        assert sync(server.url, use) == [b"beg", b"in"]
        assert asynchronous(server.url, ause) == [b"beg", b"in"]


def test_a_restart_that_fails_leaves_the_stream_closed() -> None:
    def use(stream: AudioStream) -> None:
        with stream as audio:
            with pytest.raises(NotFound):
                audio.restart(5)
            with pytest.raises(InvalidInput):
                audio.read()

    async def ause(stream: AsyncAudioStream) -> None:
        async with stream as audio:
            with pytest.raises(NotFound):
                await audio.restart(5)

    with Recorder([answer(BODY), answer(status=404)] * 2) as server:
        sync(server.url, use)
        asynchronous(server.url, ause)
    assert len(server.requests) == 4


def test_a_stream_that_is_not_open_cannot_be_restarted() -> None:
    def use(stream: AudioStream) -> None:
        with pytest.raises(InvalidInput, match="in a with block"):
            stream.restart(1)
        with stream:
            pass
        with pytest.raises(InvalidInput, match="in a with block"):
            stream.restart(1)

    async def ause(stream: AsyncAudioStream) -> None:
        with pytest.raises(InvalidInput, match="in a with block"):
            await stream.restart(1)
        async with stream:
            pass
        with pytest.raises(InvalidInput, match="in a with block"):
            await stream.restart(1)

    with Recorder([answer(BODY)] * 2) as server:
        sync(server.url, use)
        asynchronous(server.url, ause)
    assert len(server.requests) == 2


def test_leaving_is_done_to_its_end_however_often_the_task_is_cancelled() -> None:
    go, left = threading.Event(), list[str]()

    def leaving() -> Plan[None]:
        yield from Call(get("/left"), lambda answer: left.append(answer.text()))

    async def listen(stream: AsyncAudioStream, began: asyncio.Event) -> None:
        async with stream as audio:
            await audio.read(5)
            began.set()
            await asyncio.Event().wait()

    async def perform(server: Recorder) -> None:
        async with new_async_client() as client:
            began = asyncio.Event()
            task = asyncio.create_task(listen(AsyncAudioStream(wire(client, server.url), opening, leaving), began))
            await began.wait()
            server.arrived.clear()
            task.cancel()
            assert await asyncio.to_thread(server.arrived.wait, 30)
            for _ in range(3):
                task.cancel()
                await asyncio.sleep(0)
            assert not task.done()
            go.set()
            with pytest.raises(asyncio.CancelledError):
                await task

    with Recorder([(head_of(length=10**9), b"begin", b"more"), (go, answer(b"done"))]) as server:
        asyncio.run(perform(server))
    assert left == ["done"]
    assert [request.target for request in server.requests] == ["/x", "/left"]


@pytest.mark.parametrize("cancelled", [False, True], ids=["left", "cancelled"])
def test_what_is_wrong_in_leaving_itself_is_not_hidden(cancelled: bool) -> None:
    def leaving() -> Plan[None]:
        yield from Work(meanwhile)
        raise ZeroDivisionError("a defect")

    def meanwhile() -> None:
        if cancelled:
            loop, task = running[0]
            loop.call_soon_threadsafe(task.cancel)
            loop.call_soon_threadsafe(gate.set)
            assert gate.wait(30)

    def use(stream: AudioStream) -> None:
        with stream as audio:
            audio.read(5)

    async def ause(stream: AsyncAudioStream) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.append((asyncio.get_running_loop(), task))
        async with stream as audio:
            await audio.read(5)

    async def perform(url: str) -> None:
        async with new_async_client() as client:
            await ause(AsyncAudioStream(wire(client, url), opening, leaving))

    gate = threading.Event()
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]]] = []
    with Recorder([answer(BODY)] * 2) as server, new_client() as client:
        if cancelled:
            with pytest.raises(asyncio.CancelledError) as caught:
                asyncio.run(perform(server.url))
            assert isinstance(caught.value.__context__, ZeroDivisionError)
            return
        with pytest.raises(ZeroDivisionError):
            use(AudioStream(wire(client, server.url), opening, leaving))
        with pytest.raises(ZeroDivisionError):
            asyncio.run(perform(server.url))
