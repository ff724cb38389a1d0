"""Headers and a certificate that a proxy in front of a server wants go to that server alone, and are never shown."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from tests.inside.http import Front, proxies
from tests.wire.recorder import Recorder, answer
from tonearm import Aioz, AsyncAioz, AsyncJellyfin, AsyncOpenAI, ConfigurationError, Jellyfin, OpenAI, TonearmError
from tonearm_generated.jellyfin.api.system import get_public_system_info

SECRET = "cf-secret-0123456789"
HEADERS = {"CF-Access-Client-Id": "me", "CF-Access-Client-Secret": f"{SECRET}\n", "User-Agent": "mine/1"}
SERVER = answer(json={"Version": "10.11.11"})
OBJECT = answer(json={"data": {"id": "x", "status": "done", "size": 1}, "status": "success"})


def of_aioz(url: str, **front: Any) -> None:
    with Aioz(token="t", base_url=url, **front) as aioz:
        aioz.get("x")


def of_async_aioz(url: str, **front: Any) -> None:
    async def ask() -> None:
        async with AsyncAioz(token="t", base_url=url, **front) as aioz:
            await aioz.get("x")

    asyncio.run(ask())


def of_jellyfin(url: str, **front: Any) -> None:
    with Jellyfin(url, token="tok-123456", **front) as jellyfin:
        jellyfin.with_options(timeout=5).server()


def of_async_jellyfin(url: str, **front: Any) -> None:
    async def ask() -> None:
        async with AsyncJellyfin(url, token="tok-123456", **front) as jellyfin:
            await jellyfin.server()

    asyncio.run(ask())


def of_openai(url: str, **front: Any) -> None:
    with OpenAI(base_url=url, api_key="", **front) as ai:
        ai.models()


def of_async_openai(url: str, **front: Any) -> None:
    async def ask() -> None:
        async with AsyncOpenAI(base_url=url, api_key="", **front) as ai:
            await ai.models()

    asyncio.run(ask())


def of_generated(url: str, **front: Any) -> None:
    with Jellyfin(url, token="tok-123456", **front) as jellyfin:
        assert get_public_system_info.sync(client=jellyfin.generated)


def of_login(url: str, **front: Any) -> None:
    with Jellyfin.login(url, "ann", "pw", **front) as jellyfin:
        jellyfin.server()


ANSWERS = {"aioz": [OBJECT], "openai": [answer(json={"data": []})], "jellyfin": [SERVER], "generated": [SERVER]}
ANSWERS["login"] = [answer(json={"AccessToken": "tok-123456", "User": {"Id": "0" * 32, "Name": "ann"}}), SERVER]
ASKS = [of_aioz, of_async_aioz, of_jellyfin, of_async_jellyfin, of_openai, of_async_openai, of_generated, of_login]
every_way = pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.__name__)


def answers_to(ask: Callable[..., None]) -> list[Any]:
    return ANSWERS[ask.__name__.rpartition("_")[2]]


@every_way
def test_the_headers_go_with_every_request(
    ask: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with Recorder(answers_to(ask)) as server:
        ask(server.url, headers=HEADERS)
    for request in server.requests:
        sent = {name: request.headers.get(name) for name in ("cf-access-client-id", "cf-access-client-secret")}
        assert sent == {"cf-access-client-id": "me", "cf-access-client-secret": SECRET}
        assert request.headers["user-agent"] == "mine/1"
        assert "gzip" in request.headers["accept-encoding"] or "generated" in ask.__name__


def test_what_a_request_has_itself_stays() -> None:
    request = httpx.Request("GET", "https://nas/x", headers={"X-Room": "mine"})
    Front("https://nas", {"x-room": "theirs", "user-agent": "theirs"}).dress(request)
    assert (request.headers["x-room"], request.headers["user-agent"]) == ("mine", "theirs")


def test_another_server_gets_no_header(tmp_path: Path) -> None:
    with Recorder([answer(b"song", content_type="audio/mpeg")]) as other:
        source = {"data": {"id": "x", "source_url": f"{other.url}/song", "assets": {"source_url": f"{other.url}/song"}}}
        with (
            Recorder([answer(json={**source, "status": "success"})]) as server,
            Aioz(token="t", base_url=server.url, headers=HEADERS) as aioz,
        ):
            aioz.download_source("x", tmp_path / "song.mp3")
    assert "cf-access-client-secret" in server.requests[0].headers
    assert "cf-access-client-secret" not in other.requests[0].headers
    assert other.requests[0].headers["user-agent"].startswith("tonearm/")


def test_no_error_shows_what_a_header_holds() -> None:
    echo = answer(json={"message": f"no {SECRET}"}, status=403)
    with (
        Recorder([echo]) as server,
        Jellyfin(server.url, token="tok-123456", headers=HEADERS) as jellyfin,
        pytest.raises(TonearmError) as caught,
    ):
        jellyfin.server()
    assert SECRET not in f"{caught.value!r} {caught.value}"
    assert "***" in str(caught.value)
    assert SECRET not in repr(jellyfin)


@pytest.mark.parametrize(
    ("headers", "shown"),
    [
        ({"Content-Length": "7"}, "Content-Length is set by the client"),
        ({"authorization": "Basic x"}, "authorization is set by the client"),
        ({"X Y": "z"}, "names of headers"),
        ({7: "z"}, "names of headers"),
        ({"X": f"{SECRET}\r\nHost: evil"}, "the header X"),
        ({"X": f"{SECRET}é"}, "the header X"),
        ({"X": " "}, "the header X"),
        ({"X": 7}, "the header X"),
    ],
)
def test_headers_that_cannot_be_sent_are_refused(headers: Any, shown: str) -> None:
    with pytest.raises(ConfigurationError, match=shown) as caught:
        Jellyfin("http://nas", token="tok-123456", headers=headers)
    assert caught.value.argument == "headers"
    assert SECRET not in str(caught.value)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of PEM files: a certificate for a server, and one for a client, each with its key beside or in it."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificates, and is not on PATH (Debian, Ubuntu: apt-get install openssl)")
    folder = tmp_path_factory.mktemp("papers")
    certify = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2"]
    for name in ("server", "client"):
        names = ["-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1"]
        files = ["-keyout", folder / f"{name}.key", "-out", folder / f"{name}.crt"]
        subprocess.run([*certify, "-nodes", *names, *files], check=True, capture_output=True)
        both = [(folder / f"{name}.{kind}").read_text() for kind in ("crt", "key")]
        (folder / f"{name}.pem").write_text("".join(both))
    locked = ["openssl", "ec", "-aes128", "-passout", "pass:x", "-in", folder / "client.key"]
    subprocess.run([*locked, "-out", folder / "locked.key"], check=True, capture_output=True)
    return folder


class Guarded(BaseHTTPRequestHandler):
    """Says who asks, as far as the certificate tells."""

    def do_GET(self) -> None:
        connection: Any = self.connection
        who: Any = dict(pair for group in (connection.getpeercert() or {}).get("subject", ()) for pair in group)
        body = f'{{"Version": "{who.get("commonName", "nobody")}"}}'.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def guarded(papers: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that asks each client for a certificate, and is trusted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers / "server.pem")
    context.load_verify_locations(papers / "client.crt")
    context.verify_mode = ssl.CERT_OPTIONAL
    monkeypatch.setenv("SSL_CERT_FILE", str(papers / "server.crt"))
    with ThreadingHTTPServer(("127.0.0.1", 0), Guarded) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"https://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def who_asks(url: str, **front: Any) -> str | None:
    with Jellyfin(url, token="tok-123456", **front) as jellyfin:
        return jellyfin.server().version


def who_asks_async(url: str, **front: Any) -> str | None:
    async def ask() -> str | None:
        async with AsyncJellyfin(url, token="tok-123456", **front) as jellyfin:
            return (await jellyfin.server()).version

    return asyncio.run(ask())


@pytest.mark.parametrize("ask", [who_asks, who_asks_async])
def test_a_certificate_tells_the_server_who_asks(ask: Callable[..., str], guarded: str, papers: Path) -> None:
    assert ask(guarded) == "nobody"
    assert ask(guarded, certificate=papers / "client.pem") == "client"
    assert ask(guarded, certificate=(str(papers / "client.crt"), papers / "client.key")) == "client"
    assert ask(guarded) == "nobody"


def test_another_server_gets_no_certificate(guarded: str, papers: Path) -> None:
    port = guarded.rpartition(":")[2]
    client = Jellyfin("https://127.0.0.1:1", token="tok-123456", certificate=papers / "client.pem")
    with client, client._wire.client as http:
        assert http.get(f"https://127.0.0.1:{port}/").json() == {"Version": "nobody"}


@pytest.mark.parametrize(
    ("certificate", "shown"),
    [
        ("missing.pem", "No such file"),
        ("server.crt", "no PEM file"),
        (("client.crt", "locked.key"), "no PEM file"),
        (("client.crt", "server.key"), "no PEM file"),
    ],
)
def test_a_certificate_that_cannot_be_used_is_refused_before_anything_is_sent(
    certificate: Any, shown: str, papers: Path
) -> None:
    paths = tuple(papers / name for name in certificate) if isinstance(certificate, tuple) else papers / certificate
    with pytest.raises(ConfigurationError, match=shown) as caught:
        Aioz(token="t", certificate=paths)
    assert caught.value.argument == "certificate"


def test_a_lent_client_has_certificates_of_its_own(papers: Path) -> None:
    with httpx.Client(verify=False) as http, pytest.raises(ConfigurationError, match="certificate belongs"):
        OpenAI(api_key="", base_url="http://nas", http=http, certificate=papers / "client.pem")


def test_certificates_that_all_servers_are_checked_against_stay_without_that_of_a_client(papers: Path) -> None:
    assert proxies.certificates() is proxies.certificates()
    assert proxies.new_certificates() is not proxies.certificates()
