"""Encodings of Jellyfin: whoever leaves ends the own one, and nobody else's."""

import asyncio
import hashlib
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.faults.jellyfin import House, running
from tests.inside.engine import cleanup
from tests.jellyfin.ways import AT_ONCE, ONCE
from tonearm import AsyncJellyfin, InvalidInput, Jellyfin, NotFound, ServiceFailed
from tonearm.sandbox import Fault

TOKEN = "sandbox-token"
MP3: dict[str, Any] = {"preset": "mp3_256"}


class Left(Exception):
    """Ends a block."""


@pytest.fixture(scope="module")
def serving() -> Iterator[House]:
    with running() as house:
        yield house


@pytest.fixture
def house(serving: House) -> Iterator[House]:
    serving.box.clear_faults()
    yield serving
    serving.box.clear_faults()
    serving.box.jellyfin.transcodes.clear()


def client(house: House, **settings: Any) -> Jellyfin:
    return Jellyfin(house.url, **{"token": TOKEN, "retry": AT_ONCE, **settings})


def async_client(house: House, **settings: Any) -> AsyncJellyfin:
    return AsyncJellyfin(house.url, **{"token": TOKEN, "retry": AT_ONCE, **settings})


def ended(house: House) -> bool:
    """Whether nothing is encoded any more, nor kept."""
    return (house.box.jellyfin.transcodes.running(), house.box.jellyfin.transcodes.files()) == ([], [])


def sessions(house: House, method: str, since: int = 0) -> list[str]:
    return [parse_qs(e.query)["playSessionId"][0] for e in house.since(since) if e.method == method]


# What ends a stream


def leave(house: House) -> None:
    with client(house) as jf, jf.stream(house.talk, **MP3) as audio:
        assert audio.read(10)
        assert len(house.box.jellyfin.transcodes.running()) == 1


def listen_until(house: House, error: BaseException) -> None:
    with client(house) as jf, jf.stream(house.talk, **MP3) as audio:
        assert audio.read(10)
        raise error


def fail(house: House) -> None:
    with pytest.raises(Left):
        listen_until(house, Left())


def interrupt(house: House) -> None:
    with pytest.raises(KeyboardInterrupt):
        listen_until(house, KeyboardInterrupt())


def stop_downloading(house: House) -> None:
    def stop(_: object) -> None:
        raise Left

    with client(house) as jf, pytest.raises(Left):
        jf.download(house.talk, house.to, **MP3, on_progress=stop)


def in_loop(do: Callable[[House, AsyncJellyfin], Any]) -> Callable[[House], None]:
    def run(house: House) -> None:
        async def perform() -> None:
            async with async_client(house) as jf:
                await do(house, jf)

        asyncio.run(perform())

    return run


async def aleave(house: House, jf: AsyncJellyfin) -> None:
    async with jf.stream(house.talk, **MP3) as audio:
        assert await audio.read(10)
        assert len(house.box.jellyfin.transcodes.running()) == 1


async def afail(house: House, jf: AsyncJellyfin) -> None:
    async def listen() -> None:
        async with jf.stream(house.talk, **MP3) as audio:
            assert await audio.read(10)
            raise Left

    with pytest.raises(Left):
        await listen()


async def astop_downloading(house: House, jf: AsyncJellyfin) -> None:
    def stop(_: object) -> None:
        raise Left

    with pytest.raises(Left):
        await jf.download(house.talk, house.to, **MP3, on_progress=stop)


async def acancel_reading(house: House, jf: AsyncJellyfin) -> None:
    began = asyncio.Event()

    async def listen() -> None:
        async with jf.stream(house.talk, **MP3) as audio:
            await audio.read(10)
            began.set()
            await audio.read()  # waits for an encoder that waits

    task = asyncio.create_task(listen())
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def acancel_twice(house: House, jf: AsyncJellyfin) -> None:
    began = asyncio.Event()

    async def listen() -> None:
        async with jf.stream(house.talk, **MP3) as audio:
            await audio.read(10)
            began.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(listen())
    await began.wait()
    task.cancel()
    await asyncio.sleep(0)  # it is on its way out now
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def acancel_downloading(house: House, jf: AsyncJellyfin) -> None:
    loop, began = asyncio.get_running_loop(), asyncio.Event()

    def begin(_: object) -> None:
        loop.call_soon_threadsafe(began.set)

    task = asyncio.create_task(jf.download(house.talk, house.to, **MP3, on_progress=begin))
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def aexpire(house: House, jf: AsyncJellyfin) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3), jf.stream(house.talk, **MP3) as audio:
            await audio.read()


WAYS: dict[str, Callable[[House], None]] = {
    "left": leave,
    "exception": fail,
    "ctrl-c": interrupt,
    "download": stop_downloading,
    "async left": in_loop(aleave),
    "async exception": in_loop(afail),
    "async download": in_loop(astop_downloading),
    "async cancelled": in_loop(acancel_reading),
    "async cancelled twice": in_loop(acancel_twice),
    "async download cancelled": in_loop(acancel_downloading),
    "async timeout": in_loop(aexpire),
}


@pytest.mark.parametrize("way", WAYS)
def test_leaving_early_ends_the_encoding(house: House, way: str) -> None:
    before = len(house.box.requests)
    with house.box.jellyfin.paused_transcodes(after=20_000):
        WAYS[way](house)
        assert ended(house)
    (asked,), (stopped,) = sessions(house, "GET", before), sessions(house, "DELETE", before)
    assert asked == stopped
    assert list(house.to.iterdir()) == []


def test_an_encoding_that_was_cancelled_before_its_first_byte_is_ended(house: House) -> None:
    async def listen(jf: AsyncJellyfin) -> None:
        async with jf.stream(house.talk, **MP3):
            raise AssertionError("the encoder waits")

    async def perform() -> None:
        async with async_client(house) as jf:
            task = asyncio.create_task(listen(jf))
            while not house.box.jellyfin.transcodes.running():  # noqa: ASYNC110  # the sandbox has no event for it
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    with house.box.jellyfin.paused_transcodes(after=0):
        asyncio.run(perform())
        assert ended(house)


def test_a_restart_ends_the_session_before(house: House) -> None:
    before = len(house.box.requests)
    with house.box.jellyfin.paused_transcodes(after=20_000, times=2), client(house) as jf:
        with jf.stream(house.talk, **MP3) as audio:
            audio.read(10)
            audio.restart(1.0)
            audio.read(10)
            assert house.box.jellyfin.transcodes.running() == [sessions(house, "GET", before)[1]]
        assert ended(house)
    assert sessions(house, "GET", before) == sessions(house, "DELETE", before)


@pytest.mark.parametrize("at", [-1.0, float("nan"), float("inf"), "1"])
@pytest.mark.parametrize("kind", ["stream", "universal"])
def test_a_restart_at_no_place_leaves_the_stream_playing(house: House, kind: str, at: Any) -> None:
    with client(house) as jf:
        asked = jf.stream(house.talk, **MP3) if kind == "stream" else jf.universal(house.talk, ["flac"])
        with asked as audio:
            first = audio.read(100)
            with pytest.raises(InvalidInput, match="start must be"):
                audio.restart(at)
            assert len(first + audio.read()) > 10_000


def test_a_restart_of_an_original_elsewhere_leaves_it_playing(house: House) -> None:
    async def listen() -> bytes:
        async with async_client(house) as jf, jf.stream(house.talk, preset="original") as audio:
            first = await audio.read(100)
            with pytest.raises(InvalidInput, match="from its beginning"):
                await audio.restart(1.0)
            return first + await audio.read()

    assert asyncio.run(listen()) == (house.folder / "talk.flac").read_bytes()


def test_an_encoding_whose_proxy_gave_up_is_ended(house: House) -> None:
    before = len(house.box.requests)
    gave_up = Fault(method="GET", path="*/stream*", status=504)
    with house.box.faults(gave_up), client(house, retry=ONCE) as jf, pytest.raises(ServiceFailed):
        jf.stream(house.talk, **MP3).__enter__()
    assert sessions(house, "DELETE", before) == sessions(house, "GET", before)


def test_what_was_read_to_its_end_is_not_kept_by_the_server(house: House, tmp_path: Path) -> None:
    with client(house) as jf:
        with jf.stream(house.talk, **MP3) as audio:
            audio.read()
            assert len(house.box.jellyfin.transcodes.files()) == 1
        assert ended(house)
        jf.download(house.talk, tmp_path / "whole.mp3", **MP3)
        assert ended(house)


def test_nothing_is_ended_where_nothing_is_encoded(house: House) -> None:
    before = len(house.box.requests)
    with client(house) as jf:
        with jf.stream(house.talk, preset="original") as audio:
            audio.read(10)
        with pytest.raises(NotFound):
            jf.stream("4b3d2c1a-0f9e-4d8c-b7a6-958473625140", **MP3).__enter__()
    assert [exchange.method for exchange in house.since(before)] == ["GET", "GET"]


def test_without_a_token_nothing_is_asked(house: House) -> None:
    before = len(house.box.requests)
    with client(house, token=None) as jf, jf.stream(house.talk, **MP3) as audio:
        audio.read(10)
    assert [exchange.method for exchange in house.since(before)] == ["GET"]


def test_a_session_that_was_named_is_its_owners_to_end(house: House) -> None:
    before = len(house.box.requests)
    with house.box.jellyfin.paused_transcodes(after=20_000), client(house) as jf:
        with jf.stream(house.talk, **MP3, play_session_id="shared") as audio:
            audio.read(10)
        assert house.box.jellyfin.transcodes.running() == ["shared"]
        jf.stop_encoding("shared")
        assert ended(house)
    assert sessions(house, "DELETE", before) == ["shared"]


# Failures on the way out


@pytest.mark.parametrize(
    "fault",
    [{"status": 401}, {"status": 500}, {"drop_headers": True}, {"delay": 60}],
    ids=["401", "500", "cut", "silent"],
)
@pytest.mark.parametrize("way", ["left", "async left", "download", "async download"])
def test_what_fails_on_the_way_out_is_logged_and_not_repeated(
    house: House, way: str, fault: dict[str, Any], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleanup, "PATIENCE", 1.0)
    with house.box.faults(Fault(method="DELETE", times=None, **fault)) as (struck,):
        WAYS[way](house)
    assert struck.hits == 1
    (warning,) = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert warning.startswith("the server may continue with what was left: ")
    assert "/Videos/ActiveEncodings" in warning


def test_an_error_is_not_hidden_by_one_on_the_way_out(house: House) -> None:
    with house.box.faults(Fault(method="DELETE", status=500)), pytest.raises(Left):
        listen_until(house, Left())


def test_a_client_that_was_closed_first_leaves_with_a_warning(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with client(house) as jf, jf.stream(house.talk, **MP3) as audio:
        audio.read(10)
        jf.close()
    assert "the server may continue with what was left: the client is closed" in caplog.text


# Several at once


def test_two_listeners_of_the_same_both_get_all_of_it(house: House) -> None:
    with client(house) as jf:
        with jf.stream(house.talk, **MP3) as audio:
            whole = hashlib.sha256(audio.read()).hexdigest()
        heard, begun = dict[int, str](), threading.Barrier(3)

        def listen(number: int) -> None:
            with jf.stream(house.talk, **MP3) as audio:
                first = audio.read(100)
                begun.wait(30)
                heard[number] = hashlib.sha256(first + audio.read()).hexdigest()

        def leave_early() -> None:
            with jf.stream(house.talk, **MP3) as audio:
                audio.read(100)
                begun.wait(30)

        threads = [threading.Thread(target=listen, args=(1,)), threading.Thread(target=listen, args=(2,))]
        threads.append(threading.Thread(target=leave_early))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert heard == {1: whole, 2: whole}
    assert ended(house)


def test_two_coroutines_that_listen_to_the_same_both_get_all_of_it(house: House, tmp_path: Path) -> None:
    async def perform() -> list[bytes]:
        async with async_client(house) as jf:

            async def listen(name: str) -> bytes:
                await jf.download(house.talk, tmp_path / name, **MP3)
                async with jf.stream(house.talk, **MP3) as audio:
                    return await audio.read()

            return [*await asyncio.gather(listen("one.mp3"), listen("two.mp3"))]

    one, two = asyncio.run(perform())
    assert one == two == (tmp_path / "one.mp3").read_bytes() == (tmp_path / "two.mp3").read_bytes()
    assert ended(house)


def test_two_bit_rates_never_get_each_others_bytes(house: House) -> None:
    def heard(rate: int) -> int:
        with jf.stream(house.talk, container="mp3", audio_bit_rate=rate) as audio:
            return len(audio.read())

    with client(house) as jf:
        sizes = [heard(rate) for rate in (64_000, 128_000, 64_000)]
    assert sizes[0] == sizes[2] < sizes[1]
