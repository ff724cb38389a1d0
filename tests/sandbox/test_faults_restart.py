"""The fault that takes the whole server down in the middle of an exchange, and brings it back."""

import socket
from collections.abc import Iterator

import httpx
import pytest

from tonearm import sandbox as package
from tonearm.sandbox import Fault, Sandbox

KEYS = {"authorization": "Bearer sandbox-token"}
BODY = b"x" * 100_000


@pytest.fixture
def box() -> Iterator[Sandbox]:
    """A sandbox of its own: nothing else must be talking to it when it goes down."""
    with package.start() as sandbox:
        yield sandbox


def address(box: Sandbox) -> tuple[str, int]:
    return "127.0.0.1", int(box.url.rpartition(":")[2])


def create(client: httpx.Client, title: str) -> str:
    media = client.post("/aioz/api/media/create", headers=KEYS, json={"title": title, "type": "audio"}).json()
    return str(media["data"]["id"])


def get_again(box: Sandbox, path: str) -> httpx.Response:
    """Ask once the server is back."""
    box.wait_idle()
    return httpx.get(box.url + path, headers=KEYS)


def test_the_server_comes_back_on_its_port_with_its_data(box: Sandbox) -> None:
    with httpx.Client(base_url=box.url) as client:
        media = create(client, "kept")
        with box.faults(Fault(path="/x", status=200, body=BODY, drop_response=1000, restart=0.05)) as (fault,):
            with client.stream("GET", "/x") as answer, pytest.raises(httpx.TransportError):
                answer.read()
            again = get_again(box, f"/aioz/api/media/{media}")
        assert again.json()["data"]["title"] == "kept"
        assert fault.strikes == 1
        assert client.get("/x").status_code == 404


def test_while_it_is_down_nobody_listens_and_every_connection_is_closed(box: Sandbox) -> None:
    with socket.create_connection(address(box)) as other:
        other.sendall(b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b""
        while not answer.endswith(b"Not Found"):
            answer += other.recv(65536)
        with box.faults(Fault(drop_headers=True, restart=3600)), pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{box.url}/y")
        assert other.recv(65536) == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address(box))
        with pytest.raises(TimeoutError, match="down"):
            box.wait_idle(0.01)


def test_it_can_go_down_in_the_middle_of_a_request(box: Sandbox) -> None:
    with httpx.Client(base_url=box.url) as client:
        media = create(client, "kept")
        box.fault(path="*/part", drop_request=100_000, restart=0.0)
        with pytest.raises(httpx.TransportError):
            client.post(f"/aioz/api/media/{media}/part", headers=KEYS, content=b"x" * 10_000_000)
        assert get_again(box, f"/aioz/api/media/{media}").json()["data"]["status"] == "new"


def test_a_delay_somewhere_else_does_not_hold_up_a_restart(box: Sandbox) -> None:
    box.fault(path="/held", status=200, body=BODY, stall_after=10, stall=3600)
    box.fault(path="/down", drop_headers=True, restart=0.0)
    with httpx.stream("GET", f"{box.url}/held") as held:
        blocks = held.iter_raw()
        assert next(blocks) == BODY[:10]
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{box.url}/down")
        with pytest.raises(httpx.TransportError):
            list(blocks)
    assert get_again(box, "/again").status_code == 404


def test_twice_in_a_row(box: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    box.fault(path="/down", drop_headers=True, restart=0.0, times=2)
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{box.url}/down")
        assert get_again(box, "/up").status_code == 404
    assert [exchange.status for exchange in box.requests] == [None, 404, None, 404]
    assert [record for record in caplog.records if record.name != "httpx"] == []
