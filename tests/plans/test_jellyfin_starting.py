"""Waiting for a Jellyfin server that starts up, played without a clock."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tests.inside.engine import Call, Plan, Sleep, attempt
from tests.inside.http import Answer, Request
from tests.inside.jellyfin import PATIENCE, Away, Patient, call
from tests.plans.play import Stage, cut, refused, reply, silent
from tonearm.errors import ConnectionFailed, ServiceFailed, TimedOut
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


GONE = reply(PAGE, status=502, headers={"content-type": "text/html"})


def again_from(away: Away) -> Plan[bytes]:
    return (yield from attempt(Patient(Call(GET, lambda answer: answer.body), away), "always"))


def test_a_server_that_has_answered_is_waited_for_when_it_goes_away() -> None:
    replies = [refused(), GONE, reply(status=522), refused(), CORE, FINE]
    stage = Stage(lambda _: replies.pop(0))
    assert stage.play(again_from(Away(answered=True))) == b"fine"
    assert stage.sleeps == [Sleep(0.5), Sleep(1.0), Sleep(2.0), Sleep(4.0), Sleep(5.0)]


@pytest.mark.parametrize("failure", [refused(), GONE], ids=["refused", "gateway"])
@pytest.mark.parametrize(
    ("away", "settings"),
    [
        (Away(), {"retry": Retry(attempts=2, first_delay=0)}),
        (Away(answered=True), {"retry": Retry(attempts=1)}),
        (Away(0.4, answered=True), {"retry": Retry(attempts=2, first_delay=0)}),
    ],
    ids=["never answered", "no retries", "no patience"],
)
def test_a_wrong_address_and_a_server_that_stays_away_fail(failure: Any, away: Away, settings: Any) -> None:
    stage = Stage(lambda _: failure, **settings)
    with pytest.raises((ConnectionFailed, ServiceFailed)):
        stage.play(again_from(away))
    assert len(stage.requests) <= 2
    assert [sleep for sleep in stage.sleeps if not sleep.jitter] == []


@pytest.mark.parametrize("failure", [refused(), GONE], ids=["refused", "gateway"])
def test_patience_with_a_server_that_is_away_ends_once_for_all(failure: Any) -> None:
    stage, away = Stage(lambda _: failure), Away(60.0, answered=True)
    with pytest.raises((ConnectionFailed, ServiceFailed)) as caught:
        stage.play(again_from(away))
    assert not away.answered
    assert "the server is still away after 60 s" in getattr(caught.value, "__notes__", []) or len(stage.requests) > 4
    waited = sum(sleep.seconds for sleep in stage.sleeps if not sleep.jitter)
    assert 54 < waited <= 60


@pytest.mark.parametrize("failure", [cut(), silent(), reply(status=500)], ids=["cut", "silent", "500"])
def test_other_failures_are_not_waited_for(failure: Any) -> None:
    stage = Stage(lambda _: failure, retry=Retry(attempts=2, first_delay=0))
    with pytest.raises((ConnectionFailed, ServiceFailed)):
        stage.play(again_from(Away(answered=True)))
    assert len(stage.requests) == 2


def test_a_deadline_that_passes_while_the_server_is_away_says_so() -> None:
    replies = [refused(), silent(deadline=True)]
    with pytest.raises(TimedOut, match="the server is still away"):
        Stage(lambda _: replies.pop(0), bounded=True).play(again_from(Away(answered=True)))
