"""Proxies and certificates of the environment: each variable is honoured, or refused in a line that names it."""

import asyncio
import gc
import socket
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import certifi
import pytest

from tests.inside.http import Backend, proxies, surroundings
from tests.wire.recorder import Recorder, answer
from tonearm import AsyncJellyfin, ConfigurationError, ConnectionFailed, Jellyfin, Retry, TimedOut

ME = answer(json={"Id": "0" * 32, "Name": "me"})
ONCE = Retry(attempts=1)
TOKEN = "tok-123456"


@pytest.fixture(autouse=True)
def _own_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


def ask(url: str, *, blocking: bool = True, backend: Backend = "httpx") -> str:
    """The name of the user, asked with clients of our own."""
    if blocking:
        with Jellyfin(url, token=TOKEN, retry=ONCE, backend=backend) as jf:
            return str(jf.me().name)

    async def run() -> str:
        async with AsyncJellyfin(url, token=TOKEN, retry=ONCE, backend=backend) as jf:
            return str((await jf.me()).name)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("entry", "url", "direct"),
    [
        ("*", "http://nas:8096", True),
        ("nas", "http://nas:8096", True),
        ("NAS", "http://nas", True),
        ("nas", "http://bananas", False),
        ("nas:8096", "http://nas:8096", True),
        ("nas:80", "http://nas:8096", False),
        ("nas:80", "http://nas", True),
        ("nas:443", "https://nas", True),
        ("home.example", "http://nas.home.example", True),
        (".home.example", "http://nas.home.example", True),
        (".home.example", "http://home.example", True),
        ("home.example.", "http://nas.home.example.", True),
        ("*.home.example", "http://nas.home.example", True),
        ("home.example", "http://elsewhere.example", False),
        ("127.0.0.1", "http://127.0.0.1:9", True),
        ("127.0.0.0/8", "http://127.1.2.3:9", True),
        ("10.0.0.0/8, 192.168.0.0/16", "http://192.168.7.7", True),
        ("10.0.0.0/8", "http://11.0.0.1", False),
        ("10.0.0.5/8", "http://10.9.9.9", True),
        ("192.168.*", "http://192.168.7.7", True),
        (".0.0.1", "http://127.0.0.1", True),
        ("[::1]", "http://[::1]:8096", True),
        ("::1", "http://[::1]:8096", True),
        ("[::1]:8096", "http://[::1]:8096", True),
        ("[::1]:80", "http://[::1]:8096", False),
        ("fd00::/8", "http://[fd12::1]", True),
        ("10.0.0.0/8", "http://nas", False),
        ("localhost 127.0.0.1", "http://127.0.0.1", True),
        (" 127.0.0.1 ,", "http://127.0.0.1", True),
        ("", "http://127.0.0.1", False),
        ("a:b:c", "http://a", False),
        ("nas:port", "http://nas", False),
    ],
)
def test_no_proxy_is_read_as_others_read_it(
    entry: str, url: str, direct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://proxy:3128")
    monkeypatch.setenv("NO_PROXY", entry)
    assert (surroundings().proxy(url) is None) is direct


@pytest.mark.parametrize(
    ("variable", "value", "url", "used"),
    [
        ("HTTP_PROXY", "http://proxy:3128", "http://nas", "http://proxy:3128"),
        ("HTTP_PROXY", "http://proxy:3128", "https://nas", None),
        ("https_proxy", "proxy:3128", "https://nas", "http://proxy:3128"),
        ("ALL_PROXY", "socks://127.0.0.1:7890/", "https://nas", "socks5h://127.0.0.1:7890/"),
        ("all_proxy", "socks5://proxy:1080", "http://nas", "socks5://proxy:1080"),
        ("HTTP_PROXY", "", "http://nas", None),
    ],
)
def test_the_proxy_of_a_scheme_counts(
    variable: str, value: str, url: str, used: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    found = surroundings().proxy(url)
    assert (found and found.url) == used
    assert found is None or found.variable == variable


def test_the_password_of_a_proxy_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://user:hidden@proxy:3128")
    found = surroundings().proxy("http://nas")
    assert found is not None
    assert found.shown == "http://proxy:3128"


@pytest.mark.parametrize("blocking", [True, False])
@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("ALL_PROXY", "socks4://127.0.0.1:1080", "a proxy of the kind socks4, which cannot be used"),
        ("ALL_PROXY", "ftp://proxy", "a proxy of the kind ftp, which cannot be used"),
        ("HTTP_PROXY", "http://user:hidden@", "does not hold the address of a proxy"),
        ("HTTP_PROXY", "http://user:hidden@proxy:port", "does not hold the address of a proxy"),
        ("HTTP_PROXY", "http://[proxy", "does not hold the address of a proxy"),
        ("SSL_CERT_FILE", "/nowhere/cacert.pem", "names no file: /nowhere/cacert.pem"),
        ("SSL_CERT_DIR", "/nowhere/certs", "names no folder: /nowhere/certs"),
        ("SSL_CERT_FILE", __file__, "names no certificates that can be read"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line_that_names_the_variable(
    variable: str, value: str, said: str, blocking: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with Recorder([ME]) as server:
        with pytest.raises(ConfigurationError) as caught:
            ask(server.url, blocking=blocking)
        assert str(caught.value).startswith(f"{variable} ")
        assert said in str(caught.value)
        assert "hidden" not in str(caught.value)
        assert not server.requests


def test_a_socks_proxy_without_its_extra_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    monkeypatch.setitem(sys.modules, "socksio", None)
    with pytest.raises(ConfigurationError, match=r"ALL_PROXY .* \(pip install 'tonearm\[socks\]'\)"):
        ask("http://127.0.0.1:9")


backends = pytest.mark.parametrize("backend", ["httpx", "httpx2"])


@backends
@pytest.mark.parametrize("blocking", [True, False])
def test_a_proxy_is_asked_for_what_no_proxy_does_not_name(
    blocking: bool, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Recorder([ME, ME]) as server, Recorder([ME, ME]) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("//", "//me:p%40ss@"))
        assert ask("http://nas.invalid:8096", blocking=blocking, backend=backend) == "me"
        assert proxy.requests[0].target == "http://nas.invalid:8096/Users/Me"
        assert proxy.requests[0].headers["proxy-authorization"] == f"Basic {b64encode(b'me:p@ss').decode()}"
        monkeypatch.setenv("NO_PROXY", "127.0.0.0/8")
        assert ask(server.url, blocking=blocking, backend=backend) == "me"
        assert (len(server.requests), len(proxy.requests)) == (1, 1)
        assert "proxy-authorization" not in server.requests[0].headers


@backends
@pytest.mark.parametrize("blocking", [True, False])
def test_a_proxy_that_refuses_is_no_answer_of_the_server(
    blocking: bool, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Recorder([answer(status=407)]) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(ConnectionFailed, match="407") as caught:
            ask("https://nas.invalid", blocking=blocking, backend=backend)
        assert caught.value.__notes__ == [f"it was asked through the proxy {proxy.url}, which HTTPS_PROXY names"]
        assert TOKEN.encode() not in proxy.requests[0].raw


@backends
@pytest.mark.parametrize("blocking", [True, False])
def test_a_failure_names_the_proxy_without_its_password(
    blocking: bool, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "  me:hidden@127.0.0.1:9 ")
    with pytest.raises(ConnectionFailed) as caught:
        ask("http://nas.invalid", blocking=blocking, backend=backend)
    assert caught.value.__notes__ == ["it was asked through the proxy http://127.0.0.1:9, which ALL_PROXY names"]
    monkeypatch.setenv("ALL_PROXY", " ")
    with Recorder([ME]) as server:
        assert ask(server.url, blocking=blocking, backend=backend) == "me"


@contextmanager
def socks_server(target: tuple[str, int]) -> Iterator[tuple[str, list[bytes]]]:
    """A SOCKS 5 proxy that leads every connection to `target`; gives its address and the hosts it was asked for."""
    hosts: list[bytes] = []

    def pump(source: socket.socket, sink: socket.socket) -> None:
        while block := source.recv(65_536):
            sink.sendall(block)

    def serve() -> None:
        with listener.accept()[0] as near, near.makefile("rb") as said:
            said.read(said.read(2)[1])
            near.sendall(b"\5\0")
            said.read(4)
            hosts.append(said.read(said.read(1)[0]))
            said.read(2)
            with socket.create_connection(target) as far:
                near.sendall(b"\5\0\0\1\0\0\0\0\0\0")
                back = threading.Thread(target=pump, args=(far, near))
                back.start()
                pump(near, far)
                far.shutdown(socket.SHUT_WR)
                back.join()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"socks://127.0.0.1:{listener.getsockname()[1]}/", hosts
        thread.join()


@backends
@pytest.mark.parametrize("blocking", [True, False])
def test_a_socks_proxy_looks_up_the_name(blocking: bool, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    with Recorder([ME]) as server:
        port = int(server.url.rpartition(":")[2])
        with socks_server(("127.0.0.1", port)) as (address, hosts):
            monkeypatch.setenv("ALL_PROXY", address)
            assert ask("http://nas.invalid:8096", blocking=blocking, backend=backend) == "me"
        assert hosts == [b"nas.invalid"]


@backends
@pytest.mark.parametrize("blocking", [True, False])
def test_a_connection_through_a_proxy_is_used_again(
    blocking: bool, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def twice() -> None:
        async with AsyncJellyfin("http://nas.invalid", token=TOKEN, retry=ONCE, backend=backend) as jf:
            assert [(await jf.me()).name for _ in range(2)] == ["me", "me"]

    with Recorder([ME, ME]) as server:
        port = int(server.url.rpartition(":")[2])
        with socks_server(("127.0.0.1", port)) as (address, hosts):
            monkeypatch.setenv("ALL_PROXY", address)
            if blocking:
                with Jellyfin("http://nas.invalid", token=TOKEN, retry=ONCE, backend=backend) as jf:
                    assert [jf.me().name for _ in range(2)] == ["me", "me"]
            else:
                asyncio.run(twice())
        assert (hosts, server.connections) == ([b"nas.invalid"], 1)


@pytest.mark.usefixtures("_new_garbage_alone")
@pytest.mark.parametrize("blocking", [True, False])
@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\5\xff"])
def test_a_proxy_that_does_not_speak_socks_is_a_failed_connection(
    said: bytes, blocking: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def serve() -> None:
        with listener.accept()[0] as near:
            near.recv(3)
            near.sendall(said)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        monkeypatch.setenv("ALL_PROXY", f"socks5://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(ConnectionFailed):
            ask("http://nas.invalid", blocking=blocking)
        thread.join()
    gc.collect()


@contextmanager
def stalling(*said: bytes) -> Iterator[int]:
    """A proxy that says these things, one after each that it hears, and then nothing; gives its port."""

    def lead(near: socket.socket) -> None:
        with near, suppress(ConnectionError):
            for answer in said:
                near.recv(4096)
                near.sendall(answer)
            while near.recv(4096):
                pass

    def serve() -> None:
        while True:
            try:
                near = listener.accept()[0]
            except OSError:
                return
            threads.append(threading.Thread(target=lead, args=(near,)))
            threads[-1].start()

    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        first = threading.Thread(target=serve)
        first.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    for thread in (first, *threads):  # ends only when the client has closed its connections
        thread.join(5)
        assert not thread.is_alive()


def waiting(client: Jellyfin | AsyncJellyfin) -> list[object]:
    """The connections that the pools of a client keep."""
    made: Any = client._wire.client
    return [one for way in made._sending._routes.all() for one in way._pool.connections]


stalls = pytest.mark.parametrize(
    ("scheme", "url", "said"),
    [
        ("socks5", "http://nas.invalid", ()),
        ("socks5", "http://nas.invalid", (b"\5\0",)),
        ("socks5", "https://nas.invalid", (b"\5\0", b"\5\0\0\1\0\0\0\0\0\0")),
        ("http", "https://nas.invalid", ()),
        ("http", "https://nas.invalid", (b"HTTP/1.1 200 OK\r\n\r\n",)),
    ],
)


@stalls
def test_a_proxy_that_stalls_ends_with_the_timeout_and_leaves_nothing_open(
    scheme: str, url: str, said: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with stalling(*said) as port:
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:{port}")
        with Jellyfin(url, token=TOKEN, retry=ONCE, timeout=0.2) as jf:
            with pytest.raises(TimedOut):
                jf.me()
            assert waiting(jf) == []


@stalls
def test_a_call_that_is_cancelled_while_a_proxy_stalls_leaves_nothing_open(
    scheme: str, url: str, said: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run(port: int) -> None:
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:{port}")
        async with AsyncJellyfin(url, token=TOKEN, retry=ONCE) as jf:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(jf.me(), 0.3)
            assert waiting(jf) == []

    with stalling(*said) as port:
        asyncio.run(run(port))


@pytest.mark.parametrize("blocking", [True, False])
def test_a_handshake_that_fails_behind_a_proxy_leaves_nothing_open(
    blocking: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> list[object]:
        async with AsyncJellyfin("https://nas.invalid", token=TOKEN, retry=ONCE) as jf:
            with pytest.raises(ConnectionFailed):
                await jf.me()
            return waiting(jf)

    with stalling(b"HTTP/1.1 200 OK\r\n\r\n", b"this is no TLS\r\n") as port:
        monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{port}")
        if not blocking:
            assert asyncio.run(run()) == []
            return
        with Jellyfin("https://nas.invalid", token=TOKEN, retry=ONCE) as jf:
            with pytest.raises(ConnectionFailed):
                jf.me()
            assert waiting(jf) == []


@pytest.mark.parametrize("ticks", range(4, 16))
def test_a_call_that_is_cancelled_twice_while_it_connects_leaves_no_busy_connection(ticks: int) -> None:
    async def run(url: str) -> None:
        async with AsyncJellyfin(url, token=TOKEN, retry=ONCE) as jf:
            call = asyncio.ensure_future(jf.me())
            for turns in (ticks, 1):
                for _ in range(turns):
                    await asyncio.sleep(0)
                call.cancel()
            await asyncio.wait({call})
            for _ in range(20):
                await asyncio.sleep(0)
            made: Any = waiting(jf) if jf._wire.connections.made else []
            assert all(one.is_idle() or one.is_closed() for one in made), made

    with Recorder([ME]) as server:
        asyncio.run(run(server.url))


def test_certificates_are_loaded_once_for_the_same_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = proxies.certificates()
    assert proxies.certificates() is first
    own = tmp_path / "own.pem"
    own.write_bytes(Path(certifi.where()).read_bytes())
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    assert proxies.certificates() is not first
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert proxies.certificates() is not first
