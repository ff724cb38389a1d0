"""What an answer is turned into: each status, each error shape, and bodies that are not what is due."""

import gzip
import json
import tracemalloc
import zlib
from functools import cache
from typing import Any

import pytest

from tests.engine.ways import KEY, ONCE, Sink, Way, both, get, head_of
from tests.inside.engine import Fetch, Open, Plan, call
from tests.inside.http import Head, adapter
from tests.wire.recorder import CUT, Recorder, answer
from tonearm.errors import (
    BadRequest,
    Forbidden,
    NotFound,
    RateLimited,
    ServiceFailed,
    StatusError,
    TooLarge,
    Unauthorized,
    UnexpectedAnswer,
)
from tonearm_generated.aioz.api.audio import list_audio
from tonearm_generated.aioz.models import MediaListResponse


def ask(way: Way, canned: Any, **options: Any) -> Any:
    with Recorder([canned]) as server:
        return way.run(call(get("/x", query={"api_key": KEY}), lambda answer: answer.object()), server.url, **options)


def fails(way: Way, canned: Any) -> Any:
    with pytest.raises((StatusError, UnexpectedAnswer)) as caught:
        ask(way, canned, retry=ONCE)
    return caught.value


@both
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (300, StatusError),
        (400, BadRequest),
        (401, Unauthorized),
        (402, StatusError),
        (403, Forbidden),
        (404, NotFound),
        (408, StatusError),
        (413, TooLarge),
        (418, StatusError),
        (422, BadRequest),
        (429, RateLimited),
        (500, ServiceFailed),
        (503, ServiceFailed),
        (520, ServiceFailed),
        (529, ServiceFailed),
    ],
)
def test_each_status_has_its_error(way: Way, status: int, kind: type[StatusError]) -> None:
    error = fails(way, answer(json={"message": "Because"}, status=status, headers={"X-Request-Id": "r-7"}))
    assert type(error) is kind
    assert (error.status, error.message, error.request_id, error.method) == (status, "Because", "r-7", "GET")
    assert error.headers["content-type"] == "application/json"
    assert json.loads(error.body) == {"message": "Because"}
    assert str(error) == f"GET {error.url} -> {status}: Because (request id r-7)"


SHAPES = [
    ({"status": "error", "message": "AIOZ says  so"}, "AIOZ says so", None),
    (
        {"error": {"message": "OpenAI", "type": "invalid_request_error", "code": None}},
        "OpenAI",
        "invalid_request_error",
    ),
    ({"error": {"message": "Quota", "type": "x", "code": "insufficient_quota"}}, "Quota", "insufficient_quota"),
    ({"error": {"message": "Numbered", "code": 400}}, "Numbered", "400"),
    ({"error": {"reason": 5}}, '{"reason": 5}', None),
    ({"error": "litellm or ollama"}, "litellm or ollama", None),
    ({"object": "error", "message": "vLLM", "code": 40001}, "vLLM", "40001"),
    ({"detail": "FastAPI"}, "FastAPI", None),
    ({"Message": "a Jellyfin of another kind", "Code": "E7"}, "a Jellyfin of another kind", "E7"),
    ({"Error": {"Message": "in two", "message": "the first counts"}}, "in two", None),
    ({"ErrorMessage": "deep"}, "deep", None),
    ({"detail": [{"loc": ["body", "x"], "msg": "é"}]}, "x: é", None),
    ({"title": "RFC 7807", "type": "about:blank", "status": 400}, "RFC 7807", None),
    ({"title": "One or more", "errors": {"itemId": ["The value is bad"]}}, '{"itemId": ["The value is bad"]}', None),
    ({"message": "  ", "title": "kept"}, "kept", None),
    ({"message": "coded", "code": {"no": "text"}}, "coded", None),
    ({"message": 5}, '{"message": 5}', None),
    ({}, "{}", None),
    (["a", "list"], '["a", "list"]', None),
]


@both
@pytest.mark.parametrize(("body", "message", "code"), SHAPES)
def test_each_shape_of_error_gives_its_words(way: Way, body: Any, message: str, code: str | None) -> None:
    error = fails(way, answer(json.dumps(body).encode(), status=400))
    assert (error.message, error.code) == (message, code)


@both
@pytest.mark.parametrize(
    ("body", "kind", "headers", "message"),
    [
        (b"Error processing request.\r\n", "text/plain", {}, "Error processing request."),
        (b"", "text/plain", {}, "the server gave no reason"),
        (b"<html>\n<h1>502", "text/html", {}, "the server gave no reason"),
        (b"  <!DOCTYPE html>", "application/json", {}, "the server gave no reason"),
        (b"[" * 100_000, "application/json", {}, "[" * 500),
        (b'{"message": "cut', "application/json", {}, '{"message": "cut'),
        (b"", "text/plain", {"Message": "Jellyfin  says"}, "Jellyfin says"),
        (b"\xff\xfe", "text/plain", {}, "\ufffd\ufffd"),
    ],
)
def test_a_body_that_is_no_json_gives_what_words_it_has(
    way: Way, body: bytes, kind: str, headers: dict[str, str], message: str
) -> None:
    error = fails(way, answer(body, status=502, content_type=kind, headers=headers))
    assert error.message == message
    assert error.body == body.decode("utf-8", "replace")[: 64 * 1024]


@both
def test_a_redirect_is_not_followed_and_carries_no_key(way: Way) -> None:
    with Recorder([answer()]) as elsewhere:
        location = f"{elsewhere.url}/y?api_key={KEY}&x={KEY}"
        error = fails(way, answer(status=302, headers={"Location": location}))
    assert elsewhere.requests == []
    assert error.message == f"redirects are not followed (to {elsewhere.url}/y)"
    assert str(error.hint).startswith("give the address that the redirect leads to as the base URL")
    assert KEY not in repr(vars(error))


@both
def test_a_status_that_has_no_body_has_its_error(way: Way) -> None:
    error = fails(way, answer(status=304, headers={"ETag": "e"}))
    assert (type(error), error.status, error.headers["etag"]) == (StatusError, 304, "e")


@both
@pytest.mark.parametrize("status", [301, 307, 308])
def test_a_redirect_of_a_file_or_a_stream_is_not_followed(way: Way, status: int) -> None:
    def plan(effect: Any) -> Plan[Any]:
        return (yield from effect)

    with Recorder([answer()]) as elsewhere, Recorder(lambda _: moved) as server:
        moved = answer(status=status, headers={"Location": elsewhere.url})
        for effect in (Fetch(get(), Sink().start), Open(get())):
            with pytest.raises(StatusError, match="redirects are not followed"):
                way.run(plan(effect), server.url)
    assert elsewhere.requests == []


@both
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the body is empty"),
        (b'{"a": ', "the body is not JSON"),
        (b"<html>", "the body is not JSON"),
        (b"\xff\xfe\xfd", "the body is not JSON"),
        (b"[" * 100_000, "the body is not JSON"),
        (b"[]", "the body is a JSON array, not an object"),
        (b"null", "the body is a JSON null, not an object"),
        (b"7", "the body is a JSON number, not an object"),
        (b"7.5", "the body is a JSON number, not an object"),
        (b"true", "the body is a JSON boolean, not an object"),
        (b'"text"', "the body is a JSON string, not an object"),
    ],
)
def test_a_body_that_is_not_what_is_due_is_named(way: Way, body: bytes, reason: str) -> None:
    error = fails(way, answer(body, headers={"X-Odd": "1"}))
    assert isinstance(error, UnexpectedAnswer)
    assert error.args == (reason,)
    assert (error.status, error.headers["x-odd"], error.method) == (200, "1", "GET")
    assert error.body == body.decode("utf-8", "replace")[: 64 * 1024]


@both
@pytest.mark.parametrize("status", [200, 500])
def test_a_body_that_cannot_be_decompressed_is_named(way: Way, status: int) -> None:
    canned = answer(b"not gzip at all", status=status, headers={"Content-Encoding": "gzip", "X-Odd": "1"})
    error = fails(way, canned)
    assert isinstance(error, UnexpectedAnswer if status == 200 else ServiceFailed)
    assert (error.status, error.headers["x-odd"]) == (status, "1")


def packed(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=1)


def zlibbed(body: bytes, window: int) -> bytes:
    packer = zlib.compressobj(level=1, wbits=window)
    return packer.compress(body) + packer.flush()


SHORT = b'{"a": 1}'
LONG = [
    json.dumps({"a": "".join(map(str, range(200_000)))}).encode(),
    b'{"a": "' + b"x" * (2 * 1024 * 1024 - 9) + b'"}',
]
"""One that ends within the second block that is decompressed, and one that ends with it."""


@both
@pytest.mark.parametrize(
    ("encoding", "pack", "bodies"),
    [
        ("gzip", packed, [SHORT, *LONG]),
        ("X-GZip", packed, [SHORT]),
        ("identity, gzip", packed, [SHORT]),
        ("deflate", lambda body: zlibbed(body, 15), [SHORT, *LONG]),
        ("deflate", lambda body: zlibbed(body, -15), [SHORT, *LONG]),
        ("identity", bytes, [SHORT]),
        ("", bytes, [SHORT]),
    ],
)
def test_a_compressed_body_is_read(way: Way, encoding: str, pack: Any, bodies: list[bytes]) -> None:
    for body in bodies:
        assert ask(way, answer(pack(body), headers={"Content-Encoding": encoding})) == json.loads(body)


@both
@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (gzip.compress(gzip.compress(b"{}")), "gzip, gzip", r"was not asked for \(gzip, gzip\)"),
        (b"brotli", "br", r"was not asked for \(br\)"),
        (gzip.compress(b'{"a": 1}')[:-3], "gzip", "the compressed body ends too early"),
        (b"plain", "gzip", "the body cannot be decompressed"),
        (gzip.compress(b"{}") + b"more", "gzip", None),
        (b"", "gzip", "the body is empty"),
    ],
    ids=["twice", "another way", "cut", "not at all", "more behind it", "nothing"],
)
def test_a_body_is_decompressed_once_and_as_it_was_asked_for(
    way: Way, body: bytes, encoding: str, reason: str | None
) -> None:
    canned = answer(body, headers={"Content-Encoding": encoding})
    if reason is None:
        assert ask(way, canned) == {}
        return
    with pytest.raises(UnexpectedAnswer, match=reason):
        ask(way, canned)


@both
def test_an_error_that_is_compressed_in_an_unknown_way_is_that_error(way: Way) -> None:
    error = fails(way, answer(b"brotli", status=404, headers={"Content-Encoding": "br"}))
    assert (type(error), error.body) == (NotFound, "")


@cache
def packed_zeros(size: int) -> bytes:
    packer = zlib.compressobj(wbits=31)
    return b"".join(packer.compress(bytes(10**7)) for _ in range(size // 10**7)) + packer.flush()


@both
@pytest.mark.parametrize("status", [200, 500])
def test_a_body_that_explodes_is_never_in_memory_as_a_whole(
    way: Way, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "ANSWER_LIMIT", 20_000_000)
    bomb = packed_zeros(100_000_000)
    tracemalloc.start()
    try:
        error = fails(way, answer(bomb, status=status, headers={"Content-Encoding": "gzip"}))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(error.body) == 64 * 1024
    assert peak < (2.2 * adapter.ANSWER_LIMIT if status == 200 else 8_000_000)


@both
@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_is_bounded_by_its_decoded_size(way: Way, packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "ANSWER_LIMIT", 1000)
    body = json.dumps({"a": "x" * 2_000_000}).encode()
    canned = answer(gzip.compress(body), headers={"Content-Encoding": "gzip"}) if packed else answer(body)
    error = fails(way, canned)
    assert "the body is longer than 1000 bytes" in str(error)
    assert error.body.startswith('{"a": "xx')


STEP = 1024 * 1024
"""Bytes that are decompressed at once: a body of as many ends where a block ends, and so does its bound."""


@both
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("more", [0, 1])
def test_a_body_may_be_as_long_as_the_bound_and_no_longer(
    way: Way, packed: bool, more: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "ANSWER_LIMIT", STEP)
    body = b'{"a": 1}'.ljust(STEP + more)
    if packed:
        canned = answer(gzip.compress(body), headers={"Content-Encoding": "gzip"})
    else:  # each chunk is a block: the bound is reached before the byte that is too much
        chunks = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in (body[:STEP], body[STEP:]) if chunk)
        canned = [head_of(headers={"Transfer-Encoding": "chunked"}) + chunks + b"0\r\n\r\n"]
    if more:
        assert f"the body is longer than {STEP} bytes" in str(fails(way, canned))
    else:
        assert ask(way, canned) == {"a": 1}


@both
def test_of_an_error_only_the_start_is_kept(way: Way) -> None:
    error = fails(way, answer(b"x" * 10_000_000, status=500))
    assert error.body == "x" * 64 * 1024


@both
@pytest.mark.parametrize("status", [200, 400])
def test_a_key_that_the_server_echoes_is_in_no_error(way: Way, status: int) -> None:
    error = fails(way, answer(f"you sent {KEY}".encode(), status=status, headers={"X-Echo": f"<{KEY}>"}))
    assert error.headers["x-echo"] == "<***>"
    assert error.body == "you sent ***"
    assert KEY not in f"{error!s}{error!r}{vars(error)}"


@both
def test_a_key_that_the_server_echoes_in_escapes_is_in_no_message(way: Way) -> None:
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in KEY)
    error = fails(way, answer(f'{{"error": {{"message": "you {escaped}", "code": "{escaped}"}}}}'.encode(), status=401))
    assert (error.message, error.code) == ("you ***", "***")


@both
def test_a_key_that_a_live_answer_echoes_is_in_no_error(way: Way) -> None:
    def refuse(answer: Any) -> None:
        raise answer.unexpected(f"not audio: {answer.text()}")

    def plan() -> Plan[Any]:
        return (yield from Open(get(), refuse))

    with Recorder([answer(f"key {KEY}".encode())]) as server, pytest.raises(UnexpectedAnswer) as caught:
        way.run(plan(), server.url)
    assert KEY not in f"{caught.value}{vars(caught.value)}"


@both
@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "005"}, 5),
        ({"Retry-After": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "Retry-After": "7"}, 0.25),
        ({"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "inf"}, None),
        ({"Retry-After": "Thu, 99 Jan 1970 00:00:00 GMT"}, None),
        ({"X-RateLimit-Retry-After": "30"}, 30),
        ({}, None),
    ],
)
def test_the_delay_that_a_server_asks_for_is_read(way: Way, headers: dict[str, str], seconds: float | None) -> None:
    assert fails(way, answer(b"no", status=429, headers=headers)).retry_after == seconds


@both
def test_the_end_of_a_rate_window_is_a_delay_only_when_the_limit_was_hit(way: Way) -> None:
    assert fails(way, answer(b"no", status=500, headers={"X-RateLimit-Retry-After": "30"})).retry_after is None


@both
@pytest.mark.parametrize("name", ["X-Request-ID", "request-id", "x-amzn-requestid", "CF-RAY"])
def test_the_name_of_a_request_is_found(way: Way, name: str) -> None:
    assert fails(way, answer(b"no", status=500, headers={name: "r9"})).request_id == "r9"


@both
def test_an_answer_without_a_length_is_read_to_its_end(way: Way) -> None:
    assert ask(way, (head_of() + b'{"a": 1}', CUT)) == {"a": 1}


@both
def test_bytes_that_are_no_text_cost_a_character_and_not_the_answer(way: Way) -> None:
    body = b'\xef\xbb\xbf{"text": "caf\xc3 au lait"}'
    with Recorder([answer(body)]) as server:
        found = way.run(call(get(), lambda answer: answer.object()), server.url)
    assert found == {"text": "caf\ufffd au lait"}


@both
def test_a_message_can_be_printed_and_steers_no_terminal(way: Way) -> None:
    error = fails(way, answer(b'{"message": "a\\u001b[2Jb\\ud800\\u0000 c"}', status=400))
    assert isinstance(error, StatusError)
    assert error.message == "a\ufffd[2Jb\ufffd\ufffd c"
    str(error).encode()


@pytest.mark.parametrize(
    ("headers", "size"),
    [
        ({"content-length": "0"}, 0),
        ({"content-length": "120"}, 120),
        ({}, None),
        ({"content-length": ""}, None),
        ({"content-length": "-1"}, None),
        ({"content-length": "\u00b2"}, None),
    ],
)
def test_the_size_of_a_body_is_known_only_by_a_number(headers: dict[str, str], size: int | None) -> None:
    assert Head("GET", "http://x/", 200, headers).size == size


def read_model(way: Way, body: Any, make: Any) -> Any:
    with Recorder([answer(json=body)]) as server:
        parse = lambda got: got.model(list_audio.read_answer, MediaListResponse, make)  # noqa: E731
        return way.run(call(get(), parse), server.url, retry=ONCE)


@both
def test_an_answer_that_the_generated_reader_refuses_says_where(way: Way) -> None:
    rows = [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": None}]
    with pytest.raises(UnexpectedAnswer, match=r"the answer at \$\.data\.media\[3\]\.id: expected text, got null"):
        read_model(way, {"data": {"media": rows}}, lambda found: found)


@both
@pytest.mark.parametrize("mistake", [KeyError, TypeError, ValueError, AttributeError])
def test_a_mistake_of_our_own_is_not_reported_as_the_servers(way: Way, mistake: type[Exception]) -> None:
    def make(found: Any) -> Any:
        raise mistake("ours")

    with pytest.raises(mistake, match="ours"):
        read_model(way, {"data": {"media": []}}, make)
