"""httpx2, as ``http=`` and as our own: the same requests, responses, failures and bounds as with httpx."""

import asyncio
import io
import socket
import sys
from collections.abc import Callable
from threading import Thread
from typing import Any, Literal

import httpx2
import pytest
from attrs import frozen

from tests.engine.ways import LONGER
from tests.wire.recorder import CUT, HOLD, Recorder, answer
from tonearm import (
    Aioz,
    AsyncAioz,
    AsyncJellyfin,
    AsyncOpenAI,
    ConfigurationError,
    ConnectionFailed,
    DownloadInterrupted,
    Jellyfin,
    NotFound,
    OpenAI,
    Retry,
    TimedOut,
    TooLarge,
)
from tonearm_generated.jellyfin.api.system import get_public_system_info

KEY = "key-4711-x"
ITEM = "4b3d2c1a0f9e4d8cb7a6958473625140"
SERVER = answer(json={"Version": "10.11.11"})
ONCE = Retry(attempts=1)
CALL = Callable[[Any], Any]


@frozen
class Way:
    asynchronous: bool
    own: bool = False

    def jellyfin(self, url: str, ask: CALL, *, close: Literal["first", "last"] = "last", **given: Any) -> Any:
        if self.own:
            return self.with_our_own(url, ask, **given)
        options = {"token": KEY, "retry": ONCE, **{k: given.pop(k) for k in ("timeout", "deadline") if k in given}}
        if not self.asynchronous:
            with httpx2.Client(**given) as http, Jellyfin(url, http=http, **options) as client:
                if close == "first":
                    http.close()
                return ask(client)

        async def perform() -> Any:
            async with httpx2.AsyncClient(**given) as http, AsyncJellyfin(url, http=http, **options) as client:
                if close == "first":
                    await http.aclose()
                return await ask(client)

        return asyncio.run(perform())

    def with_our_own(self, url: str, ask: CALL, **options: Any) -> Any:
        options |= {"token": KEY, "retry": ONCE, "backend": "httpx2"}
        if not self.asynchronous:
            with Jellyfin(url, **options) as client:
                return ask(client)

        async def perform() -> Any:
            async with AsyncJellyfin(url, **options) as client:
                return await ask(client)

        return asyncio.run(perform())


LENT = {"blocking": Way(False), "asynchronous": Way(True)}
OWN = {"our own, blocking": Way(False, own=True), "our own, asynchronous": Way(True, own=True)}
ways = pytest.mark.parametrize("way", LENT.values(), ids=LENT)
all_ways = pytest.mark.parametrize("way", [*LENT.values(), *OWN.values()], ids=[*LENT, *OWN])


@all_ways
def test_a_call_is_sent_as_with_httpx_and_its_answer_is_read(way: Way) -> None:
    with Recorder([SERVER]) as server:
        assert way.jellyfin(server.url, lambda jf: jf.server()).version == "10.11.11"
    (sent,) = server.requests
    assert sent.raw.startswith(b"GET /System/Info/Public HTTP/1.1\r\n")
    assert KEY in sent.headers["authorization"]
    assert sent.headers["user-agent"].startswith("tonearm/")
    assert sent.headers["accept-encoding"] == "gzip, deflate"
    assert "transfer-encoding" not in sent.headers


@ways
def test_headers_cookies_and_parameters_of_it_are_sent(way: Way) -> None:
    given: dict[str, Any] = {"headers": {"CF-Access": "me"}, "cookies": {"sess": "one-1"}, "params": {"gate": "open"}}
    with Recorder([SERVER]) as server:
        way.jellyfin(server.url, lambda jf: jf.server(), **given)
    (sent,) = server.requests
    assert (sent.headers["cf-access"], sent.headers["cookie"], sent.target.partition("?")[2]) == (
        "me",
        "sess=one-1",
        "gate=open",
    )


@ways
def test_a_refusal_has_its_error_without_what_is_secret(way: Way) -> None:
    canned = answer(json={"message": f"{KEY} and one-1"}, status=404)
    with Recorder([canned]) as server, pytest.raises(NotFound) as caught:
        way.jellyfin(server.url, lambda jf: jf.server(), cookies={"sess": "one-1"})
    assert caught.value.message == "*** and ***"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


@all_ways
def test_a_refused_connection_sent_nothing(way: Way) -> None:
    with pytest.raises(ConnectionFailed, match="refused") as caught:
        way.jellyfin(f"http://127.0.0.1:{free_port()}", lambda jf: jf.server())
    assert not caught.value.sent
    assert type(caught.value) is ConnectionFailed


@all_ways
def test_a_broken_answer_and_a_silent_server_have_their_errors(way: Way) -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"
    with Recorder([(half, CUT)]) as server, pytest.raises(ConnectionFailed, match="after 1 of 9 bytes") as broken:
        way.jellyfin(server.url, lambda jf: jf.server())
    assert broken.value.sent
    for timeout in LONGER:
        with Recorder([(HOLD,)]) as server, pytest.raises(TimedOut) as silent:
            way.jellyfin(server.url, lambda jf: jf.server(), timeout=timeout)
        if server.requests:
            break
    assert "stayed silent too long" in str(silent.value)
    with Recorder([(HOLD,)]) as server, pytest.raises(TimedOut) as late:
        way.jellyfin(server.url, lambda jf: jf.server(), deadline=0.05)
    assert late.value.deadline


@ways
def test_a_client_that_its_owner_has_closed_is_refused(way: Way) -> None:
    with Recorder([]) as server, pytest.raises(ConfigurationError, match="the client is closed"):
        way.jellyfin(server.url, lambda jf: jf.server(), close="first")


@all_ways
def test_a_download_is_streamed_and_one_that_breaks_off_says_so(way: Way) -> None:
    sound = b"fLaC" + bytes(300_000)
    to = io.BytesIO()
    with Recorder([answer(sound, content_type="audio/flac")]) as server:
        way.jellyfin(server.url, lambda jf: jf.download(ITEM, to))
    assert to.getvalue() == sound
    broken = b"HTTP/1.1 200 OK\r\nContent-Type: audio/flac\r\nContent-Length: 9\r\n\r\nfLaC"
    with Recorder([(broken, CUT)]) as server, pytest.raises(DownloadInterrupted):
        way.jellyfin(server.url, lambda jf: jf.download(ITEM, io.BytesIO()))


@ways
def test_a_file_is_uploaded_with_its_length(way: Way) -> None:
    heard = answer(json={"text": "so"})

    async def ask(url: str) -> Any:
        async with httpx2.AsyncClient() as http, AsyncOpenAI(base_url=url, api_key=KEY, http=http) as ai:
            return await ai.transcribe(b"fLaC and more", model="m", format="json")

    with Recorder([heard]) as server:
        if way.asynchronous:
            found = asyncio.run(ask(server.url))
        else:
            with httpx2.Client() as http, OpenAI(base_url=server.url, api_key=KEY, http=http) as ai:
                found = ai.transcribe(b"fLaC and more", model="m", format="json")
    assert found.text == "so"
    (sent,) = server.requests
    assert int(sent.headers["content-length"]) == len(sent.body)
    assert b"fLaC and more" in sent.body


def test_a_refusal_that_comes_before_the_body_was_sent_is_read() -> None:
    refusal = answer(json={"message": "too much"}, status=413)

    async def ask(url: str) -> Any:
        async with AsyncOpenAI(base_url=url, api_key=KEY, backend="httpx2", retry=ONCE) as ai:
            return await ai.transcribe(b"fLaC" + bytes(8_000_000), model="m", format="json")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        refusing = Thread(target=refuse, args=(listener, refusal), daemon=True)
        refusing.start()
        with pytest.raises(TooLarge, match="too much"):
            asyncio.run(ask(f"http://127.0.0.1:{listener.getsockname()[1]}"))
        refusing.join(10)


def refuse(listener: socket.socket, refusal: bytes) -> None:
    """Answer the head of a request, and close without having read its body."""
    connection, _ = listener.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(refusal)


def test_json_is_sent_whole() -> None:
    made = answer(json={"status": "success", "data": {"id": "i"}})
    with Recorder([made]) as server, httpx2.Client() as http, Aioz(base_url=server.url, token=KEY, http=http) as aioz:
        assert aioz.create("Talk").id == "i"
    assert server.requests[0].json()["title"] == "Talk"
    assert "transfer-encoding" not in server.requests[0].headers


@all_ways
def test_the_generated_client_sends_through_it(way: Way) -> None:
    def ask(client: Any) -> Any:
        operation = get_public_system_info
        return (operation.asyncio if way.asynchronous else operation.sync)(client=client.generated)

    with Recorder([SERVER]) as server:
        found: Any = way.jellyfin(server.url, ask)
    assert found.version == "10.11.11"


@ways
def test_a_transport_that_has_read_the_body_is_taken_too(way: Way) -> None:
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json={"Version": "1"}))
    assert way.jellyfin("http://nas:8096", lambda jf: jf.server(), transport=transport).version == "1"


def test_an_auth_of_it_that_would_replace_the_key_and_the_wrong_kind_are_refused() -> None:
    with httpx2.Client(auth=("a", "b")) as http:
        with pytest.raises(ConfigurationError, match="the auth of the http client"):
            Jellyfin("http://nas:8096", token=KEY, http=http)
        with pytest.raises(ConfigurationError, match="AsyncClient"):
            AsyncAioz(token=KEY, http=http)  # type: ignore[arg-type]  # what is refused


def test_a_failure_without_a_name_in_httpx_is_the_nearest_above_it() -> None:
    class NewError(httpx2.ReadError):
        pass

    def fail(_: Any) -> Any:
        raise NewError("new")

    with (
        httpx2.Client(transport=httpx2.MockTransport(fail)) as http,
        Jellyfin("http://nas:8096", token=KEY, http=http, retry=ONCE) as client,
        pytest.raises(ConnectionFailed, match="new"),
    ):
        client.server()


def test_a_library_that_is_not_known_or_not_installed_or_beside_a_lent_client_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ConfigurationError, match="backend must be httpx or httpx2"):
        Jellyfin("http://nas:8096", backend="requests")  # type: ignore[arg-type]  # what is refused
    with httpx2.Client() as http, pytest.raises(ConfigurationError, match="http is a client of a library"):
        Jellyfin("http://nas:8096", http=http, backend="httpx2")
    monkeypatch.setitem(sys.modules, "httpx2", None)
    with pytest.raises(ConfigurationError, match=r"needs httpx2 .*tonearm\[httpx2\]"):
        AsyncAioz(token=KEY, backend="httpx2")


@pytest.mark.parametrize("log_in", ["login", "quick_connect"])
def test_logging_in_sends_with_it_too(log_in: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    more: dict[str, Any] = {"login": {"username": "me", "password": "p"}, "quick_connect": {"show": print}}[log_in]
    with pytest.raises(ConfigurationError, match="needs httpx2"):
        getattr(Jellyfin, log_in)("http://nas:8096", device_id="d", backend="httpx2", **more)
