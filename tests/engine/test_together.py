"""One client may be used by many at once, and closed while they do."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tonearm import Aioz, AsyncAioz, ConfigurationError, ConnectionFailed, Retry
from tonearm.sandbox import Fault, Sandbox, start

PAIR = {"public_key": "sandbox-public", "secret_key": "sandbox-secret"}


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with start() as running:
        yield running


def test_thirty_two_threads_share_a_client(box: Sandbox) -> None:
    with Aioz(base_url=box.aioz_url, **PAIR) as aioz, ThreadPoolExecutor(32) as pool:
        begin = threading.Barrier(32)

        def work(number: int) -> list[float]:
            begin.wait()
            return [aioz.cost(["standard"], duration=number * 60 + 60).price for _ in range(2)]

        prices = list(pool.map(work, range(32)))
    assert all(len(set(mine)) == 1 for mine in prices)
    assert [mine[0] for mine in prices] == sorted({mine[0] for mine in prices})


def test_more_tasks_than_connections_share_a_client(box: Sandbox) -> None:
    async def work() -> list[float]:
        async with AsyncAioz(base_url=box.aioz_url, **PAIR) as aioz:
            costs = (aioz.cost(["standard"], duration=number * 60 + 60) for number in range(120))
            return [cost.price for cost in await asyncio.gather(*costs)]

    prices = asyncio.run(work())
    assert prices == sorted(set(prices))
    assert len(prices) == 120


SLOW: Any = {"delay": 600.0, "times": None}


def test_closing_a_client_ends_the_calls_of_other_threads(box: Sandbox) -> None:
    aioz = Aioz(base_url=box.aioz_url, retry=Retry(attempts=1), **PAIR)
    with box.faults(Fault(**SLOW)) as (slow,), ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(aioz.cost, ["standard"], duration=60) for _ in range(8)]
        slow.wait(8)
        aioz.close()
        errors = [call.exception() for call in calls]
    assert {type(error) for error in errors} == {ConnectionFailed}
    with pytest.raises(ConfigurationError, match="the client is closed"):
        aioz.cost(["standard"], duration=60)


def test_closing_an_async_client_ends_the_calls_of_other_tasks(box: Sandbox) -> None:
    async def main() -> list[BaseException | object]:
        aioz = AsyncAioz(base_url=box.aioz_url, retry=Retry(attempts=1), **PAIR)
        calls = [asyncio.create_task(aioz.cost(["standard"], duration=60)) for _ in range(20)]
        await asyncio.to_thread(slow.wait, 20)
        await aioz.close()
        return await asyncio.gather(*calls, return_exceptions=True)

    with box.faults(Fault(**SLOW)) as (slow,):
        errors = asyncio.run(main())
    assert {type(error) for error in errors} == {ConnectionFailed}


def test_a_client_may_be_closed_at_any_moment(box: Sandbox) -> None:
    async def main() -> list[Exception]:
        aioz = AsyncAioz(base_url=box.aioz_url, retry=Retry(attempts=1), **PAIR)

        async def work() -> Exception:
            while True:
                try:
                    await aioz.cost(["standard"], duration=60)
                    busy.release()
                except Exception as error:
                    return error

        busy = asyncio.Semaphore(0)
        workers = [asyncio.create_task(work()) for _ in range(20)]
        for _ in range(40):
            await busy.acquire()
        await aioz.close()
        return await asyncio.gather(*workers)

    errors = asyncio.run(main())
    assert {type(error) for error in errors} <= {ConfigurationError, ConnectionFailed}
