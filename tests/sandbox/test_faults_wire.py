"""Faults in how an answer is framed, and faults for as long as a block runs."""

import socket
from collections.abc import Iterator

import httpx
import pytest

from tonearm.sandbox import Fault, FaultNeverStruck, Sandbox

HELD = 3600.0
BODY = bytes(range(250)) * 40


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=sandbox.url, timeout=60) as client:
        yield client


def some_of(client: httpx.Client, path: str = "/x") -> bytes:
    """Read an answer that breaks off, and return what came of it."""
    got = bytearray()
    try:
        with client.stream("GET", path) as answer:
            for block in answer.iter_raw():
                got += block
    except httpx.RemoteProtocolError:
        return bytes(got)
    pytest.fail("the answer came whole")


def test_a_drip_sends_the_answer_in_pieces(sandbox: Sandbox, client: httpx.Client) -> None:
    fault = sandbox.fault(status=200, body=BODY[:30], drip=10, drip_every=0.001)
    with client.stream("GET", "/x") as answer:
        assert b"".join(answer.iter_raw()) == BODY[:30]
    assert fault.strikes == 1


def test_a_drip_waits_between_the_pieces(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=200, body=BODY, drip=7, drip_every=HELD)
    with client.stream("GET", "/x") as answer:
        blocks = answer.iter_raw()
        assert next(blocks) == BODY[:7]
        sandbox.clear_faults()
        assert b"".join(blocks) == BODY[7:]


def test_a_drip_ends_when_its_reader_leaves(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=200, body=BODY, drip=1, drip_every=0.001)
    with client.stream("GET", "/x") as answer:
        next(answer.iter_raw())
    assert client.get("/x").status_code == 404
    assert sandbox.requests[-2].sent < len(BODY)


def test_a_length_that_is_too_long_leaves_the_reader_waiting_for_more(sandbox: Sandbox, client: httpx.Client) -> None:
    whole = client.get("/aioz/api/nothing").content
    fault = sandbox.fault(content_length=len(whole) + 10)
    assert some_of(client, "/aioz/api/nothing") == whole
    assert (fault.hits, fault.strikes) == (1, 1)


def test_a_length_that_is_too_short_hides_the_end(sandbox: Sandbox, client: httpx.Client) -> None:
    whole = client.get("/aioz/api/nothing").content
    sandbox.fault(content_length=len(whole) - 10)
    answer = client.get("/aioz/api/nothing")
    assert answer.headers["content-length"] == str(len(whole) - 10)
    assert answer.content == whole[:-10]
    # A connection of its own: the last one may be closed at the moment when it is used again.
    assert httpx.get(f"{sandbox.url}/aioz/api/nothing").content == whole


def test_what_a_short_length_hides_is_on_the_wire(sandbox: Sandbox) -> None:
    sandbox.fault(status=200, body=BODY, content_length=100)
    with socket.create_connection(("127.0.0.1", int(sandbox.url.rpartition(":")[2]))) as wire:
        wire.sendall(b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = bytearray()
        while block := wire.recv(65536):
            answer += block
    assert b"content-length: 100\r\n" in answer
    assert answer.endswith(b"\r\n\r\n" + BODY)


def test_a_chunked_answer_can_be_given_a_length(sandbox: Sandbox, client: httpx.Client) -> None:
    chunked = {"transfer-encoding": "chunked"}
    sandbox.fault(status=200, headers=chunked, body=BODY, content_length=len(BODY) + 1)
    assert some_of(client) == BODY
    sandbox.fault(status=200, headers=chunked, body=BODY, content_length=100)
    assert client.get("/x").content == BODY[:100]


def test_the_length_of_an_answer_without_a_body_is_only_said(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=200, content_length=123)
    assert client.head("/x").headers["content-length"] == "123"
    assert client.head("/x").status_code == 404


def test_another_content_type(sandbox: Sandbox, client: httpx.Client) -> None:
    fault = sandbox.fault(content_type="text/html; charset=utf-8")
    answer = client.get("/aioz/api/media/cost")
    assert answer.headers.get_list("content-type") == ["text/html; charset=utf-8"]
    assert answer.json()["status"] == "error"
    assert fault.strikes == 1


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"drip": 3}, "belong together"),
        ({"drip_every": 3.0, "status": 200}, "belong together"),
        ({"drip": 0, "drip_every": 1.0}, "drip"),
        ({"content_length": -1}, "count"),
        ({"restart": 1.0, "status": 200}, "end of a drop"),
        ({"restart": -1.0, "drop_headers": True}, "restart"),
    ],
)
def test_options_that_do_not_fit_are_refused(sandbox: Sandbox, options: dict[str, object], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Fault(**options)  # type: ignore[arg-type]
    assert httpx.get(f"{sandbox.url}/_sandbox/faults").json() == []


def test_faults_last_as_long_as_the_block(sandbox: Sandbox, client: httpx.Client) -> None:
    with sandbox.faults(Fault(status=500, times=None), Fault(status=502), unused_ok=True) as (first, second):
        assert [client.get("/x").status_code for _ in range(3)] == [500] * 3
        assert (first.hits, second.hits) == (3, 0)
    assert client.get("/x").status_code == 404


def test_faults_that_were_ordered_before_stay(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(path="/stays", status=500)
    with sandbox.faults(Fault(path="/goes", status=501)):
        assert client.get("/goes").status_code == 501
    assert client.get("/stays").status_code == 500


def test_a_fault_that_nothing_met_fails_the_block(sandbox: Sandbox, client: httpx.Client) -> None:
    with pytest.raises(FaultNeverStruck, match="/never"), sandbox.faults(Fault(path="/never", status=500)):
        assert client.get("/x").status_code == 404
    assert issubclass(FaultNeverStruck, AssertionError)


def test_a_fault_that_was_met_and_not_felt_fails_the_block(sandbox: Sandbox, client: httpx.Client) -> None:
    stall = Fault(stall_after=10_000_000, stall=HELD)
    with pytest.raises(FaultNeverStruck), sandbox.faults(stall):
        client.get("/x")
    assert (stall.hits, stall.strikes) == (1, 0)


def test_the_error_of_the_block_comes_before_a_fault_that_never_struck(sandbox: Sandbox) -> None:
    with pytest.raises(KeyError), sandbox.faults(Fault(status=500)):
        raise KeyError
    assert httpx.get(f"{sandbox.url}/_sandbox/faults").json() == []


def test_leaving_the_block_ends_its_delays(sandbox: Sandbox, client: httpx.Client) -> None:
    with sandbox.faults(Fault(status=200, body=BODY, stall_after=5, stall=HELD)):
        request = client.build_request("GET", "/x")
        answer = client.send(request, stream=True)
        assert next(answer.iter_raw()) == BODY[:5]
    answer.close()
    assert client.get("/x").status_code == 404


def test_the_control_api_counts(sandbox: Sandbox, client: httpx.Client) -> None:
    order = {"path": "/x", "content_type": "a/b", "times": 2}
    assert client.post("/_sandbox/faults", json=order).json()["strikes"] == 0
    client.get("/x")
    (shown,) = client.get("/_sandbox/faults").json()
    assert (shown["hits"], shown["strikes"], shown["content_type"]) == (1, 1, "a/b")
