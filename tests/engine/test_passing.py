"""Bodies that pass through h11 without copies: the same events as from h11's own buffer, however the bytes arrive."""

import random
from itertools import pairwise
from typing import Any

import h11
import httpx
import pytest

from tests.engine.ways import Way, both, get
from tests.inside.engine import Plan, call
from tests.inside.http import Backend, Blocks, pass_blocks
from tests.wire.recorder import Recorder, answer

HEAD = b"HTTP/1.1 200 OK\r\n"
BODY = random.Random(1).randbytes(3000)
RESPONSES = {
    "length": HEAD + b"Content-Length: 3000\r\n\r\n" + BODY,
    "no body": HEAD + b"Content-Length: 0\r\n\r\n",
    "chunks": HEAD
    + b"Transfer-Encoding: chunked\r\n\r\n3e8\r\n"
    + BODY[:1000]
    + b"\r\n7d0\r\n"
    + BODY[1000:]
    + b"\r\n0\r\n\r\n",
    "until the end": HEAD + b"\r\n" + BODY,
    "more than its length": HEAD + b"Content-Length: 1000\r\n\r\n" + BODY,
    "too short": HEAD + b"Content-Length: 4000\r\n\r\n" + BODY,
    "no HTTP": BODY,
}


def connection(*, ours: bool) -> Any:
    """A connection of h11 that has sent a request."""
    made: Any = h11.Connection(h11.CLIENT)
    if ours:
        made._receive_buffer = Blocks(made._receive_buffer)
    made.send(h11.Request(method="GET", target="/", headers=[("Host", "x")]))
    made.send(h11.EndOfMessage())
    return made


def received(made: Any, blocks: list[bytes]) -> tuple[list[Any], bytes]:
    """What h11 finds in these blocks, with the body joined; an error at the end."""
    found: list[Any] = []
    body = b""
    try:
        for block in [*blocks, b""]:
            made.receive_data(block)
            while (event := made.next_event()) not in (h11.NEED_DATA, h11.PAUSED):
                if isinstance(event, h11.Data):
                    body += event.data
                    continue
                found.append(event)
                if isinstance(event, h11.ConnectionClosed):
                    break
            found.append(bytes(made.trailing_data[0]))
    except h11.RemoteProtocolError as error:
        found.append(str(error))
    return [*found, made.states], body


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("kind", RESPONSES)
def test_h11_finds_the_same_in_its_own_buffer_and_in_ours(kind: str, seed: int) -> None:
    data = RESPONSES[kind]
    cuts = sorted({0, len(data), *random.Random(seed).choices(range(len(data)), k=seed)})
    blocks = [data[start:end] for start, end in pairwise(cuts)]
    assert received(connection(ours=True), blocks) == received(connection(ours=False), blocks)


def test_a_block_of_a_body_is_not_copied() -> None:
    made = connection(ours=True)
    made.receive_data(HEAD + b"Content-Length: 3000\r\n\r\n")
    assert isinstance(made.next_event(), h11.Response)
    for block in (BODY[:1000], BODY[1000:]):
        made.receive_data(block)
        assert made.next_event().data is block


@both
@pytest.mark.parametrize("backend", ["httpx", "httpx2"])
def test_our_clients_copy_no_body(way: Way, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bytes] = []
    extract = Blocks.maybe_extract_at_most

    def spy(blocks: Blocks, count: int) -> Any:
        block = extract(blocks, count)
        taken.append(block or b"")
        return block

    monkeypatch.setattr(Blocks, "maybe_extract_at_most", spy)
    body = BODY * 1000
    with Recorder([answer(body), answer(body)]) as server:
        assert way.run(both_bodies(), server.url, backend=backend) == [body, body]
    assert b"".join(taken) == body + body
    assert sum(len(block) for block in taken if isinstance(block, bytes)) > len(body)  # most was not in a bytearray


def both_bodies() -> Plan[list[bytes]]:
    """The bodies of two responses over one connection."""
    first = yield from call(get(), lambda answer: answer.body)
    return [first, (yield from call(get(), lambda answer: answer.body))]


class Stream(httpx.ByteStream):
    """A body, and on the way to its connection other names than today's."""

    _stream = object()


def test_a_body_without_the_names_on_the_way_to_h11_is_read_as_it_is() -> None:
    body = bytes(100_000)
    for stream in (Stream(body), httpx.ByteStream(body)):
        response = httpx.Response(200, headers={"content-length": str(len(body))}, stream=stream)
        pass_blocks(response)
        assert response.read() == body
