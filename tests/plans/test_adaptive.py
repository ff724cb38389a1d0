"""The limit of requests that follows a server: simulated servers that refuse, that queue, and that change."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from itertools import count

import pytest
from attrs import define, field

from tests.inside.engine import AdaptiveLimit, FixedLimit, Limit, Permit

SECONDS = 0.2
"""How long a request takes."""


def about_as_long(dice: random.Random) -> float:
    return SECONDS * dice.uniform(0.8, 1.2)


def short_or_long(dice: random.Random) -> float:
    """Nine times as long, or not, as of songs and of talks."""
    return about_as_long(dice) * dice.choice([0.2, 1.8])


def of_all_lengths(dice: random.Random) -> float:
    return SECONDS * dice.lognormvariate(-0.32, 0.8)


def always_awake(now: float) -> float:
    return now


def stands_still_often(now: float) -> float:
    """When happens what would happen now: every three seconds all stands still for 0.3 to 1.0 seconds."""
    turn, passed = divmod(now, 3.0)
    return max(now, turn * 3 + 0.3 + 0.1 * (turn * 3 % 8)) if passed < 1 else now


@define
class Server:
    """Does up to `capacity(now)` requests at a time; refuses what is more, or lets it wait.

    There are `offered` requests at a time at most, however high the limit is.
    """

    capacity: Callable[[float], int]
    queues: bool
    wait: float = 0.0
    dice: random.Random = field(factory=lambda: random.Random(1))
    takes: Callable[[random.Random], float] = about_as_long
    awake: Callable[[float], float] = always_awake
    offered: int = 10_000


@define
class Run:
    """What a client saw: when requests ended well, and when they were refused."""

    done: list[float] = field(factory=list)
    refused: list[float] = field(factory=list)
    levels: list[tuple[float, int]] = field(factory=list)

    def level(self, start: float) -> float:
        """The mean level from a moment on, over the ends of requests."""
        late = [level for at, level in self.levels if at > start]
        return sum(late) / len(late)

    def rate(self, start: float, end: float) -> float:
        """Requests a second between two moments."""
        return sum(start <= at < end for at in self.done) / (end - start)


def simulate(server: Server, limit: Limit, until: float) -> Run:
    """Give the server as many requests as the limit allows, until a moment in seconds."""
    seen, order = Run(), count()
    events: list[tuple[float, int, str, Permit | None]] = []
    waiting: list[Permit] = []
    at_work, under_way, now = 0, 0, 0.0

    def push(at: float, kind: str, permit: Permit | None) -> None:
        heapq.heappush(events, (server.awake(at), next(order), kind, permit))

    def duration() -> float:
        return server.takes(server.dice)

    push(0.0, "look", None)
    while events:
        now, _, kind, permit = heapq.heappop(events)
        if now >= until:
            return seen
        if permit is not None:
            under_way -= 1
            if kind == "refused":
                seen.refused.append(now)
                limit.end(permit, now, refused=True, wait=server.wait)
            else:
                at_work -= 1
                seen.done.append(now)
                limit.end(permit, now)
            while waiting and at_work < server.capacity(now):
                at_work += 1
                push(now + duration(), "done", waiting.pop(0))
        seen.levels.append((now, limit.level))
        if pause := limit.ready(now):
            push(now + pause, "look", None)
            continue
        while under_way < min(limit.level, server.offered):
            under_way += 1
            begun = limit.begin(now)
            if at_work < server.capacity(now):
                at_work += 1
                push(now + duration(), "done", begun)
            elif server.queues:
                waiting.append(begun)
            else:
                push(now + 0.005, "refused", begun)
    raise AssertionError("the client stopped")


@pytest.mark.parametrize("queues", [False, True], ids=["refuses", "queues"])
@pytest.mark.parametrize("capacity", [1, 2, 5, 16, 40])
def test_it_finds_what_the_server_can_do(capacity: int, queues: bool) -> None:
    for seed in range(2):
        server = Server(lambda _: capacity, queues, dice=random.Random(seed))
        best = simulate(server, FixedLimit(capacity), 30).rate(10, 30)
        found = simulate(server, AdaptiveLimit(), 60)
        assert found.rate(30, 60) >= 0.9 * best
        assert len(found.refused) <= 0.05 * (len(found.done) + len(found.refused))
        if queues:  # more than the server works on only makes the queue longer
            assert found.level(30) <= 2 * capacity + 1


@pytest.mark.parametrize("queues", [False, True], ids=["refuses", "queues"])
@pytest.mark.parametrize(
    ("takes", "awake"),
    [
        (of_all_lengths, always_awake),
        (short_or_long, always_awake),
        (about_as_long, stands_still_often),
    ],
)
def test_neither_chance_nor_a_standstill_hides_it(
    takes: Callable[[random.Random], float], awake: Callable[[float], float], queues: bool
) -> None:
    parts: list[float] = []
    for seed in (12, 13, 16):  # with the first two kinds of requests, chance once hid growth
        best, found = (
            simulate(Server(lambda _: 16, queues, dice=random.Random(seed), takes=takes, awake=awake), limit, 45)
            for limit in (FixedLimit(16), AdaptiveLimit())
        )
        parts.append(found.rate(30, 45) / best.rate(30, 45))
        assert len(found.refused) <= 0.05 * (len(found.done) + len(found.refused))
    assert sum(parts) / len(parts) >= 0.9
    assert min(parts) >= 0.85


def test_a_request_that_never_ends_does_not_hold_it_up() -> None:
    numbers = count()
    server = Server(lambda _: 16, queues=False, takes=lambda _: SECONDS if next(numbers) != 8 else 1000)
    assert simulate(server, AdaptiveLimit(), 45).rate(30, 45) >= 0.9 * 15 / SECONDS


@pytest.mark.parametrize("capacity", [1, 5])
def test_the_queue_of_a_server_does_not_grow_with_time(capacity: int) -> None:
    server = Server(lambda _: capacity, queues=True, awake=stands_still_often)
    assert simulate(server, AdaptiveLimit(), 400).level(200) <= 2 * capacity + 1


def test_the_queue_of_a_server_that_can_do_less_becomes_shorter() -> None:
    server = Server(lambda now: 16 if now < 30 else 4, queues=True)
    assert simulate(server, AdaptiveLimit(), 300).level(240) <= 9


def test_a_level_that_is_not_filled_is_not_raised() -> None:
    found = simulate(Server(lambda _: 16, queues=False, offered=3), AdaptiveLimit(), 60)
    assert max(level for _, level in found.levels) == 4
    assert found.refused == []


@pytest.mark.parametrize("queues", [False, True], ids=["refuses", "queues"])
def test_it_follows_a_server_that_can_do_less(queues: bool) -> None:
    for seed in range(2):
        server = Server(lambda now: 16 if now < 30 else 4, queues, dice=random.Random(seed))
        found = simulate(server, AdaptiveLimit(), 60)
        assert found.rate(40, 60) >= 0.9 * 4 / SECONDS
        assert sum(at > 40 for at in found.refused) <= 0.05 * sum(at > 40 for at in found.done)


def test_it_follows_a_server_that_can_do_more_again() -> None:
    server = Server(lambda now: 4 if now < 60 else 16, queues=False)
    found = simulate(server, AdaptiveLimit(), 240)
    assert found.rate(160, 240) >= 0.8 * 16 / SECONDS


@pytest.mark.parametrize(("limit", "sent"), [(AdaptiveLimit(), 1), (FixedLimit(8), 8)])
def test_a_pause_that_a_server_asks_for_holds_for_all(limit: Limit, sent: int) -> None:
    server = Server(lambda now: 2 if now >= 1 else 0, queues=False, wait=3.0)
    found = simulate(server, limit, 3.0)
    assert (len(found.refused), found.done) == (sent, [])


def test_it_never_passes_its_bound() -> None:
    limit = AdaptiveLimit(most=7)
    found = simulate(Server(lambda _: 1000, queues=False), limit, 60)
    assert max(level for _, level in found.levels) == 7
    assert found.rate(30, 60) >= 0.9 * 7 / SECONDS
