"""A client whose server fails nearly always stops repeating: 100 repeats, and one more for each success."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.aioz.ways import KEYS
from tests.engine.ways import Sink, Way, both, get
from tests.inside.engine import Call, Fetch, Open, Plan, attempt, call
from tests.inside.http import Answer
from tests.plans.play import Stage, cut, in_turn, reply
from tests.wire.recorder import CUT, Recorder, answer
from tonearm import Aioz, AsyncAioz, Retry, ServiceFailed
from tonearm.errors import ConnectionFailed
from tonearm.retry import Allowance, Budget

EVER = Retry(attempts=10**6, first_delay=0)


def text(answer: Answer) -> str:
    return answer.text()


def test_each_repeat_takes_one_and_each_success_gives_one_back() -> None:
    budget = Budget(3)
    assert [budget.spend() for _ in range(4)] == [True, True, True, False]
    budget.earn()
    assert [budget.spend() for _ in range(2)] == [True, False]
    for _ in range(9):
        budget.earn()
    assert [budget.spend() for _ in range(4)] == [True, True, True, False], "it holds no more than at first"


def test_a_failure_that_is_not_repeated_takes_nothing() -> None:
    budget = Budget(1)
    assert Allowance(Retry(attempts=1), budget).after(cut(), 1, "always") is None
    assert Allowance(Retry(), budget).after(cut(), 1, "never") is None
    assert budget.spend()
    assert Allowance(Retry(), budget).after(cut(), 1, "always") is None


def test_a_plan_raises_its_failure_at_once_when_nothing_is_left() -> None:
    stage = Stage(lambda _: cut(), retry=EVER)
    for requests in (101, 102, 103):
        with pytest.raises(ConnectionFailed) as caught:
            stage.play(call(get(), text))
        assert len(stage.requests) == requests
    assert caught.value.attempts == 1
    stage.world = in_turn(reply(b"fine"))
    assert stage.play(call(get(), text)) == "fine"


def test_it_is_counted_right_by_many_threads() -> None:
    budget = Budget(1000)
    with ThreadPoolExecutor(16) as threads:
        taken = list(threads.map(lambda _: budget.spend(), range(3000)))
    assert sum(taken) == 1000


@both
def test_every_kind_of_exchange_that_succeeds_gives_one_back(way: Way) -> None:
    def plan() -> Plan[None]:
        for effect in (Call(get(), text), Fetch(get(), Sink().start), Open(get())):
            for _ in range(3):
                kept.append((yield from attempt(effect, "always")))  # noqa: PERF401  # a generator yields

    def world(_: Any) -> Any:
        failing[0] = not failing[0]
        return (CUT,) if failing[0] else answer(b"x")

    failing, budget = [False], Budget(1)
    kept: list[Any] = []  # an open answer that is collected while httpcore holds the lock of its pool waits for itself
    with Recorder(world) as server:
        way.run(plan(), server.url, budget=budget)
    assert len(server.requests) == 18


def test_clients_of_one_connection_share_it() -> None:
    with Recorder(lambda _: answer(status=500)) as server, Aioz(base_url=server.url, retry=EVER, **KEYS) as aioz:
        for client in (aioz, aioz.with_options(timeout=5), aioz.with_options(deadline=60), aioz):
            with pytest.raises(ServiceFailed):
                client.get("i")
    assert len(server.requests) == 101 + 3


def test_clients_of_one_connection_share_it_in_asyncio() -> None:
    async def perform() -> None:
        async with AsyncAioz(base_url=server.url, retry=EVER, **KEYS) as aioz:
            twin = aioz.with_options(timeout=5)
            results = await asyncio.gather(*(c.get("i") for c in (aioz, twin) * 4), return_exceptions=True)
            assert [type(result) for result in results] == [ServiceFailed] * 8

    with Recorder(lambda _: answer(status=500)) as server:
        asyncio.run(perform())
    assert len(server.requests) == 100 + 8


def test_two_clients_have_one_each() -> None:
    with Recorder(lambda _: answer(status=500)) as server:
        for _ in range(2):
            with Aioz(base_url=server.url, retry=EVER, **KEYS) as aioz, pytest.raises(ServiceFailed):
                aioz.get("i")
    assert len(server.requests) == 2 * 101
