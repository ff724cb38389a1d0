"""What is repeated, how often, and after which pause."""

from collections.abc import Callable
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inside.engine import Call, Fetch, attempt, call
from tests.inside.http import Answer, Head, Request, failure
from tests.plans.play import Reply, Stage, cut, in_turn, refused, reply, silent
from tonearm.errors import (
    ConfigurationError,
    ConnectionFailed,
    RateLimited,
    ServiceFailed,
    StatusError,
    TonearmError,
    UnexpectedAnswer,
)
from tonearm.retry import Pause, Repeat, Retry

REPEATS: tuple[Repeat, ...] = ("always", "unsent", "never")
OK = reply(b"fine")


def quota() -> Reply:
    return reply(json={"error": {"message": "no money", "code": "insufficient_quota"}}, status=429)


def advised(status: int, advice: str) -> Reply:
    return reply(status=status, headers={"x-should-retry": advice})


REPEATED: list[tuple[Callable[[], Reply], set[Repeat]]] = [
    (refused, {"always", "unsent"}),
    (cut, {"always"}),
    (silent, {"always"}),
    (lambda: silent(deadline=True), set()),
    *((lambda status=status: reply(status=status), {"always"}) for status in (408, 425, 500, 502, 504, 520, 529)),
    *((lambda status=status: reply(status=status), {"always", "unsent"}) for status in (429, 503)),
    *((lambda status=status: reply(status=status), set()) for status in (301, 304, 400, 401, 403, 404, 409, 413, 418)),
    (quota, set()),
    (lambda: advised(409, "true"), {"always"}),
    (lambda: advised(400, "true"), {"always"}),
    (lambda: advised(500, "false"), set()),
    (lambda: advised(500, "perhaps"), {"always"}),
    (lambda: advised(429, "false"), {"unsent"}),
    (lambda: reply(status=429, headers={"retry-after": "120"}), {"always", "unsent"}),
    (lambda: reply(status=429, headers={"retry-after": "120.5"}), set()),
    (lambda: reply(status=400, headers={"retry-after": "1"}), set()),
]


@pytest.mark.parametrize("repeat", REPEATS)
@pytest.mark.parametrize(("fail", "repeated"), REPEATED)
def test_a_failure_is_repeated_only_where_that_is_right(
    fail: Callable[[], Reply], repeated: set[Repeat], repeat: Repeat
) -> None:
    stage = Stage(in_turn(fail(), OK))
    request = Request(method="POST", path="/x", repeat=repeat)
    if repeat in repeated:
        assert stage.play(call(request, lambda answer: answer.body)) == b"fine"
        assert stage.requests == [request, request]
        assert len(stage.sleeps) == 1
    else:
        with pytest.raises((ConnectionFailed, StatusError)) as caught:
            stage.play(call(request, lambda answer: answer.body))
        assert caught.value.attempts == 1
        assert stage.requests == [request]
        assert stage.sleeps == []


def test_it_gives_up_after_the_last_attempt_and_says_how_many_there_were() -> None:
    stage = Stage(lambda _: cut())
    with pytest.raises(ConnectionFailed, match=r"\(4 attempts\)") as caught:
        stage.play(call(Request(method="GET", path="/"), lambda answer: answer.body))
    assert caught.value.attempts == len(stage.requests) == 4
    assert [(pause.seconds, pause.jitter) for pause in stage.sleeps] == [(0.5, True), (1.0, True), (2.0, True)]


def test_the_pause_doubles_up_to_its_bound() -> None:
    stage = Stage(lambda _: reply(status=500), retry=Retry(attempts=8))
    with pytest.raises(ServiceFailed):
        stage.play(call(Request(method="GET", path="/"), lambda answer: answer.body))
    assert [pause.seconds for pause in stage.sleeps] == [0.5, 1, 2, 4, 8, 8, 8]


def test_a_server_says_exactly_how_long_to_wait() -> None:
    busy = reply(status=429, headers={"retry-after": "0"}), reply(status=503, headers={"retry-after": "33.5"})
    stage = Stage(in_turn(*busy, OK))
    assert stage.play(call(Request(method="GET", path="/"), lambda answer: answer.body)) == b"fine"
    assert [(pause.seconds, pause.jitter) for pause in stage.sleeps] == [(0, False), (33.5, False)]


def test_one_attempt_switches_repeating_off() -> None:
    stage = Stage(lambda _: refused(), retry=Retry(attempts=1))
    with pytest.raises(ConnectionFailed):
        stage.play(call(Request(method="GET", path="/"), lambda answer: answer.body))
    assert len(stage.requests) == 1


def test_an_answer_that_cannot_be_read_is_not_repeated() -> None:
    stage = Stage(lambda _: reply(b"{"))
    with pytest.raises(UnexpectedAnswer):
        stage.play(call(Request(method="GET", path="/"), lambda answer: answer.object()))
    assert len(stage.requests) == 1


def test_any_exchange_can_be_attempted() -> None:
    class Sink:
        def __init__(self) -> None:
            self.blocks: list[bytes] = []

        def write(self, block: bytes) -> None:
            self.blocks.append(block)

    sink = Sink()
    stage = Stage(in_turn(reply(status=500), OK))
    head = stage.play(attempt(Fetch(Request(method="GET", path="/"), lambda _: sink), "always"))
    assert (head.status, sink.blocks) == (200, [b"fine"])


@given(
    failures=st.lists(st.sampled_from([refused, cut, silent, lambda: reply(status=500), quota]), max_size=6),
    repeat=st.sampled_from(REPEATS),
    attempts=st.integers(1, 5),
)
def test_what_may_have_arrived_is_sent_again_only_if_that_is_permitted(
    failures: list[Callable[[], Reply]], repeat: Repeat, attempts: int
) -> None:
    made = [fail() for fail in failures]
    stage = Stage(in_turn(*made, OK), retry=Retry(attempts=attempts))
    try:
        stage.play(attempt(Call(Request(method="POST", path="/"), lambda answer: answer.body), repeat))
    except TonearmError:
        pass
    else:
        assert len(stage.requests) == len(failures) + 1
    assert len(stage.requests) <= attempts
    if repeat == "never":
        assert len(stage.requests) == 1
    if repeat == "unsent":
        for failed in made[: len(stage.requests) - 1]:
            assert isinstance(failed, ConnectionFailed)
            assert not failed.sent


def test_the_decision_is_a_function_of_the_failure_alone() -> None:
    found = quota()
    assert not isinstance(found, BaseException)
    error = failure(found)  # type: ignore[arg-type]
    assert isinstance(error, RateLimited)
    assert Retry().after(error, 1, "always") is None
    assert Retry().after(refused(), 3, "unsent") == Pause(2.0, jitter=True)
    assert Retry().after(refused(), 4, "unsent") is None


def test_any_number_of_attempts_has_a_pause() -> None:
    assert Retry(attempts=10**9).after(refused(), 5000, "always") == Pause(8.0, jitter=True)
    assert Retry(attempts=10**9, first_delay=0).after(refused(), 5000, "always") == Pause(0.0, jitter=True)


def test_any_wait_can_be_allowed() -> None:
    error = failure(Answer(Head("GET", "u", 429, {}, retry_after=1e6), b""))
    assert Retry(max_server_delay=inf).after(error, 1, "always") == Pause(1e6, jitter=False)


@pytest.mark.parametrize(
    "bad",
    [
        {"attempts": 0},
        {"attempts": "4"},
        {"attempts": 1.5},
        {"max_delay": nan},
        {"first_delay": None},
        {"max_server_delay": -1},
    ],
)
def test_numbers_that_cannot_be_are_named(bad: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=f"^{next(iter(bad))} must be"):
        Retry(**bad)
