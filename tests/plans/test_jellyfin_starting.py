"""Waiting for a Jellyfin server that starts up, played without a clock."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tests.plans.play import Stage, cut, refused, reply, silent
from tonearm._engine.plan import Plan, Sleep
from tonearm._http.request import Request
from tonearm._http.response import Answer
from tonearm.errors import ConnectionFailed, ServiceFailed, TimedOut
from tonearm.jellyfin._operations.startup_wait import PATIENCE, call
from tonearm.retry import Retry

GET = Request(method="GET", path="/x")
PAGE = b"<html>starting</html>"
SETUP = reply(PAGE, status=503, headers={"content-type": "text/html", "retry-after": "005"})
CORE = reply(PAGE, status=503, headers={"content-type": "text/html; charset=utf-8"})
PADDED = reply(status=503, headers={"retry-after": "005", "content-type": ""})
MESSAGE = reply(PAGE, status=503, headers={"content-type": "text/plain", "message": "Loading plugins"})
BUSY = reply(b"busy", status=503, headers={"content-type": "text/plain"})
LATER = reply(b"busy", status=503, headers={"content-type": "text/plain", "retry-after": "5"})
FINE = reply(b"fine")


def play(replies: Iterable[Any], **settings: Any) -> tuple[bytes, Stage]:
    left = iter(replies)
    stage = Stage(lambda _: next(left), **settings)
    return stage.play(ask()), stage


def ask() -> Plan[bytes]:
    return (yield from call(GET, lambda answer: answer.body))


@pytest.mark.parametrize(
    ("answer", "pauses"),
    [
        (SETUP, [5.0, 5.0, 5.0, 5.0, 5.0, 5.0]),
        (PADDED, [5.0, 5.0, 5.0, 5.0, 5.0, 5.0]),
        (CORE, [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]),
        (MESSAGE, [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]),
    ],
    ids=["setup", "padded", "core", "message"],
)
def test_it_waits_as_often_as_it_must_and_that_costs_no_attempt(answer: Answer, pauses: list[float]) -> None:
    found, stage = play([answer] * 6 + [cut()] + [answer] + [FINE], retry=Retry(attempts=2, first_delay=0))
    assert found == b"fine"
    assert stage.sleeps == [*map(Sleep, pauses), Sleep(0.0, jitter=True), Sleep(pauses[0])]
    assert len(stage.requests) == 9


@pytest.mark.parametrize("answer", [BUSY, LATER], ids=["busy", "later"])
def test_other_503_are_failures_like_any_other(answer: Answer) -> None:
    with pytest.raises(ServiceFailed) as caught:
        play([answer] * 9, retry=Retry(attempts=3, first_delay=0))
    assert (caught.value.attempts, caught.value.message) == (3, "busy")


def test_a_page_with_another_status_is_no_start() -> None:
    with pytest.raises(ServiceFailed) as caught:
        play([reply(PAGE, status=502, headers={"content-type": "text/html"})] * 9, retry=Retry(attempts=2))
    assert caught.value.attempts == 2


def test_retries_that_are_switched_off_switch_it_off() -> None:
    with pytest.raises(ServiceFailed) as caught:
        play([SETUP, FINE], retry=Retry(attempts=1))
    assert (caught.value.attempts, caught.value.retry_after) == (1, 5.0)


def again(answer: Answer) -> Iterator[Answer]:
    while True:
        yield answer


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (SETUP, "the server is still starting after 120 s"),
        (CORE, "the server is still starting after 120 s"),
        (MESSAGE, "the server is still starting after 120 s: Loading plugins"),
    ],
    ids=["setup", "core", "message"],
)
def test_without_a_deadline_its_patience_ends(answer: Answer, says: str) -> None:
    left = again(answer)
    stage = Stage(lambda _: next(left))
    with pytest.raises(ServiceFailed) as caught:
        stage.play(ask())
    assert (caught.value.status, caught.value.__notes__, caught.value.final) == (503, [says], True)
    assert "x-should-retry" not in caught.value.headers
    waited = sum(sleep.seconds for sleep in stage.sleeps if not sleep.jitter)
    assert PATIENCE - 6 < waited <= PATIENCE


@pytest.mark.parametrize("answer", [SETUP, CORE], ids=["setup", "core"])
def test_with_a_deadline_it_waits_until_that_has_passed(answer: Answer) -> None:
    found, stage = play([answer] * 100 + [FINE], bounded=True)
    assert found == b"fine"
    assert sum(sleep.seconds for sleep in stage.sleeps) > 3 * PATIENCE
    with pytest.raises(TimedOut, match="the server is still starting"):
        play([answer] * 100 + [silent(deadline=True)], bounded=True)


def test_waits_of_no_time_end_too() -> None:
    left = again(reply(PAGE, status=503, headers={"content-type": "text/html", "retry-after": "000"}))
    stage = Stage(lambda _: next(left), retry=Retry(attempts=2))
    with pytest.raises(ServiceFailed):
        stage.play(ask())
    assert len(stage.requests) < 600
    assert min(sleep.seconds for sleep in stage.sleeps if not sleep.jitter) > 0


def test_when_the_deadline_passes_the_error_says_what_was_waited_for() -> None:
    with pytest.raises(TimedOut) as caught:
        play([MESSAGE, silent(deadline=True)])
    assert caught.value.deadline
    assert str(caught.value).endswith("silent: the server is still starting: Loading plugins")
    assert isinstance(caught.value.__cause__, ServiceFailed)


@pytest.mark.parametrize(
    "replies",
    [[silent()], [refused()], [silent(deadline=True)], [SETUP, silent()], [CORE, refused()]],
    ids=["silent", "refused", "deadline", "silent later", "refused later"],
)
def test_other_failures_stay_what_they_are(replies: list[Any]) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        play([*replies, replies[-1]], retry=Retry(attempts=2))
    assert caught.value is replies[-1]
