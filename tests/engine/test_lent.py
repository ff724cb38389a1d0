"""What a caller's own httpx client (``http=``) adds to each request, where it goes, and what is refused."""

import asyncio
import io
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.test_deadline import slow_server
from tests.engine.ways import LONGER
from tests.inside.http import AsyncHttpClient, HttpClient
from tests.wire.recorder import Recorder, answer
from tonearm import (
    Aioz,
    AsyncAioz,
    AsyncJellyfin,
    AsyncOpenAI,
    ConfigurationError,
    Jellyfin,
    Retry,
    StatusError,
    TimedOut,
)
from tonearm_generated.jellyfin.api.system import get_public_system_info

SERVER = answer(json={"Version": "10.11.11"})

GIVEN: dict[str, Any] = {
    "headers": {"CF-Access-Client-Id": "me", "User-Agent": "player/1", "Content-Length": "7"},
    "cookies": {"sess": "one-1"},
    "params": {"gate": "open-sesame", "fields": "mine"},
}


def of_jellyfin(url: str) -> None:
    with HttpClient(**GIVEN) as http, Jellyfin(url, token="tok-123456", http=http) as jellyfin:
        assert jellyfin.server().version == "10.11.11"


def of_async_jellyfin(url: str) -> None:
    async def ask() -> None:
        async with AsyncHttpClient(**GIVEN) as http, AsyncJellyfin(url, token="tok-123456", http=http) as jellyfin:
            assert (await jellyfin.server()).version == "10.11.11"

    asyncio.run(ask())


def of_generated(url: str) -> None:
    with HttpClient(**GIVEN) as http, Jellyfin(url, token="tok-123456", http=http) as jellyfin:
        assert get_public_system_info.sync(client=jellyfin.generated)


WAYS = pytest.mark.parametrize("ask", [of_jellyfin, of_async_jellyfin, of_generated], ids=lambda ask: ask.__name__)


@WAYS
def test_headers_cookies_and_parameters_of_a_lent_client_are_sent_beside_our_own(ask: Callable[[str], None]) -> None:
    with Recorder([SERVER]) as server:
        ask(server.url)
    (request,) = server.requests
    assert {name: value for name, value in request.headers.items() if name in ("cf-access-client-id", "cookie")} == {
        "cf-access-client-id": "me",
        "cookie": "sess=one-1",
    }
    assert request.headers["authorization"].startswith("MediaBrowser")
    assert "gate=open-sesame" in request.target
    assert "content-length" not in request.headers


def test_a_cookie_that_a_proxy_sets_comes_back_only_with_a_lent_client() -> None:
    marked = answer(headers={"Set-Cookie": "sess=two-2"}, json={"Version": "10.11.11"})
    with Recorder([marked, SERVER] * 2) as server:
        with HttpClient() as http, Jellyfin(server.url, token="tok-123456", http=http) as jellyfin:
            jellyfin.server()
            jellyfin.server()
        with Jellyfin(server.url, token="tok-123456") as jellyfin:
            jellyfin.server()
            jellyfin.server()
    assert [request.headers.get("cookie") for request in server.requests] == [None, "sess=two-2", None, None]


def test_what_is_ours_is_not_replaced() -> None:
    with (
        Recorder([SERVER]) as server,
        HttpClient(headers={"Accept": "text/html", "Accept-Encoding": "br"}) as http,
        Jellyfin(server.url, token="tok-123456", http=http) as jellyfin,
    ):
        jellyfin.server()
    assert server.requests[0].headers["accept"] == "application/json"
    assert "br" not in server.requests[0].headers["accept-encoding"]
    assert server.requests[0].headers["user-agent"].startswith("tonearm/")


def test_nothing_of_a_lent_client_goes_elsewhere() -> None:
    with Recorder([answer(b"flac", content_type="audio/flac")]) as store:
        found = {"id": "i", "status": "done", "assets": {"source_url": f"{store.url}/file"}}
        with (
            Recorder([answer(json={"status": "success", "data": found})]) as server,
            HttpClient(**GIVEN) as http,
            Aioz(base_url=server.url, public_key="public", secret_key="secret", http=http) as aioz,
        ):
            aioz.download_source("i", io.BytesIO())
    assert server.requests[0].headers["cookie"] == "sess=one-1"
    assert not {"cookie", "cf-access-client-id"} & store.requests[0].headers.keys()
    assert store.requests[0].target == "/file"


def test_a_url_for_others_has_nothing_of_a_lent_client() -> None:
    with HttpClient(**GIVEN) as http, Jellyfin("http://nas:8096", token="tok-123456", http=http) as jellyfin:
        assert "gate" not in jellyfin.url("0" * 32, preset="mp3_256")


def test_what_a_lent_client_hides_is_not_shown_when_a_server_echoes_it() -> None:
    said = "no entry for one-1 with swordfish9 and sesame99"
    with (
        Recorder([answer(status=403, json={"message": said})]) as server,
        HttpClient(
            headers={"X-Gate-Secret": "swordfish9"}, cookies={"s": "one-1"}, params={"token": "sesame99"}
        ) as http,
        Jellyfin(server.url, token="tok-123456", http=http) as jellyfin,
        pytest.raises(StatusError) as caught,
    ):
        jellyfin.server()
    assert "no entry for *** with *** and ***" in str(caught.value)
    assert not any(secret in caught.value.body for secret in ("one-1", "swordfish9", "sesame99"))


@pytest.mark.parametrize("name", ["Authorization", "authorization"])
def test_a_header_that_would_be_a_second_key_is_refused(name: str) -> None:
    with HttpClient(headers={name: "Bearer other"}) as http, pytest.raises(ConfigurationError, match="beside the key"):
        Jellyfin("http://nas:8096", token="tok-123456", http=http)
    with pytest.raises(ConfigurationError, match="stream-public-key"):
        AsyncAioz(public_key="public", secret_key="secret", http=AsyncHttpClient(headers={"stream-public-key": "x"}))


# What a lent client cannot promise (docs/errors.md); the tests of our own are in test_deadline and test_early.


def test_a_head_that_drips_delays_the_deadline_of_a_blocking_lent_client() -> None:
    done = threading.Event()

    def serve(connection: socket.socket, stop: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n")
        for _ in range(20):
            connection.sendall(b"X: y\r\n")
            stop.wait(0.01)
        connection.sendall(b"\r\n{}")
        done.set()

    with slow_server(serve) as server, HttpClient() as http, pytest.raises(TimedOut, match="the deadline"):
        Jellyfin(f"http:{server.host}", token="t", http=http, deadline=0.1, retry=Retry(attempts=1)).server()
    assert done.is_set()
    assert not server.left.is_set()


def test_a_refusal_before_the_body_was_read_is_missed_by_an_asynchronous_lent_client() -> None:
    refusal = answer(status=413, json={"message": "too much"})

    def serve(connection: socket.socket, stop: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(refusal)
        stop.wait(30)

    async def ask(url: str, timeout: float) -> None:
        once = Retry(attempts=1)
        async with (
            AsyncHttpClient() as http,
            AsyncOpenAI(base_url=url, api_key="k", http=http, retry=once, timeout=timeout) as ai,
        ):
            await ai.transcribe(b"fLaC" + bytes(20_000_000), model="m", format="json")

    for timeout in LONGER[1:]:
        with slow_server(serve) as server, pytest.raises(TimedOut) as missed:
            asyncio.run(ask(f"http:{server.host}", timeout))
        if missed.value.sent:  # else this machine was too busy to connect
            break
    assert "took nothing" in str(missed.value)
