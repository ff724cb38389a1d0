"""Connections that fail, deadlines that pass, and what is written to the log."""

import asyncio
import errno
import logging
import socket
import ssl
import threading
from functools import partial
from types import SimpleNamespace
from typing import Any

import anyio
import httpcore
import httpx
import pytest

from tests.engine.ways import KEY, LONGER, ONCE, SYNC, Ahead, Sink, Way, both, get, head_of, on_pause
from tests.inside.engine import Call, Fetch, First, Fork, Open, Plan, Policy, Sleep, Work, attempt, call
from tests.inside.files import Source
from tests.inside.http import Answer, AsyncNetwork, Field, Network, Request, Translating, deadline
from tests.wire.recorder import CUT, HOLD, RESET, Recorder, answer
from tonearm.errors import ConnectionFailed, InvalidInput, NotFound, RateLimited, ServiceFailed, TimedOut
from tonearm.retry import Retry


def text(answer: Answer) -> str:
    return answer.text()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@both
def test_a_refused_connection_sent_nothing(way: Way) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ConnectionFailed) as caught:
        way.run(call(get("/x", query={"api_key": KEY}), text), url)
    error = caught.value
    assert (error.sent, error.attempts, error.method, error.url) == (False, 4, "GET", f"{url}/x")
    assert not isinstance(error, TimedOut)
    assert str(error).startswith(f"GET {url}/x: the connection failed: Connection refused")
    assert str(error).endswith(" (4 attempts)")


@both
def test_a_name_that_is_not_found_sent_nothing(way: Way) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        way.run(call(get(), text), "http://nowhere.invalid", retry=ONCE)
    assert not caught.value.sent


@both
@pytest.mark.parametrize(
    "canned",
    [(CUT,), (RESET,), (b"HTTP/1.1 200 OK\r\nConte", CUT), (b"what is this\r\n\r\n", CUT)],
    ids=["cut", "reset", "cut in the head", "no HTTP"],
)
def test_an_answer_that_does_not_come_may_have_been_sent(way: Way, canned: Any) -> None:
    with Recorder([canned]) as server, pytest.raises(ConnectionFailed) as caught:
        way.run(call(get(), text), server.url, retry=ONCE)
    assert caught.value.sent
    assert not isinstance(caught.value, TimedOut)


@both
def test_a_body_that_breaks_off_is_a_failure_and_is_asked_for_again(way: Way) -> None:
    with Recorder([(head_of(length=9) + b"begin", CUT), answer(b"complete!")]) as server:
        assert way.run(call(get(), text), server.url) == "complete!"
    assert len(server.requests) == 2


@both
@pytest.mark.parametrize("script", [(head_of(length=9) + b"begin", CUT), (head_of(404, length=9) + b"begin", CUT)])
def test_a_body_that_breaks_off_was_sent(way: Way, script: Any) -> None:
    with Recorder([script]) as server, pytest.raises(ConnectionFailed) as caught:
        way.run(call(get(), text), server.url, retry=ONCE)
    assert caught.value.sent


@both
def test_a_fetch_that_breaks_off_has_written_what_came(way: Way) -> None:
    def plan() -> Plan[Any]:
        return (yield from Fetch(get(), sink.start))

    sink = Sink()
    with Recorder([(head_of(length=9), b"begin", CUT)]) as server, pytest.raises(ConnectionFailed):
        way.run(plan(), server.url)
    assert sink.body == b"begin"


@both
@pytest.mark.parametrize("script", [(HOLD,), (head_of(length=9), HOLD), (head_of(404, length=9), HOLD)])
def test_a_server_that_stays_silent_is_given_up(way: Way, script: Any) -> None:
    for timeout in LONGER:
        with Recorder([script]) as server, pytest.raises(TimedOut) as caught:
            way.run(call(get(), text), server.url, timeout=timeout, retry=ONCE)
        if server.requests:
            break
    assert (caught.value.sent, caught.value.deadline) == (True, False)


def effects(sink: Sink) -> dict[str, Any]:
    return {"call": Call(get(), text), "fetch": Fetch(get(), sink.start), "open": Open(get())}


@both
@pytest.mark.parametrize("script", [(HOLD,), (head_of(length=9), HOLD), (head_of(500, length=9), HOLD)])
@pytest.mark.parametrize("name", ["call", "fetch", "open"])
@pytest.mark.parametrize("repeat", ["always", "never"])
def test_when_the_deadline_passes_nothing_is_tried_again(way: Way, name: str, script: Any, repeat: Any) -> None:
    with Recorder([script, answer(b"late")]) as server, pytest.raises(TimedOut, match="the deadline") as caught:
        way.run(attempt(effects(Sink())[name], repeat), server.url, deadline=0.1)
    assert caught.value.deadline
    assert (caught.value.method, caught.value.url) == ("GET", f"{server.url}/x")
    assert len(server.requests) <= 1  # none, where the machine is so busy that it passed before


@both
def test_a_pause_is_clipped_to_the_deadline(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Ahead(monkeypatch)
    plan = on_pause(call(get(), text), lambda: clock.skip(999.9))
    with Recorder([answer(status=503, headers={"Retry-After": "100"})]) as server, pytest.raises(TimedOut) as caught:
        way.run(plan, server.url, deadline=1000)
    error = caught.value
    assert (error.deadline, error.attempts, error.sent, error.url) == (True, 1, True, f"{server.url}/x")
    assert isinstance(error.__cause__, ServiceFailed)


@both
def test_a_plan_can_ask_whether_there_is_a_deadline(way: Way) -> None:
    def plan() -> Plan[bool]:
        return (yield from Policy()).bounded

    assert [way.run(plan(), "http://unused", deadline=deadline) for deadline in (None, 60)] == [False, True]


@both
def test_a_deadline_says_why_there_was_more_than_one_attempt(way: Way) -> None:
    limited = answer(json={"message": "quota: 5 a day"}, status=429, headers={"Retry-After": "0"})
    for seconds in LONGER:
        with Recorder([limited, (HOLD,)]) as server, pytest.raises(TimedOut) as caught:
            way.run(call(get(), text), server.url, deadline=seconds)
        if len(server.requests) == 2:
            break
    assert caught.value.__notes__ == ["the attempt before it failed: 429: quota: 5 a day"]
    assert (caught.value.attempts, caught.value.sent) == (2, True)
    assert isinstance(caught.value.__cause__, RateLimited)


@both
def test_where_every_connection_was_refused_the_deadline_does_not_say_that_anything_was_sent(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, retry = Ahead(monkeypatch), Retry(attempts=10**6, first_delay=1000, max_delay=1000)
    plan = on_pause(call(get(), text), lambda: clock.skip(999.9))
    with pytest.raises(
        TimedOut,
        match=r"has passed\nthe attempt before it failed: the connection failed: Connection refused",
    ) as caught:
        way.run(plan, f"http://127.0.0.1:{free_port()}", retry=retry, deadline=1000)
    assert (caught.value.deadline, caught.value.sent) == (True, False)


@both
def test_a_request_that_was_not_begun_before_the_deadline_is_not_sent(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock: list[float] = [100.0]
    monkeypatch.setattr(deadline, "time", SimpleNamespace(monotonic=lambda: clock[0]))

    def plan() -> Plan[str]:
        yield from call(get("/before"), text)
        yield from Work(partial(clock.insert, 0, 1000.0))
        return (yield from call(get(), text))

    with Recorder([answer(b"fine"), answer(b"late")]) as server, pytest.raises(TimedOut) as caught:
        way.run(plan(), server.url, deadline=500)
    assert (caught.value.sent, caught.value.url) == (False, f"{server.url}/x")


@both
def test_a_deadline_that_passes_while_it_connects_sent_nothing(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    def late(address: object, timeout: float, **_: object) -> None:
        threading.Event().wait(timeout)
        raise TimeoutError("timed out")

    monkeypatch.setattr(anyio, "connect_tcp", never)
    monkeypatch.setattr(socket, "create_connection", late)
    with pytest.raises(TimedOut) as caught:
        way.run(call(get(), text), "http://127.0.0.1:9", retry=ONCE, deadline=0.1)
    assert (caught.value.deadline, caught.value.sent) == (True, False)


@both
def test_a_call_that_has_sent_nothing_yet_can_pass_its_deadline(way: Way) -> None:
    def plan() -> Plan[None]:
        yield from Sleep(100)

    with pytest.raises(TimedOut, match="call to http://unused: the deadline of the call has passed") as caught:
        way.run(plan(), "http://unused", deadline=0.05)
    assert (caught.value.deadline, caught.value.sent) == (True, False)


@both
def test_waiting_for_forks_ends_with_the_deadline(way: Way) -> None:
    gate = threading.Event()

    def child() -> Plan[None]:
        yield from Work(partial(gate.wait, 30))

    def plan() -> Plan[Any]:
        ticket = yield from Fork(child())
        try:
            return (yield from First(frozenset({ticket})))
        finally:
            gate.set()

    with pytest.raises(TimedOut) as caught:
        way.run(plan(), "http://unused", deadline=0.05)
    assert caught.value.deadline


def test_a_body_that_is_still_being_sent_ends_with_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    now = SimpleNamespace(monotonic=lambda: clock[0])
    clock = [100.0]
    monkeypatch.setattr(deadline, "time", now)

    def sent(done: int) -> None:
        clock[0] += 1000

    with Source.open(bytes(2_000_000)) as source, Recorder([answer()]) as server:
        form = [Field("file", source.window(), "f.bin", "audio/flac")]
        with pytest.raises(TimedOut) as caught:
            SYNC.run(call(Request(method="POST", path="/", form=form, sent=sent), text), server.url, deadline=500)
    assert caught.value.deadline
    assert server.requests == [] or len(server.requests[0].body) < 2_000_000


@pytest.mark.parametrize(
    ("failure", "kind", "sent"),
    [
        (httpx.ConnectTimeout, TimedOut, False),
        (httpx.PoolTimeout, TimedOut, False),
        (httpx.ReadTimeout, TimedOut, True),
        (httpx.WriteTimeout, TimedOut, True),
        (httpx.ConnectError, ConnectionFailed, False),
        (httpx.ProxyError, ConnectionFailed, False),
        (httpx.UnsupportedProtocol, ConnectionFailed, False),
        (httpx.WriteError, ConnectionFailed, True),
        (httpx.ReadError, ConnectionFailed, True),
        (httpx.RemoteProtocolError, ConnectionFailed, True),
    ],
)
def test_a_failure_tells_whether_anything_was_sent(failure: Any, kind: type[ConnectionFailed], sent: bool) -> None:
    request = httpx.Request("GET", "http://server/x?key=secret")
    with pytest.raises(kind) as caught, Translating(request):
        raise failure("")
    assert type(caught.value) is kind
    assert (caught.value.sent, caught.value.url) == (sent, "http://server/x")


def failed(kind: type[httpx.RequestError], text: str = "", cause: BaseException | None = None) -> httpx.RequestError:
    error = kind(text)
    error.__cause__ = cause
    return error


GROUP = ExceptionGroup("several", [ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed ('::1', 80)")])


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (failed(httpx.ConnectTimeout, "timed out"), "no connection was made in time"),
        (failed(httpx.PoolTimeout), "all connections stayed busy too long"),
        (failed(httpx.WriteTimeout), "the server took nothing for too long"),
        (failed(httpx.ReadTimeout, "The read operation timed out"), "the server stayed silent too long"),
        (failed(httpx.ConnectError, "All attempts failed", GROUP), "the connection failed: Connection refused"),
        (
            failed(httpx.ReadError, "", OSError(errno.ECONNRESET, "x")),
            "the connection failed: Connection reset by peer",
        ),
        (
            failed(httpx.ConnectError, "x", socket.gaierror(-2, "Name not known")),
            "the connection failed: Name not known",
        ),
        (failed(httpx.ConnectError, "x", ssl.SSLError(1, "odd")), "the TLS connection failed: odd"),
        (failed(httpx.ReadError), "the connection failed: ReadError"),
        (failed(httpx.ProxyError, "407 Proxy Authentication Required"), "the connection failed: 407 Proxy"),
        (failed(httpx.RemoteProtocolError, "Receive buffer too long"), "the head of the answer is too long"),
        (
            failed(httpx.RemoteProtocolError, "illegal status line: bytearray(b'220 mail')"),
            "the answer is not proper HTTP: illegal status line: '220 mail'",
        ),
        (
            failed(httpx.RemoteProtocolError, "peer closed connection without (received 5 bytes, expected 9)"),
            "the response was interrupted after 5 of 9 bytes",
        ),
        (
            failed(httpx.RemoteProtocolError, "peer closed connection without (incomplete chunked read)"),
            "the response was interrupted",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_failure_says_in_words_what_happened(error: httpx.RequestError, words: str) -> None:
    request = httpx.Request("GET", "http://server/x?key=secret")
    with pytest.raises(ConnectionFailed) as caught, Translating(request):
        raise error
    assert str(caught.value).startswith(f"GET http://server/x: {words}")
    assert "bytearray" not in str(caught.value)
    assert "Errno" not in str(caught.value)


@both
def test_a_timeout_of_the_callers_own_is_not_ours(way: Way) -> None:
    def parse(answer: Answer) -> None:
        raise TimeoutError("theirs")

    with Recorder([answer()]) as server, pytest.raises(TimeoutError, match="theirs"):
        way.run(call(get(), parse), server.url, deadline=60)


@both
def test_a_url_that_cannot_be_one_is_refused(way: Way) -> None:
    with pytest.raises(InvalidInput, match="the URL"):
        way.run(call(get("/" + "x" * 70_000), text), "http://127.0.0.1:1")


@both
def test_each_request_is_one_line_of_the_log_without_query_or_key(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    request = get("/x", query={"api_key": KEY, "q": "private"})
    scripts = [(CUT,), answer(status=500), answer(b"fine")]
    with Recorder(scripts) as server, caplog.at_level(logging.DEBUG, "tonearm"):
        way.run(call(request, text), server.url)
    lines = [record.getMessage() for record in caplog.records if record.name == "tonearm"]
    assert [line.rpartition(" in ")[0] for line in lines] == [
        f"GET {server.url}/x -> no answer",
        f"GET {server.url}/x -> 500",
        f"GET {server.url}/x -> 200",
    ]
    assert KEY not in caplog.text
    assert "private" not in "".join(lines)


@both
def test_a_failure_of_another_kind_leaves_the_connection_in_order(way: Way) -> None:
    def plan() -> Plan[str]:
        try:
            yield from call(get("/missing"), text)
        except NotFound:
            return (yield from call(get("/there"), text))
        return ""

    with Recorder([answer(b"no", status=404), answer(b"yes")]) as server:
        assert way.run(plan(), server.url) == "yes"
    assert server.connections == 1


@both
def test_attempts_are_counted_on_the_failure(way: Way) -> None:
    with Recorder([answer(status=500)] * 3) as server, pytest.raises(Exception, match="500") as caught:
        way.run(call(get(), text), server.url, retry=Retry(attempts=3, first_delay=0))
    assert getattr(caught.value, "attempts", None) == len(server.requests) == 3


def test_a_body_is_read_in_large_blocks_and_the_answer_of_a_proxy_in_as_many_bytes_as_asked_for() -> None:
    asked: list[int] = []

    def read(max_bytes: int, _: float | None) -> bytes:
        asked.append(max_bytes)
        return b""

    async def read_async(max_bytes: int, _: float | None) -> bytes:
        return read(max_bytes, None)

    async def connect_async(*_: object) -> Any:
        return SimpleNamespace(read=read_async)

    def backend(connect_tcp: Any) -> Any:
        return SimpleNamespace(connect_tcp=connect_tcp)

    async def read_both() -> None:
        made = await AsyncNetwork(backend(connect_async), httpcore).connect_tcp("host", 1)
        for size in (2, 65_536):
            await made.read(size)

    made = Network(backend(lambda *_: SimpleNamespace(read=read))).connect_tcp("host", 1)
    for size in (2, 65_536):
        made.read(size)
    asyncio.run(read_both())
    assert asked == [2, 262_144, 2, 262_144]
