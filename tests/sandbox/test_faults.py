import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import httpx
import pytest

from tonearm.sandbox import Sandbox

HELD = 3600.0
"""Seconds that no test waits: a fault that holds back so long is let go by clearing the faults."""


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=sandbox.url, timeout=60) as client:
        yield client


def cut_off(client: httpx.Client, path: str) -> bytes:
    """Read an answer that ends in the middle, and return what came."""
    got = bytearray()
    with client.stream("GET", path) as answer:
        try:
            for block in answer.iter_raw():
                got += block
        except httpx.RemoteProtocolError:
            return bytes(got)
    pytest.fail("the answer came whole")


def test_any_status_headers_and_body(sandbox: Sandbox, client: httpx.Client) -> None:
    fault = sandbox.fault(status=520, headers=[("x-a", "1"), ("x-a", "2"), ("Content-Type", "text/html")], body=b"<h1>")
    answer = client.get("/aioz/api/media/cost")
    assert (answer.status_code, answer.content) == (520, b"<h1>")
    assert answer.headers.get_list("x-a") == ["1", "2"]
    assert answer.headers["content-type"] == "text/html"
    assert fault.hits == 1
    assert (sandbox.requests[-1].status, sandbox.requests[-1].fault) == (520, True)
    assert client.get("/aioz/api/media/cost").status_code == 401


def test_an_ordered_answer_first_reads_the_request(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=503)
    assert client.post("/x", content=b"x" * 3_000_000).status_code == 503
    assert sandbox.requests[-1].received == 3_000_000


def test_an_ordered_answer_can_leave_the_request_unread(sandbox: Sandbox) -> None:
    sandbox.fault(status=413, body=b"too large", read_request=False)
    port = int(sandbox.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n")
        answer = b""
        while block := wire.recv(65536):
            answer += block
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer
    assert answer.endswith(b"too large")
    assert sandbox.requests[-1].received == 0


def test_an_ordered_answer_without_a_body_is_whole(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=204)
    answer = client.get("/x")
    assert (answer.status_code, answer.content) == (204, b"")
    assert "content-length" not in answer.headers


def test_drop_before_the_headers_after_the_service_acted(sandbox: Sandbox, client: httpx.Client) -> None:
    keys = {"authorization": "Bearer sandbox-token"}
    sandbox.fault(path="*/media/create", drop_headers=True)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        client.post("/aioz/api/media/create", headers=keys, json={"title": "made all the same", "type": "audio"})
    assert sandbox.requests[-1].status is None
    listed = client.post("/aioz/api/media", headers=keys, json={"search": "made all the same"}).json()
    assert listed["data"]["total"] == 1


@pytest.mark.parametrize("count", [0, 1, 999, 70_000])
def test_drop_after_so_many_bytes_of_the_answer(sandbox: Sandbox, client: httpx.Client, count: int) -> None:
    sandbox.fault(status=200, body=bytes(range(250)) * 400, drop_response=count)
    assert cut_off(client, "/x") == (bytes(range(250)) * 400)[:count]
    assert sandbox.requests[-1].sent == count


def test_drop_in_the_middle_of_a_real_answer(sandbox: Sandbox, client: httpx.Client) -> None:
    whole = client.get("/aioz/api/nothing").content
    sandbox.fault(drop_response=10)
    assert cut_off(client, "/aioz/api/nothing") == whole[:10]


def test_drop_in_the_middle_of_a_chunked_answer(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=200, headers={"transfer-encoding": "chunked"}, body=b"x" * 1000, drop_response=300)
    assert cut_off(client, "/x") == b"x" * 300


def test_a_chunked_answer_that_is_shorter_is_cut_before_its_end(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=200, headers={"transfer-encoding": "chunked"}, body=b"x" * 10, drop_response=300)
    with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
        client.get("/x")


def test_drop_after_so_many_bytes_of_the_request(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(drop_request=100_000)
    with pytest.raises(httpx.TransportError):
        client.post("/aioz/api/media", content=b"x" * 30_000_000)
    logged = sandbox.requests[-1]
    assert logged.status is None
    assert 100_000 <= logged.received < 1_000_000


def test_drop_at_the_end_of_a_request_that_is_shorter(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(drop_request=100_000)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        client.post("/aioz/api/media", content=b"x" * 10)
    assert sandbox.requests[-1].received == 10


def test_drop_on_the_head_of_the_request(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(drop_request=0)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        client.get("/aioz/api/media/cost")


@contextmanager
def asking(sandbox: Sandbox, path: str) -> Iterator[socket.socket]:
    """A connection over which a request has been sent, and whose end the server will close."""
    with socket.create_connection(("127.0.0.1", int(sandbox.url.rpartition(":")[2]))) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        yield wire


def came(wire: socket.socket) -> bytes:
    """What has come by now."""
    got = bytearray()
    with suppress(BlockingIOError):
        while block := wire.recv(65536, socket.MSG_DONTWAIT):
            got += block
    return bytes(got)


def test_a_stall_holds_back_the_rest_of_the_answer(sandbox: Sandbox) -> None:
    fault = sandbox.fault(status=200, body=b"x" * 1000, stall_after=400, stall=HELD)
    with asking(sandbox, "/x") as wire:
        answer = b""
        while not answer.endswith(b"x" * 400):
            answer += wire.recv(65536)
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert fault.strikes == 1
        assert came(wire) == b""


def test_clearing_the_faults_ends_a_stall(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=200, body=b"x" * 1000, stall_after=400, stall=HELD)
    with client.stream("GET", "/x") as answer:
        sandbox.clear_faults()
        assert answer.read() == b"x" * 1000


def test_a_stall_can_end_in_a_drop(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=200, body=b"x" * 1000, stall_after=400, stall=0.01, drop_response=600)
    assert cut_off(client, "/x") == b"x" * 600


def test_a_short_stall_goes_on(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=200, body=b"x" * 1000, stall_after=0, stall=0.01)
    assert client.get("/x").content == b"x" * 1000


def test_a_delay_holds_back_the_headers(sandbox: Sandbox) -> None:
    fault = sandbox.fault(delay=HELD)
    with asking(sandbox, "/aioz/api/media/cost") as wire:
        fault.wait()
        assert fault.hits == 1
        assert sandbox.requests[-1].status is None
        assert came(wire) == b""
        sandbox.clear_faults()
        assert wire.recv(65536).startswith(b"HTTP/1.1 401 ")


def test_a_fault_can_be_waited_for(sandbox: Sandbox, client: httpx.Client) -> None:
    fault = sandbox.fault(status=500, times=None)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(fault.wait, 3)
        assert statuses(client, 2) == [500] * 2
        with pytest.raises(TimeoutError, match="2 of 3 requests"):
            fault.wait(3, timeout=0.01)
        assert not waiting.done()
        assert statuses(client, 1) == [500]
        waiting.result(60)
    fault.wait(2)


def test_a_short_delay_answers(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(delay=0.01)
    assert client.get("/aioz/api/media/cost").status_code == 401


def statuses(client: httpx.Client, count: int, path: str = "/aioz/api/media/cost") -> list[int]:
    return [client.get(path).status_code for _ in range(count)]


def test_skip_and_times_count_the_requests_that_match(sandbox: Sandbox, client: httpx.Client) -> None:
    fault = sandbox.fault(path="/aioz/*", status=500, skip=2, times=2)
    assert client.get("/other").status_code == 404
    assert statuses(client, 6) == [401, 401, 500, 500, 401, 401]
    assert fault.hits == 2


def test_every_so_many_requests_are_hit(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(path="/x", status=500, skip=1, every=3, times=2)
    assert [client.get("/x").status_code for _ in range(12)] == [404] * 3 + [500] + [404] * 2 + [500] + [404] * 5


def test_without_a_number_of_times_a_fault_stays(sandbox: Sandbox, client: httpx.Client) -> None:
    fault = sandbox.fault(status=500, times=None)
    assert statuses(client, 5) == [500] * 5
    assert fault.hits == 5
    sandbox.clear_faults()
    assert statuses(client, 1) == [401]


def test_faults_strike_in_the_order_of_the_orders(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=500)
    sandbox.fault(status=502, times=2)
    assert statuses(client, 4) == [500, 502, 502, 401]


def test_method_glob_and_pattern_choose_the_requests(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(method="post", status=500, times=None)
    sandbox.fault(path="/aioz/*/part", status=501, times=None)
    sandbox.fault(path=re.compile(r"/[a-z]+/\d+"), status=502, times=None)
    assert client.post("/x").status_code == 500
    assert statuses(client, 1, "/aioz/api/media/1/part") == [501]
    assert statuses(client, 1, "/abc/12") == [502]
    assert statuses(client, 1, "/abc/12/more") == [404]


def test_the_control_routes_are_never_hit(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.fault(status=500, times=None)
    assert statuses(client, 1, "/_sandbox/faults") == [200]


def test_faults_over_http(sandbox: Sandbox, client: httpx.Client) -> None:
    order = {"path_regex": "/x/[0-9]", "status": 503, "headers": {"retry-after": "7"}, "body": "später", "times": 2}
    made = client.post("/_sandbox/faults", json=order)
    assert made.status_code == 201
    answer = client.get("/x/1")
    assert (answer.status_code, answer.headers["retry-after"], answer.content.decode()) == (503, "7", "später")
    (shown,) = client.get("/_sandbox/faults").json()
    assert (shown["path"], shown["status"], shown["times"], shown["hits"]) == ("/x/[0-9]", 503, 2, 1)
    assert client.delete("/_sandbox/faults").status_code == 204
    assert client.get("/_sandbox/faults").json() == []
    assert client.get("/x/1").status_code == 404


def test_bytes_over_http(sandbox: Sandbox, client: httpx.Client) -> None:
    client.post("/_sandbox/faults", json={"status": 200, "body_base64": "AP8=", "drop_response": 1})
    assert cut_off(client, "/x") == b"\x00"


@pytest.mark.parametrize(
    "order",
    [
        b"",
        b"[]",
        b"{}",
        b'{"status": 503, "unknown": 1}',
        b'{"status": 42}',
        b'{"status": "503"}',
        b'{"drop_response": -1}',
        b'{"stall_after": 3}',
        b'{"stall": 3, "status": 200}',
        b'{"status": 200, "body": 5}',
        b'{"status": 200, "path": 5}',
        b'{"status": 200, "headers": 5}',
        b'{"status": 200, "times": "many"}',
        b'{"status": 200, "path_regex": "("}',
        b'{"status": 200, "body_base64": "?"}',
    ],
)
def test_a_faulty_order_is_refused(client: httpx.Client, order: bytes) -> None:
    answer = client.post("/_sandbox/faults", content=order)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert client.get("/_sandbox/faults").json() == []


def test_an_order_without_an_effect_is_an_error(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="needs an effect"):
        sandbox.fault(path="/x")


def test_a_client_that_goes_away_in_mid_request_is_no_error(
    sandbox: Sandbox, client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    address = ("127.0.0.1", int(sandbox.url.rpartition(":")[2]))
    with socket.create_connection(address) as wire:
        wire.sendall(
            b"POST /aioz/api/media HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sandbox-token\r\n"
            b"Content-Length: 100\r\nExpect: 100-continue\r\n\r\n"
        )
        # The interim answer says that the service is reading.
        assert wire.recv(100).startswith(b"HTTP/1.1 100 ")
        wire.sendall(b"{")
    assert statuses(client, 1) == [401]
    assert caplog.records == []
