"""A client can be tested with httpx's own MockTransport, whose answers are whole before anybody reads them."""

import asyncio
import gzip
import inspect
from pathlib import Path
from typing import Any

import httpx
import pytest

import tonearm

BODY = b'{"status": "success", "data": {"id": "i", "status": "new"}}'
ANSWERS = {
    "plain": lambda: httpx.Response(200, content=BODY),
    "compressed": lambda: httpx.Response(200, content=gzip.compress(BODY), headers={"content-encoding": "gzip"}),
    "as it comes": lambda: httpx.Response(200, stream=httpx.ByteStream(BODY)),
}


@pytest.fixture(params=["sync", "async"])
def lent(request: pytest.FixtureRequest) -> Any:
    """Makes an httpx client that gives one answer, and runs what is done with it."""

    def perform(answer: Any, do: Any) -> Any:
        transport = httpx.MockTransport(lambda _: answer())
        if request.param == "sync":
            with httpx.Client(transport=transport) as http:
                return do(tonearm.Aioz, tonearm.Jellyfin, http)

        async def run() -> Any:
            async with httpx.AsyncClient(transport=transport) as http:
                result = do(tonearm.AsyncAioz, tonearm.AsyncJellyfin, http)
                return await result if inspect.isawaitable(result) else result

        return asyncio.run(run())

    return perform


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_is_read_whole(lent: Any, answer: Any) -> None:
    assert lent(answer, lambda aioz, _, http: aioz(token="token-of-mine", http=http).get("i")).status == "new"


def test_an_error(lent: Any) -> None:
    def refuse() -> httpx.Response:
        return httpx.Response(404, json={"message": "no such object"})

    with pytest.raises(tonearm.NotFound, match="no such object"):
        lent(refuse, lambda aioz, _, http: aioz(token="token-of-mine", http=http).get("i"))


def test_a_download(lent: Any, tmp_path: Path) -> None:
    def send() -> httpx.Response:
        return httpx.Response(200, content=b"fLaC" * 1000, headers={"content-type": "audio/flac"})

    item, to = "4c3b2a19-0000-4000-8000-000000000000", tmp_path / "song.flac"
    lent(send, lambda _, jellyfin, http: jellyfin("http://server", http=http).download(item, to))
    assert to.read_bytes() == b"fLaC" * 1000


def test_a_stream() -> None:
    def send(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"ID3" * 1000, headers={"content-type": "audio/mpeg"})

    item = "4c3b2a19-0000-4000-8000-000000000000"
    with (
        httpx.Client(transport=httpx.MockTransport(send)) as http,
        tonearm.Jellyfin("http://server", http=http).stream(item, preset="mp3_128") as audio,
    ):
        assert audio.read() == b"ID3" * 1000


class Wire:
    """A connection that can be closed, by either client."""

    def __init__(self) -> None:
        self.closed = False

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def get(http: httpx.Client | httpx.AsyncClient) -> object:
    """Ask for an object over this client."""
    if isinstance(http, httpx.AsyncClient):
        return asyncio.run(tonearm.AsyncAioz(token="token-of-mine", http=http).get("i"))
    return tonearm.Aioz(token="token-of-mine", http=http).get("i")


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_client_that_is_closed_while_its_connection_is_made_closes_it(asynchronous: bool) -> None:
    wire = Wire()

    def answer() -> httpx.Response:
        return httpx.Response(200, content=BODY, extensions={"network_stream": wire})

    async def answer_async(_: httpx.Request) -> httpx.Response:
        await late.aclose()
        return answer()

    def answer_blocking(_: httpx.Request) -> httpx.Response:
        http.close()
        return answer()

    http = httpx.Client(transport=httpx.MockTransport(answer_blocking))
    late = httpx.AsyncClient(transport=httpx.MockTransport(answer_async))
    with pytest.raises(tonearm.ConfigurationError, match="the client is closed"):
        get(late if asynchronous else http)
    assert wire.closed


@pytest.mark.parametrize("closing", [False, True])
@pytest.mark.parametrize("asynchronous", [False, True])
def test_httpx_s_word_for_a_closed_client_is_ours_and_others_stay(asynchronous: bool, closing: bool) -> None:
    async def refuse_async(_: httpx.Request) -> httpx.Response:
        if closing:
            await late.aclose()
        raise RuntimeError("no")

    def refuse_blocking(_: httpx.Request) -> httpx.Response:
        if closing:
            http.close()
        raise RuntimeError("no")

    http = httpx.Client(transport=httpx.MockTransport(refuse_blocking))
    late = httpx.AsyncClient(transport=httpx.MockTransport(refuse_async))
    with pytest.raises(tonearm.ConfigurationError if closing else RuntimeError):
        get(late if asynchronous else http)
