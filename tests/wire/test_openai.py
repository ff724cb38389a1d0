"""What the OpenAI-compatible operations send, byte for byte, and against what OpenAI's own client sends."""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

import pytest
from python_multipart.multipart import parse_options_header

from tests.wire.recorder import Received, Recorder, answer, check_golden
from tonearm import AsyncOpenAI, OpenAI

FLAC = b"fLaC, and no more"
HEARD = answer(json={"text": "x", "language": "english", "duration": 1.0})
SOUND = answer(b"\xff\xfb\x90\x00 sound", content_type="audio/mpeg")

Operation = Callable[[Any], Any]
"""Called with either client; the asynchronous one's result is awaited."""


async def _read(stream: Any) -> None:
    async with stream as audio:
        await audio.read()


def _live(ai: Any, *args: Any, **kwargs: Any) -> Any:
    stream = ai.speech(*args, **kwargs)
    if isinstance(ai, AsyncOpenAI):
        return _read(stream)
    with stream as audio:
        return audio.read()


async def _hear(stream: Any) -> None:
    async with stream:
        async for _ in stream:
            pass


def _told(ai: Any, *args: Any, **kwargs: Any) -> Any:
    stream = ai.transcribe_stream(*args, **kwargs)
    if isinstance(ai, AsyncOpenAI):
        return _hear(stream)
    with stream:
        return list(stream)


OPERATIONS: dict[str, tuple[Operation, bytes]] = {
    "create_speech": (
        lambda ai: _live(
            ai,
            "Grüße, “you”.",
            model="gpt-4o-mini-tts",
            voice={"id": "voice_1"},
            format="wav",
            speed=0.5,
            instructions="Calm.",
        ),
        SOUND,
    ),
    "create_speech_minimal": (lambda ai: _live(ai, "Hello.", model="m", voice="coral"), SOUND),
    "create_transcription": (
        lambda ai: ai.transcribe(
            _named(FLAC, "clip.flac"),
            model="whisper-1",
            language="en",
            prompt="Bergen",
            words=True,
            format="verbose_json",
            temperature=0.2,
            chunking_strategy={"type": "server_vad", "threshold": 0.5},
            include=["logprobs"],
            extra={"vad_filter": True, "diarize": False, "beam_size": 5},
        ),
        HEARD,
    ),
    "create_transcription_hints": (
        lambda ai: ai.transcribe(
            FLAC,
            model="gpt-transcribe",
            languages=["en", "no"],
            keywords=["Askøy", "Bergen"],
            chunking_strategy="auto",
            known_speakers={"Ida": b"RIFF\0\0\0\0WAVEfmt ", "Åse": "data:audio/mpeg;base64,AAAA"},
        ),
        HEARD,
    ),
    "create_transcription_stream": (
        lambda ai: _told(ai, FLAC, model="gpt-4o-transcribe-diarize", language="en"),
        answer(b'data: {"type":"transcript.text.done","text":"x"}\n\n', content_type="text/event-stream"),
    ),
    "create_transcription_minimal": (lambda ai: ai.transcribe(FLAC, model="gpt-transcribe"), HEARD),
    "list_models": (lambda ai: ai.models(), answer(json={"object": "list", "data": []})),
    "create_translation": (
        lambda ai: ai.translate(
            _named(FLAC, 'Ünï "quoted".flac'),
            model="whisper-1",
            prompt="Bergen",
            format="verbose_json",
            temperature=0,
        ),
        HEARD,
    ),
}


def _named(content: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


ACCOUNT: dict[str, Any] = {"api_key": "KEY", "organization": "ORG", "project": "PROJ"}


def record(operation: Operation, reply: bytes = HEARD, **account: Any) -> Received:
    with Recorder([reply]) as server, OpenAI(base_url=server.url + "/v1", **(account or ACCOUNT)) as ai:
        operation(ai)
    (sent,) = server.requests
    return sent


def record_async(operation: Operation, reply: bytes = HEARD, **account: Any) -> Received:
    async def perform(url: str) -> None:
        async with AsyncOpenAI(base_url=url, **(account or ACCOUNT)) as ai:
            await cast("Awaitable[object]", operation(ai))

    with Recorder([reply]) as server:
        asyncio.run(perform(server.url + "/v1"))
    (sent,) = server.requests
    return sent


def parts(sent: Received) -> list[tuple[list[str], bytes]]:
    """The header lines and the contents of each part of a form."""
    boundary = b"--" + parse_options_header(sent.headers["content-type"])[1][b"boundary"]
    pieces = sent.body.split(boundary)
    assert (pieces[0], pieces[-1]) == (b"", b"--\r\n")
    split = (piece.removeprefix(b"\r\n").removesuffix(b"\r\n").split(b"\r\n\r\n", 1) for piece in pieces[1:-1])
    return [(head.decode().split("\r\n"), content) for head, content in split]


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_exactly_its_golden(name: str, way: Callable[..., Received]) -> None:
    check_golden(f"openai/{name}", way(*OPERATIONS[name]).raw)


@pytest.mark.parametrize("way", [record, record_async])
def test_a_server_without_keys_gets_none(way: Callable[..., Received]) -> None:
    sent = way(*OPERATIONS["create_transcription_minimal"], api_key="")
    assert not {"authorization", "openai-organization", "openai-project"} & sent.headers.keys()


@pytest.mark.parametrize("way", [record, record_async])
def test_a_form_is_framed_by_its_length_and_has_its_file_at_the_end(way: Callable[..., Received]) -> None:
    sent = way(*OPERATIONS["create_transcription"])
    assert int(sent.headers["content-length"]) == len(sent.body)
    assert "transfer-encoding" not in sent.headers
    names = [head[0].split('name="')[1].partition('"')[0] for head, _ in parts(sent)]
    assert names.count("timestamp_granularities[]") == 2
    assert names[-1] == "file"
    assert [len(head) for head, _ in parts(sent)] == [1] * (len(names) - 1) + [2]


def test_no_text_can_add_a_part() -> None:
    evil = '\r\n--BOUNDARY\r\nContent-Disposition: form-data; name="model"\r\n\r\nother\r\n--BOUNDARY--\r\n'
    sent = record(lambda ai: ai.transcribe(FLAC, model="m", prompt=evil, extra={"hint": evil}))
    read = {head[0]: content for head, content in parts(sent)}
    assert read['Content-Disposition: form-data; name="prompt"'].decode() == evil
    assert read['Content-Disposition: form-data; name="hint"'].decode() == evil
    assert read['Content-Disposition: form-data; name="model"'] == b"m"
    again = record(lambda ai: ai.transcribe(FLAC, model="m", prompt=evil, extra={"hint": evil}))
    assert again.headers["content-type"] != sent.headers["content-type"]


# OpenAI's own client


VENDOR = json.loads((Path(__file__).parent / "vendors" / "openai-python-3.52.0.json").read_text())["steps"]
AS_VENDOR: dict[str, Operation] = {
    "create_transcription": lambda ai: ai.transcribe(
        _named(FLAC, "clip.flac"),
        model="whisper-1",
        language="en",
        prompt="Bergen",
        words=True,
        format="verbose_json",
        temperature=0.2,
        chunking_strategy={"type": "server_vad", "threshold": 0.5},
        include=["logprobs"],
        extra={"vad_filter": True},
    ),
    "create_translation": lambda ai: ai.translate(
        _named(FLAC, "clip.flac"), model="whisper-1", prompt="Bergen", format="verbose_json", temperature=0
    ),
}
ACCOUNT_HEADERS = ("accept", "authorization", "openai-organization", "openai-project")


@pytest.mark.parametrize("name", AS_VENDOR)
def test_a_form_has_the_parts_that_openais_client_sends(name: str) -> None:
    theirs, ours = VENDOR[name], record(AS_VENDOR[name])
    head = f"POST / HTTP/1.1\r\nContent-Type: {theirs['headers']['content-type']}\r\n\r\n"
    vendor = Received(head.encode(), theirs["body"].encode())
    assert (ours.method, ours.target) == (theirs["method"], theirs["target"])
    assert sorted(parts(ours)) == sorted(parts(vendor))
    assert parts(ours)[-1] == parts(vendor)[-1]
    assert [ours.headers[key] for key in ACCOUNT_HEADERS] == [theirs["headers"][key] for key in ACCOUNT_HEADERS]


def test_speech_is_asked_for_as_openais_client_does() -> None:
    theirs, ours = VENDOR["create_speech"], record(*OPERATIONS["create_speech"])
    assert (ours.method, ours.target) == (theirs["method"], theirs["target"])
    assert ours.body.decode() == theirs["text"]
    same = (*ACCOUNT_HEADERS, "content-type")
    assert [ours.headers[key] for key in same] == [theirs["headers"][key] for key in same]


def test_every_member_of_a_strategy_is_sent_under_its_name() -> None:
    strategy = {
        "type": "server_vad",
        "prefix_padding_ms": 300,
        "silence_duration_ms": 200,
        "threshold": 0.5,
        "own": "x",
    }
    sent = record(lambda ai: ai.transcribe(FLAC, model="m", chunking_strategy=strategy, extra={"a": ["x"], "b": "y"}))
    fields = {head[0].split('"')[1]: content.decode("latin-1") for head, content in parts(sent)}
    assert {name: fields[f"chunking_strategy[{name}]"] for name in strategy} == {k: str(v) for k, v in strategy.items()}
    assert (fields["a[]"], fields["b"]) == ("x", "y")
