"""Wherever a task is cancelled, its connection is closed or free for the next, and no place in the pool is lost."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.engine.ways import Sink, get, wire
from tests.faults.raw import RawServer
from tests.inside.engine import Call, Fetch, Open, Plan, run, run_async
from tests.inside.http import Backend, new_async_client, new_client
from tests.wire.recorder import Recorder, answer
from tonearm.errors import ConfigurationError

EXCHANGES = {
    "call": lambda: Call(get(), lambda answer: answer.text()),
    "fetch": lambda: Fetch(get(), Sink().start),
    "open": lambda: Open(get()),
}


def plan(name: str) -> Plan[Any]:
    result = yield from EXCHANGES[name]()
    return result


def busy(client: httpx.AsyncClient) -> list[Any]:
    """The connections that the pool takes for used."""
    ours: Any = client._transport
    pools = [one.pool if hasattr(one, "pool") else one._pool for one in ours._routes.all()]
    connections = [connection for pool in pools for connection in pool.connections]
    return [one for one in connections if not (one.is_idle() or one.is_closed())]


backends = pytest.mark.parametrize("backend", ["httpx", "httpx2"])


@backends
@pytest.mark.parametrize("name", EXCHANGES)
@pytest.mark.parametrize("kept", [False, True], ids=["new connection", "used connection"])
def test_cancelling_after_any_number_of_steps_loses_no_connection(name: str, kept: bool, backend: Backend) -> None:
    async def cancelled_after(steps: int, url: str) -> bool:
        """Whether the plan was still under way after so many turns of the loop."""
        async with new_async_client(backend=backend) as client:
            if kept:
                await run_async(plan("call"), wire(client, url))
            task = asyncio.create_task(run_async(plan(name), wire(client, url)))
            for _ in range(steps):
                await asyncio.sleep(0)
            under_way = task.cancel()
            (result,) = await asyncio.gather(task, return_exceptions=True)
            if under_way:
                assert isinstance(result, asyncio.CancelledError)
            else:
                live = result
                if name == "open":
                    await live.response.aclose()
            assert busy(client) == []
            for _ in range(3):  # Python closes generators that were left in tasks of a turn or two
                await asyncio.sleep(0)
            assert asyncio.all_tasks() == {asyncio.current_task()}
            return under_way

    with Recorder(lambda _: answer(b"x" * 100_000)) as server:
        steps = 0
        while asyncio.run(cancelled_after(steps, server.url)):
            steps += 1
    assert steps > 5


@backends
def test_cancelling_a_handshake_closes_the_connection(backend: Backend) -> None:
    async def perform() -> None:
        reached, closed = asyncio.Event(), asyncio.Event()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            assert (await reader.read(3))[:1] == b"\x16"  # it is spoken to, and says nothing
            reached.set()
            while await reader.read(1000):
                pass
            writer.close()
            closed.set()

        async with (
            await asyncio.start_server(serve, "127.0.0.1", 0) as server,
            new_async_client(backend=backend) as client,
        ):
            port = server.sockets[0].getsockname()[1]
            task = asyncio.create_task(run_async(plan("call"), wire(client, f"https://127.0.0.1:{port}")))
            await reached.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(closed.wait(), 30)
            assert busy(client) == []

    asyncio.run(perform())


@backends
def test_a_connection_that_is_made_while_the_client_is_closed_is_closed_too(backend: Backend) -> None:
    server = RawServer(lambda _: (answer(b"late"),))
    server.start()
    try:
        with new_client(backend=backend) as client:
            client.event_hooks = {"request": [lambda _: client.close()]}
            with pytest.raises(ConfigurationError, match="the client is closed"):
                run(plan("call"), wire(client, f"http://{server.host}"))
            server.settle()
    finally:
        server.stop()


@backends
def test_a_connection_that_is_made_while_the_asynchronous_client_is_closed_is_closed_too(backend: Backend) -> None:
    async def perform() -> None:
        async with new_async_client(backend=backend) as client:

            async def close(_: httpx.Request) -> None:
                await client.aclose()

            client.event_hooks = {"request": [close]}
            with pytest.raises(ConfigurationError, match="the client is closed"):
                await run_async(plan("call"), wire(client, f"http://{server.host}"))
            await asyncio.to_thread(server.settle)

    server = RawServer(lambda _: (answer(b"late"),))
    server.start()
    try:
        asyncio.run(perform())
    finally:
        server.stop()


def test_a_client_of_our_own_calls_its_hooks_and_reads_what_is_not_streamed() -> None:
    heard = list[int]()

    async def perform(url: str) -> bytes:
        async def hear(response: httpx.Response) -> None:
            heard.append(response.status_code)

        async with new_async_client() as client:
            client.event_hooks = {"response": [hear]}
            return (await client.get(url)).content

    with Recorder([answer(b"one"), answer(b"two", status=404)]) as server:
        with new_client() as client:
            client.event_hooks = {"response": [lambda response: heard.append(response.status_code)]}
            assert client.get(server.url).content == b"one"
        assert asyncio.run(perform(server.url)) == b"two"
    assert heard == [200, 404]
