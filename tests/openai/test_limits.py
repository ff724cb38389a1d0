"""What OpenAI would refuse is refused before it is sent, there and on Azure; elsewhere the server decides."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from tests.openai.both import FLAC, Operation, Way, blocking, both, live
from tests.wire.recorder import Recorder, answer
from tonearm import InvalidInput, OpenAI
from tonearm.openai import presets

OPENAI = "https://api.openai.com/v1"
KNOWN = [
    OPENAI,
    "https://us.openai.azure.com/openai/v1",
    "https://us.cognitiveservices.azure.com/openai/v1",
    "https://us.services.ai.azure.com/openai/v1",
]
MP3 = b"\xff\xfb\x90\x00 sound"
SRT = b"1\n00:00:00,100 --> 00:00:01,000\nHello.\n\n"


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in one block."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self.content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.content


class Away:
    """Answers in the place of servers that are far away, over no network."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.path.endswith("/speech"):
            return httpx.Response(200, stream=_Body(MP3), headers={"Content-Type": "audio/mpeg"})
        srt = b'name="response_format"\r\n\r\nsrt' in request.content
        return httpx.Response(200, stream=_Body(SRT if srt else b'{"text": "x"}'))

    def __iter__(self) -> Iterator[httpx.Request]:
        return iter(self.requests)

    def http(self, way: Way) -> Any:
        kind: Any = httpx.Client if way is blocking else httpx.AsyncClient
        return kind(transport=httpx.MockTransport(self))


def hear(**given: Any) -> Operation:
    return lambda ai: ai.transcribe(FLAC, **({"model": "whisper-1"} | given))


def english(**given: Any) -> Operation:
    return lambda ai: ai.translate(FLAC, **({"model": "whisper-1"} | given))


def say(said: str = "Hello.", **given: Any) -> Operation:
    return lambda ai: live(ai, said, **({"model": "tts-1", "voice": "coral"} | given))


def save(to: str, said: str) -> Operation:
    return lambda ai: ai.speak(said, to, model="tts-1", voice="coral")


FIVE = dict.fromkeys("abcde", "data:audio/wav;base64,UklGRg==")
REFUSED: dict[str, tuple[Operation, str]] = {
    "times of a model without": (hear(model="gpt-4o-transcribe", format="verbose_json"), "knows json, text"),
    "subtitles of a model without": (hear(model="gpt-transcribe", format="srt"), "does not answer 'srt'"),
    "speakers of a model without": (hear(format="diarized_json"), "does not answer 'diarized_json'"),
    "a translation by another model": (english(model="gpt-transcribe"), "OpenAI has whisper-1 for it"),
    "a hot temperature": (hear(temperature=1.5), "temperature must be between 0 and 1"),
    "a keyword like a tag": (
        hear(model="gpt-transcribe", keywords=["ok", "<b>"]),
        "without angle brackets",
    ),
    "a keyword of two lines": (
        hear(model="gpt-transcribe", keywords=["a\nb"]),
        "line breaks in each",
    ),
    "five speakers": (hear(model="gpt-4o-transcribe-diarize", known_speakers=FIVE), "at most 4, got 5"),
    "log probabilities of a model without": (
        hear(model="gpt-transcribe", include=["logprobs"]),
        "include is not for model 'gpt-transcribe' and format 'json'",
    ),
    "log probabilities of plain text": (
        hear(model="gpt-4o-transcribe", include=["logprobs"], format="text"),
        "model 'gpt-4o-transcribe' and format 'text'",
    ),
    "a prompt for the model of speakers": (hear(model="gpt-4o-transcribe-diarize", prompt="Ann."), "takes no prompt"),
    "the text before for the model of speakers": (
        hear(model="gpt-4o-transcribe-diarize", carry_prompt=True),
        "takes no prompt",
    ),
    "a misspelt strategy": (
        hear(model="gpt-4o-transcribe", chunking_strategy="server_vad"),
        "must be 'auto', or a mapping",
    ),
    "a strategy without type": (
        hear(model="gpt-4o-transcribe", chunking_strategy={"threshold": 0.5}),
        "whose type is 'server_vad'",
    ),
    "a fast voice": (say(speed=4.1), "speed must be between 0.25 and 4"),
    "a slow voice": (say(speed=0.2), "speed must be between 0.25 and 4"),
    "long instructions": (say(instructions="x" * 4097), "instructions must be at most"),
    "a voice that the model lacks": (say(voice="marin"), "in the voices of tts-1, got 'marin'"),
    "a misspelt voice": (say(voice="choral"), "did you mean 'coral'?"),
    "a long text": (say("x" * 4097), "must fit one request: at most 4096 characters, not 4097"),
}


@both
@pytest.mark.parametrize("name", REFUSED)
def test_what_openai_would_refuse_is_not_sent_there(name: str, way: Way) -> None:
    operation, words = REFUSED[name]
    away = Away()
    with pytest.raises(InvalidInput) as caught:
        way(operation, OPENAI, http=away.http(way))
    assert words in str(caught.value)
    assert list(away) == []


@pytest.mark.parametrize("url", KNOWN)
def test_the_same_is_known_of_azure(url: str) -> None:
    for operation, _ in REFUSED.values():
        away = Away()
        with pytest.raises(InvalidInput):
            blocking(operation, url, http=away.http(blocking))
        assert list(away) == []


@both
@pytest.mark.parametrize("name", REFUSED)
def test_other_servers_reuse_the_names_and_decide_by_themselves(name: str, way: Way) -> None:
    away = Away()
    way(REFUSED[name][0], "http://nas:8000/v1", http=away.http(way))
    assert len(away.requests) == 1


@both
@pytest.mark.parametrize(
    "operation",
    [
        hear(model="gpt-6-transcribe", format="srt", keywords=["<"], temperature=1),
        hear(model="gpt-4o-transcribe", chunking_strategy={"type": "server_vad", "threshold": 0.5}),
        say(model="gpt-6-tts", voice="new"),
        say(model="gpt-4o-mini-tts", voice="marin", speed=4, instructions="x" * 4096),
        say("x" * 4096, voice={"id": "voice_1"}),
    ],
)
def test_what_is_not_known_to_be_refused_is_sent(operation: Operation, way: Way) -> None:
    away = Away()
    way(operation, OPENAI, http=away.http(way))
    assert len(away.requests) == 1


@pytest.mark.parametrize(
    ("url", "limit"), [*((url, presets.BODY_LIMIT) for url in KNOWN), ("http://nas:8000/v1", None)]
)
def test_the_limit_of_a_body_is_known_there(url: str, limit: int | None) -> None:
    with OpenAI(base_url=url, api_key="KEY") as ai:
        assert ai._server.body_limit == limit


@both
@pytest.mark.parametrize(
    ("model", "format", "strategy"),
    [
        ("whisper-1", "verbose_json", b""),
        ("somebody/whisper", "verbose_json", b""),
        ("gpt-transcribe", "json", b""),
        ("gpt-4o-mini-transcribe", "json", b""),
        ("gpt-4o-transcribe-diarize", "diarized_json", b"auto"),
    ],
)
def test_the_model_picks_the_defaults(model: str, format: str, strategy: bytes, way: Way) -> None:
    with Recorder([answer(json={"text": "x"})]) as server:
        way(hear(model=model), server.url)
    body = server.requests[0].body
    assert f'name="response_format"\r\n\r\n{format}\r\n'.encode() in body
    assert (b'name="chunking_strategy"\r\n\r\nauto\r\n' in body) == (strategy == b"auto")


def test_a_strategy_that_is_given_is_not_replaced() -> None:
    with Recorder([answer(json={"text": "x"})]) as server:
        vad = {"type": "server_vad", "silence_duration_ms": 300}
        blocking(hear(model="gpt-4o-transcribe-diarize", chunking_strategy=vad), server.url)
    body = server.requests[0].body
    assert b'name="chunking_strategy[type]"\r\n\r\nserver_vad\r\n' in body
    assert b'name="chunking_strategy[silence_duration_ms]"\r\n\r\n300\r\n' in body
    assert b'name="chunking_strategy"' not in body
