"""Each effect, performed by both runners over real sockets."""

import threading
from typing import Any

import pytest

from tests.engine.ways import AT_ONCE, ONCE, Sink, Way, both, get, head_of
from tests.inside.engine import Call, Effect, Fetch, First, Fork, Now, Open, Plan, Policy, Sleep, Work, call
from tests.inside.files import Source
from tests.inside.http import Answer, Field, Head, Live, Request
from tests.wire.recorder import CUT, Recorder, answer
from tonearm.errors import ConnectionFailed, NotFound, StatusError, UnexpectedAnswer
from tonearm.retry import Retry


def one(effect: Effect[Any]) -> Plan[Any]:
    return (yield from effect)


@both
def test_a_call_sends_the_request_and_parses_the_answer(way: Way) -> None:
    request = Request(
        method="POST", path="/a b", query={"q": "x&y", "n": 1}, headers={"Accept": "text/plain"}, json={"ü": [1]}
    )
    with Recorder([answer(b"fine", headers={"X-Request-ID": "r1"})]) as server:
        found = way.run(one(Call(request, lambda answer: answer)), server.url)
    assert (found.body, found.head.status, found.request_id) == (b"fine", 200, "r1")
    (sent,) = server.requests
    assert (sent.method, sent.target) == ("POST", "/a%20b?q=x%26y&n=1")
    assert sent.body == '{"ü":[1]}'.encode()
    assert sent.headers["accept"] == "text/plain"
    assert sent.headers["authorization"] == "Bearer sk-very-secret"


@both
def test_what_a_parser_raises_goes_into_the_plan(way: Way) -> None:
    def parse(answer: Answer) -> None:
        raise answer.unexpected("not this")

    def plan() -> Plan[str]:
        try:
            yield from call(get(), parse)
        except UnexpectedAnswer as error:
            return str(error)
        return "no failure"

    with Recorder([answer(b"x")]) as server:
        assert way.run(plan(), server.url) == f"GET {server.url}/x -> 200: not this"
    assert len(server.requests) == 1


@both
def test_a_fetch_streams_into_the_sink_that_its_head_opens(way: Way) -> None:
    sink, body = Sink(), bytes(range(256)) * 4096
    with Recorder([answer(body, content_type="audio/FLAC; x=y")]) as server:
        head = way.run(one(Fetch(get(), sink.start)), server.url)
    assert sink.body == body
    assert len(sink.blocks) > 1
    assert isinstance(head, Head)
    assert head is sink.heads[0]
    assert head.content_type == "audio/flac"


@both
def test_a_fetch_of_an_error_opens_no_sink(way: Way) -> None:
    sink = Sink()
    with (
        Recorder([answer(json={"message": "nothing here"}, status=404)]) as server,
        pytest.raises(NotFound, match="nothing here"),
    ):
        way.run(one(Fetch(get(), sink.start)), server.url)
    assert sink.heads == []


@both
def test_what_the_sink_raises_ends_the_fetch(way: Way) -> None:
    class Full(Sink):
        def write(self, block: bytes) -> None:
            raise OSError("no space left")

    with Recorder([answer(b"x" * 1_000_000)]) as server, pytest.raises(OSError, match="no space left"):
        way.run(one(Fetch(get(), Full().start)), server.url)


@both
def test_an_open_answer_has_its_head_and_its_first_bytes(way: Way) -> None:
    with Recorder([(head_of(length=10), b"first", b"", CUT)]) as server:
        live = way.run(one(Open(get())), server.url)
    assert isinstance(live, Live)
    assert live.head.status == 200
    assert b"first".startswith(live.first)
    assert live.first


@both
@pytest.mark.parametrize(
    ("canned", "failure"),
    [
        (answer(json={"message": "no"}, status=404), NotFound),
        (answer(b""), UnexpectedAnswer),
        ((head_of(length=5), CUT), ConnectionFailed),
    ],
)
def test_an_answer_that_cannot_be_opened_is_closed(way: Way, canned: Any, failure: type[Exception]) -> None:
    with Recorder([canned]) as server, pytest.raises(failure):
        way.run(one(Open(get())), server.url, retry=ONCE)
    assert len(server.requests) == 1


@both
def test_an_open_answer_can_be_refused_by_its_head_and_first_bytes(way: Way) -> None:
    def check(answer: Answer) -> None:
        raise answer.unexpected(f"{answer.head.content_type} {answer.body[:1]!r}")

    with (
        Recorder([answer(b"<html>", content_type="text/html")]) as server,
        pytest.raises(UnexpectedAnswer, match="text/html b'<'"),
    ):
        way.run(one(Open(get(), check)), server.url)


@both
def test_blocking_work_runs_and_its_failures_go_into_the_plan(way: Way) -> None:
    def plan() -> Plan[tuple[str, bool]]:
        name = yield from Work(lambda: threading.current_thread().name)
        try:
            yield from Work(lambda: list[int]().pop())
        except IndexError:
            return name, True
        return name, False

    name, failed = way.run(plan(), "http://unused")
    assert failed
    assert (name == threading.current_thread().name) != way.asynchronous


@both
def test_a_plan_can_ask_for_the_policy_and_sleep(way: Way) -> None:
    def plan() -> Plan[Retry]:
        yield from Sleep(0)
        yield from Sleep(0.001, jitter=True)
        return (yield from Policy())

    assert way.run(plan(), "http://unused", retry=AT_ONCE, deadline=60).retry is AT_ONCE


@both
def test_the_clock_that_a_plan_reads_goes_on_while_it_sleeps(way: Way) -> None:
    def plan() -> Plan[float]:
        before = yield from Now()
        yield from Sleep(0.001)
        return (yield from Now()) - before

    assert way.run(plan(), "http://unused") >= 0.001


@both
def test_what_is_not_an_effect_is_refused(way: Way) -> None:
    with pytest.raises(TypeError, match="Effect is not an effect"):
        way.run(one(Effect()), "http://unused")


@both
def test_forks_run_beside_each_other_and_the_first_that_ends_is_given_back(way: Way) -> None:
    late = threading.Event()

    def child(wait: bool) -> Plan[str]:
        if wait:
            yield from Work(lambda: late.wait(30))
        return (yield from call(get(), lambda answer: answer.text()))

    def plan() -> Plan[list[str]]:
        slow = yield from Fork(child(True))
        fast = yield from Fork(child(False))
        tickets = {slow, fast}
        first, value = yield from First(frozenset(tickets))
        assert first is fast
        late.set()
        second, other = yield from First(frozenset(tickets - {first}))
        assert second is slow
        return [value, other]

    with Recorder([answer(b"1"), answer(b"2")]) as server:
        assert way.run(plan(), server.url, deadline=60) == ["1", "2"]


@both
def test_an_end_that_nobody_waits_for_yet_is_kept(way: Way) -> None:
    def child(text: str) -> Plan[str]:
        return (yield from Work(lambda: text))

    def plan() -> Plan[list[str]]:
        first = yield from Fork(child("first"))
        second = yield from Fork(child("second"))
        _, later = yield from First(frozenset({second}))
        _, sooner = yield from First(frozenset({first}))
        return [sooner, later]

    assert way.run(plan(), "http://unused") == ["first", "second"]


@both
def test_the_failure_of_a_fork_goes_into_the_plan(way: Way) -> None:
    def child() -> Plan[str]:
        return (yield from call(get(), lambda answer: answer.text()))

    def plan() -> Plan[int]:
        ticket = yield from Fork(child())
        try:
            yield from First(frozenset({ticket}))
        except StatusError as error:
            return error.status
        return 0

    with Recorder([answer(status=418)]) as server:
        assert way.run(plan(), server.url) == 418


@both
def test_a_form_is_streamed_with_its_length_and_counted(way: Way) -> None:
    content, counted = bytes(range(251)) * 4001, list[int]()
    with Source.open(content) as source, Recorder([answer()]) as server:
        form = [Field("a", b"1"), Field("file", source.window(), "f.bin", "audio/flac")]
        way.run(one(Call(Request(method="POST", path="/", form=form, sent=counted.append), bool)), server.url)
    (sent,) = server.requests
    assert int(sent.headers["content-length"]) == len(sent.body)
    assert content in sent.body
    assert counted == sorted(counted)
    assert counted[-1] == len(content)
    assert len(set(counted)) > 3


@both
def test_a_form_without_a_counter_is_sent_as_well(way: Way) -> None:
    with Recorder([answer()]) as server:
        way.run(one(Call(Request(method="POST", path="/", form=[Field("a", b"1")]), bool)), server.url)
    assert b'name="a"\r\n\r\n1\r\n' in server.requests[0].body
