"""Where a server may be: below a path, on IPv6, behind a proxy that wants the header that the token goes in."""

import asyncio
import logging
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.jellyfin.conftest import House
from tests.jellyfin.ways import ONCE, Way
from tests.wire.recorder import Recorder, answer
from tonearm import AsyncJellyfin, ConfigurationError, Jellyfin, ServiceFailed, Unauthorized
from tonearm.sandbox import audio

ITEM = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"
HEAD = answer(content_type="audio/flac")
SILENCE = [bytes(2 * audio.SPEECH_RATE)]
SOUND = answer(
    b"".join(audio.encode(SILENCE, audio.ENCODINGS["mp3"], rate=audio.SPEECH_RATE)), content_type="audio/mpeg"
)
TOKEN = "secret/token+1"


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("", ""),
        ("/", ""),
        ("///", ""),
        ("/jellyfin", "/jellyfin"),
        ("/jellyfin/", "/jellyfin"),
        ("/a/b//", "/a/b"),
        ("/a%20b/", "/a%20b"),
        ("/musik/ä", "/musik/%C3%A4"),
    ],
)
def test_a_base_path_stands_before_every_path(base: str, path: str, way: Way) -> None:
    with Recorder([HEAD, answer(status=204)]) as server:
        way.call(server.url + base, lambda jf: jf.probe(ITEM))
        way.call(server.url + base, lambda jf: jf.stop_encoding("s"))
        url = way.call(server.url + base, lambda jf: jf.url(ITEM, preset="flac"))
    assert [urlsplit(sent.target).path for sent in server.requests] == [
        f"{path}/Audio/{ITEM}/stream",
        f"{path}/Videos/ActiveEncodings",
    ]
    assert urlsplit(url).path == f"{path}/Audio/{ITEM}/stream.flac"


@pytest.mark.parametrize("item", [ITEM, ITEM.replace("-", ""), ITEM.upper()])
def test_items_of_either_form_are_found(item: str, house: House, way: Way) -> None:
    known = {ITEM: house.talk, ITEM.replace("-", ""): house.talk.replace("-", ""), ITEM.upper(): house.talk.upper()}
    found = way.call(house.url, lambda jf: jf.probe(known[item], media_source_id=known[item]))
    assert found.content_type == "audio/flac"


def test_a_host_of_ipv6_keeps_its_brackets(way: Way) -> None:
    url = way.call("http://[fd00::17]:8096/jf/", lambda jf: jf.url(ITEM, static=True))
    assert url.startswith(f"http://[fd00::17]:8096/jf/Audio/{ITEM}/stream?")


def _speaks_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


@pytest.mark.skipif(not _speaks_ipv6(), reason="this machine has no IPv6 loopback")
def test_a_server_on_ipv6_is_reached(way: Way) -> None:
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(HEAD)
        await writer.drain()
        writer.close()

    async def perform() -> None:
        server = await asyncio.start_server(serve, "::1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            await asyncio.to_thread(way.call, f"http://[::1]:{port}", lambda jf: jf.probe(ITEM))
        assert f"\r\nHost: [::1]:{port}\r\n".encode() in heads[0]

    asyncio.run(perform())


# A proxy that wants Authorization for itself


BASIC = ("nas", "proxy-password")


def keyed(url: str, to: Path) -> None:
    with httpx.Client(auth=BASIC) as http, Jellyfin(url, token=TOKEN, key_in_query=True, http=http) as jf:
        jf.download(ITEM, to, preset="mp3_128", duration=0)


def keyed_async(url: str, to: Path) -> None:
    async def perform() -> None:
        async with (
            httpx.AsyncClient(auth=BASIC) as http,
            AsyncJellyfin(url, token=TOKEN, key_in_query=True, http=http) as jf,
        ):
            await jf.download(ITEM, to, preset="mp3_128", duration=0)

    asyncio.run(perform())


@pytest.mark.parametrize("download", [keyed, keyed_async])
def test_the_token_goes_in_the_query_when_asked_and_the_header_is_the_proxys(
    download: Callable[[str, Path], None], tmp_path: Path
) -> None:
    with Recorder([SOUND, answer(status=204)]) as server:
        download(server.url, tmp_path / "song.mp3")
    for sent in server.requests:
        assert parse_qs(urlsplit(sent.target).query)["ApiKey"] == [TOKEN]
        assert sent.headers["authorization"].startswith("Basic ")
    assert [sent.method for sent in server.requests] == ["GET", "DELETE"]


def test_without_being_asked_the_two_are_refused_and_no_query_has_the_key(way: Way) -> None:
    with httpx.Client(auth=BASIC) as http, pytest.raises(ConfigurationError, match="auth of the http client"):
        Jellyfin("http://nas", token=TOKEN, http=http)
    with Recorder([HEAD]) as server:
        way.call(server.url, lambda jf: jf.probe(ITEM), token=TOKEN)
    assert "apikey" not in server.requests[0].target.lower()


def test_a_url_has_the_key_only_when_it_is_asked_for_itself() -> None:
    with Jellyfin("http://nas", token=TOKEN, key_in_query=True) as nas:
        assert "ApiKey" not in nas.url(ITEM, preset="flac")
        assert nas.url(ITEM, preset="flac", with_key=True).endswith("&ApiKey=secret%2Ftoken%2B1")


def test_the_sandbox_takes_a_key_in_the_query(house: House, way: Way) -> None:
    assert way.call(house.url, lambda jf: jf.item(house.talk), token="sandbox-token", key_in_query=True).id
    with pytest.raises(Unauthorized):
        way.call(house.url, lambda jf: jf.item(house.talk), key_in_query=True)


def test_the_generated_client_sends_it_too() -> None:
    with Recorder([HEAD] * 2) as server:
        with Jellyfin(server.url, token=TOKEN, key_in_query=True) as jf:
            jf.generated.get_httpx_client().get("/System/Info")

        async def perform() -> None:
            async with AsyncJellyfin(server.url, token=TOKEN, key_in_query=True) as jf:
                await jf.generated.get_async_httpx_client().get("/System/Info")

        asyncio.run(perform())
    for sent in server.requests:
        assert parse_qs(urlsplit(sent.target).query) == {"ApiKey": [TOKEN]}
        assert "authorization" not in sent.headers


def test_nobody_logs_the_key(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    settings: dict[str, Any] = {"token": TOKEN, "key_in_query": True, "retry": ONCE}
    with Recorder([HEAD, answer(status=500), HEAD]) as server:
        way.call(server.url, lambda jf: jf.probe(ITEM), **settings)
        with pytest.raises(ServiceFailed) as caught:
            way.call(server.url, lambda jf: jf.probe(ITEM), **settings)
        with httpx.Client() as lent, Jellyfin(server.url, http=lent, **settings) as jellyfin:
            jellyfin.probe(ITEM)
    assert "ApiKey=***" in caplog.text  # httpx itself logs what a lent client sends
    assert "secret" not in f"{caplog.text} {caught.value} {caught.value!r}"
    logging.getLogger("httpx").warning("no arguments")
    logging.getLogger("httpx").warning("one %(name)s", {"name": "mapping"})
    assert "no arguments" in caplog.text
    assert "one mapping" in caplog.text
