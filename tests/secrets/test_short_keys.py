"""Keys as short as local servers take them are in many a word; no answer is read otherwise because of them."""

import asyncio
import gzip
import io
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

import tonearm
from tests.engine.ways import AT_ONCE, KEY, KEYS
from tests.inside.http import Answer, Connections, Head, Options, Wire
from tests.inside.transfer import validator_of

ITEM = "4c3b2a19-0000-4000-8000-000000000000"
WAV = b"RIFF\x2c\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\x08\0\0\0" + bytes(8)
SHORT = ["x", "-", "1", "a", "e", "zip", "json", "event", "audio", "text"]
EVENTS = 'data: {"type": "transcript.text.done", "text": "hi"}\n\ndata: [DONE]\n\n'


def openai(key: str, response: httpx.Response) -> tonearm.OpenAI:
    http = httpx.Client(transport=httpx.MockTransport(lambda request: response))
    return tonearm.OpenAI(api_key=key, base_url="http://server/v1", http=http, retry=tonearm.Retry(attempts=1))


def unread(content: bytes, **headers: str) -> httpx.Response:
    """A body that httpx does not decode, as it comes from a socket."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(200, headers=named, stream=httpx.ByteStream(content))


@pytest.mark.parametrize("key", SHORT)
def test_a_compressed_answer_is_read(key: str) -> None:
    packed = gzip.compress(b'{"object": "list", "data": [{"id": "whisper-1", "object": "model"}]}')
    answer = unread(packed, content_type="application/json", content_encoding="gzip")
    assert [model.id for model in openai(key, answer).models()] == ["whisper-1"]


@pytest.mark.parametrize("password", SHORT)
@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_password_does_not_keep_its_user_out(password: str, asynchronous: bool) -> None:
    packed = gzip.compress(b'{"AccessToken": "a-token"}')
    answer = unread(packed, content_type="application/json", content_encoding="gzip")

    async def log_in() -> tonearm.AsyncJellyfin:
        http = httpx.AsyncClient(transport=httpx.MockTransport(lambda request: answer))
        return await tonearm.AsyncJellyfin.login("http://nas", "ada", password, http=http)

    if asynchronous:
        answer = httpx.Response(200, headers=answer.headers, content=packed)
        assert asyncio.run(log_in()).token == "a-token"
    else:
        http = httpx.Client(transport=httpx.MockTransport(lambda request: answer))
        assert tonearm.Jellyfin.login("http://nas", "ada", password, http=http).token == "a-token"


@pytest.mark.parametrize("key", SHORT)
def test_events_are_events(key: str) -> None:
    answer = unread(EVENTS.encode(), content_type="text/event-stream")
    with openai(key, answer).transcribe_stream(WAV, model="m") as stream:
        (done,) = stream
    assert isinstance(done, tonearm.openai.TranscriptDone)
    assert done.transcript.text == "hi"


@pytest.mark.parametrize("key", SHORT)
def test_text_is_text(key: str) -> None:
    answer = unread(b"hello", content_type="text/plain; charset=utf-8")
    assert openai(key, answer).transcribe(WAV, model="whisper-1", format="text") == "hello"


@pytest.mark.parametrize("key", ["x", "-", "1", "a", "e", "wav", "audio"])
def test_audio_keeps_its_type_and_size(key: str) -> None:
    answer = unread(WAV, content_type="audio/x-wav", content_length=str(len(WAV)))
    with openai(key, answer).speech("hi", model="m", voice="v", format="wav") as stream:
        assert (stream.size, stream.read()) == (len(WAV), WAV)
        assert stream.content_type == ("***/x-wav" if key == "audio" else "audio/x-wav")


@pytest.mark.parametrize("key", SHORT)
def test_an_event_stream_is_not_saved_as_audio(key: str, tmp_path: Path) -> None:
    answer = unread(b'data: {"error": "no"}\n\n', content_type="text/event-stream")
    with pytest.raises(tonearm.UnexpectedAnswer):
        openai(key, answer).speak("hi", tmp_path / "hi.mp3", model="m", voice="v")


@pytest.mark.parametrize("key", ["1", "0", "2026", "GMT", "bytes"])
def test_sizes_times_and_ranges_are_read(key: str) -> None:
    headers = {
        "Content-Type": "audio/flac",
        "Content-Length": "1020",
        "Last-Modified": "Sat, 21 Nov 2026 04:08:40 GMT",
        "Accept-Ranges": "bytes",
    }
    answers = [httpx.Response(200, headers=headers, content=bytes(1020)) for _ in range(2)]
    http = httpx.Client(transport=httpx.MockTransport(lambda request: answers.pop()))
    jellyfin = tonearm.Jellyfin("http://nas", token=key, http=http)
    info = jellyfin.probe(ITEM)
    assert (info.size, info.resumable, info.content_type) == (1020, True, "audio/flac")
    assert jellyfin.download(ITEM, io.BytesIO()).size == 1020


@pytest.mark.parametrize("key", ["1", "12"])
def test_the_delay_that_a_server_asks_for_is_read(key: str) -> None:
    answer = httpx.Response(429, headers={"Retry-After": "12"}, json={"error": {"message": "slow down", "code": "x1y"}})
    with pytest.raises(tonearm.RateLimited, match="slow down") as caught:
        openai(key, answer).models()
    assert (caught.value.retry_after, caught.value.code) == (12.0, "x1y")


def wire(*secrets: str) -> Wire[Any]:
    return Wire(Connections(httpx.Client), "http://server", KEYS, secrets, Options(1, None, AT_ONCE), owned=False)


@pytest.mark.parametrize(
    ("secrets", "text", "shown"),
    [
        (("x",), "an unexpected x in x-y: x", "an unexpected *** in x-y: ***"),
        (("-",), "a-b - c", "a-b *** c"),
        (("key",), "the key of a monkey", "the *** of a monkey"),
        (("open",), "reopened", "re***ed"),
        (("open", "open-sesame"), "said open-sesame", "said ***"),
        (("a.c",), "abc a.c", "abc ***"),
    ],
)
def test_a_short_key_is_hidden_where_it_stands_alone(secrets: tuple[str, ...], text: str, shown: str) -> None:
    assert wire(*secrets).scrub(text) == shown


def test_what_is_shown_of_a_head_has_no_key() -> None:
    headers = {"content-type": f"audio/{KEY}; a=b", "x-request-id": f"id-{KEY}", "content-range": f"bytes {KEY}"}
    head = Head("GET", "http://server", 206, headers, scrub=wire(KEY).scrub)
    assert head.content_type == f"audio/{KEY}"
    assert (head.shown_type, head.request_id) == ("audio/***", "id-***")
    error = Answer(head, KEY.encode()).unexpected(f"the range {head.headers['content-range']!r} is another")
    for shown in (repr(head), repr(Answer(head, b"")), json.dumps(error.__dict__), str(error), error.body):
        assert KEY not in shown


@pytest.mark.parametrize("key", ["2026", "GMT", "abc1"])
@pytest.mark.parametrize("dated", [True, False])
def test_the_version_that_is_kept_in_a_file_has_no_key_and_a_date_is_none(key: str, dated: bool) -> None:
    date = "Sat, 21 Nov 2026 04:08:40 GMT"
    headers = {"last-modified": date if dated else f"of {key}", "etag": f'"v {key}"'}
    head = Head("GET", "http://server", 200, headers, scrub=wire(key).scrub)
    assert validator_of(head) == (date if dated else None)
