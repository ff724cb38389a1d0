"""OpenAI's own package, unchanged, against the sandbox: openai-python 3.52.0."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

openai = pytest.importorskip("openai", reason="needs the package openai: scripts/test --peers installs it")

ROOT = Path(__file__).parents[2]
CLIP = ROOT / "overlay/tonearm/sandbox/library/history.flac"
TEXT = "The ferry leaves at seven."
WORDS = "the ferry leaves at seven"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A sandbox in the environment of the project: this one has the peers."""
    python = os.environ.get("TONEARM_PYTHON") or str(ROOT / ".venv/bin/python")
    if shutil.which(python) is None:
        pytest.skip(f"needs the project's own environment at {python}, or TONEARM_PYTHON")
    command = [python, "-m", "tonearm", "sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as sandbox:
        assert sandbox.stdout is not None
        try:
            ready = next((line for line in sandbox.stdout if "ready on" in line), "")
            assert ready, "the sandbox does not start"
            yield ready.split()[-1]
        finally:
            sandbox.terminate()
            sandbox.communicate()


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[Any]:
    with openai.OpenAI(api_key="sandbox-key", base_url=f"{url}/openai/v1", max_retries=0) as client:
        yield client


@pytest.fixture(scope="module")
def spoken(client: Any) -> bytes:
    data: bytes = client.audio.speech.create(model="marker", voice="ash", input=TEXT, response_format="flac").content
    return data


HEADS = {
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3"),
    "opus": (b"OggS",),
    "aac": (b"\xff\xf1",),
    "flac": (b"fLaC",),
    "wav": (b"RIFF",),
}


@pytest.mark.parametrize("name", ["mp3", "opus", "aac", "flac", "wav", "pcm"])
def test_speech(client: Any, name: str, tmp_path: Path) -> None:
    whole = client.audio.speech.create(model="tts-1", voice="alloy", input=TEXT, response_format=name).content
    fields = {"model": "gpt-4o-mini-tts", "voice": "alloy", "input": TEXT, "response_format": name, "speed": 1.5}
    with client.audio.speech.with_streaming_response.create(**fields, instructions="Calm.") as answer:
        answer.stream_to_file(tmp_path / "speech")
    faster = (tmp_path / "speech").read_bytes()
    assert len(whole) > len(faster) > 1000
    assert name == "pcm" or (whole.startswith(HEADS[name]) and faster.startswith(HEADS[name]))


@pytest.mark.parametrize("form", ["json", "text", "srt", "verbose_json", "vtt", "diarized_json"])
def test_transcription(client: Any, spoken: bytes, form: str) -> None:
    fields: dict[str, Any] = {"model": "marker", "file": ("a.flac", spoken), "response_format": form}
    if form == "verbose_json":
        fields["timestamp_granularities"] = ["word", "segment"]
    answer = client.audio.transcriptions.create(**fields)
    match form:
        case "json":
            assert (answer.text, answer.usage.type) == (WORDS, "duration")
        case "text":
            assert answer == f"{WORDS}\n"
        case "srt" | "vtt":
            assert WORDS in answer
            assert answer.startswith("WEBVTT\n\n" if form == "vtt" else "1\n00:00:00,100 --> ")
        case "verbose_json":
            assert [word.word for word in answer.words] == WORDS.split()
            assert [segment.text for segment in answer.segments] == [f" {WORDS}"]
            assert answer.duration == pytest.approx(answer.words[-1].end + 0.1, abs=0.01)
        case _:
            (segment,) = answer.segments
            assert (segment.speaker, segment.text, answer.duration > segment.end) == ("A", WORDS, True)


def test_real_speech_is_transcribed_from_an_open_file(client: Any) -> None:
    with CLIP.open("rb") as file:
        text = client.audio.transcriptions.create(model="whisper-1", file=file, language="en").text
    said = CLIP.with_suffix(".txt").read_text().lower().replace(".", "").split()
    assert sum(word in text.split() for word in said) / len(said) >= 0.8


def test_a_transcription_as_a_stream(client: Any, spoken: bytes) -> None:
    fields: dict[str, Any] = {"file": ("a.flac", spoken), "stream": True}
    with client.audio.transcriptions.create(model="marker-gpt-4o", include=["logprobs"], **fields) as stream:
        *deltas, done = list(stream)
    assert "".join(delta.delta for delta in deltas) == done.text == WORDS
    assert [delta.logprobs[0].token for delta in deltas] == [logprob.token for logprob in done.logprobs]
    assert done.usage.type == "tokens"


def test_speakers_as_a_stream(client: Any, spoken: bytes) -> None:
    strategy = {"type": "server_vad", "prefix_padding_ms": 300, "silence_duration_ms": 200, "threshold": 0.5}
    stream = client.audio.transcriptions.create(
        model="marker-diarize",
        file=("a.flac", spoken),
        response_format="diarized_json",
        chunking_strategy=strategy,
        stream=True,
    )
    segments = [event for event in stream if event.type == "transcript.text.segment"]
    assert [(segment.speaker, segment.text) for segment in segments] == [("A", WORDS)]


def test_a_stream_that_fails_in_the_middle(client: Any, spoken: bytes) -> None:
    breaking = client.with_options(api_key="sandbox-key-breaking")
    stream = breaking.audio.transcriptions.create(model="marker", file=("a.flac", spoken), stream=True)
    assert next(stream).type == "transcript.text.delta"
    with pytest.raises(openai.APIError, match="server had an error"):
        next(stream)


def test_hints(client: Any, spoken: bytes) -> None:
    hints = {"languages": ["en", "no"], "keywords": ["Bergen"]}
    answer = client.audio.transcriptions.create(model="marker-gpt", file=("a.flac", spoken), **hints)
    assert [language.code for language in answer.languages] == ["en"]


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")  # the operation has an end, and the package says so
def test_translation(client: Any, spoken: bytes) -> None:
    translate = client.audio.translations.create
    assert translate(model="marker", file=("a.flac", spoken)).text == WORDS
    verbose = translate(model="marker", file=("a.flac", spoken), response_format="verbose_json")
    assert (verbose.language, [segment.text for segment in verbose.segments]) == ("english", [f" {WORDS}"])


def test_models(client: Any) -> None:
    dates = {model.id: model.shutdown_date for model in client.models.list()}
    assert (dates["whisper-1"], dates["gpt-transcribe"]) == ("2027-02-26", None)
    assert client.models.retrieve("tts-1").shutdown_date == "2027-01-06"


def test_bytes_without_a_name_are_400(client: Any, spoken: bytes) -> None:
    with pytest.raises(openai.BadRequestError, match="Unrecognized file format") as caught:
        client.audio.transcriptions.create(model="marker", file=BytesIO(spoken))
    assert caught.value.type == "invalid_request_error"


def test_a_format_that_the_model_does_not_have_is_400(client: Any, spoken: bytes) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client.audio.transcriptions.create(
            model="gpt-4o-transcribe", file=("a.flac", spoken), response_format="verbose_json"
        )
    assert (caught.value.param, caught.value.code) == ("response_format", "unsupported_value")


def test_a_wrong_key_is_401(client: Any) -> None:
    with pytest.raises(openai.AuthenticationError) as caught:
        client.with_options(api_key="nobody").models.list()
    assert caught.value.code == "invalid_api_key"


def test_a_model_that_is_missing_is_404(client: Any) -> None:
    with pytest.raises(openai.NotFoundError):
        client.audio.speech.create(model="missing-model", voice="alloy", input=TEXT)


def test_a_body_over_25_mib_is_413(client: Any) -> None:
    with pytest.raises(openai.APIStatusError, match="Maximum content size limit") as caught:
        client.audio.transcriptions.create(model="marker", file=("a.wav", BytesIO(bytes(26_214_400))))
    assert (caught.value.status_code, caught.value.type) == (413, "server_error")


def test_a_rate_limit_is_429_and_over_once_its_time_is_up(client: Any) -> None:
    limited = client.with_options(api_key="sandbox-key-limited")
    with pytest.raises(openai.RateLimitError) as caught:
        list(iter(limited.models.list, None))  # until it raises
    assert caught.value.code == "rate_limit_exceeded"
    assert caught.value.response.headers["retry-after"] == "1"
    answer = limited.with_options(max_retries=3).models.with_raw_response.list()
    assert answer.status_code == 200


def test_a_used_up_quota_is_429_without_a_time(client: Any) -> None:
    with pytest.raises(openai.RateLimitError) as caught:
        client.with_options(api_key="sandbox-key-no-quota").models.list()
    assert caught.value.code == "insufficient_quota"
    assert "retry-after" not in caught.value.response.headers


def test_azure_s_paths(url: str, spoken: bytes) -> None:
    options = {"azure_endpoint": url, "api_key": "sandbox-key", "api_version": "2025-03-01-preview"}
    with openai.AzureOpenAI(azure_deployment="marker", **options) as client:
        assert client.audio.transcriptions.create(model="any", file=("a.flac", spoken)).text == WORDS
        assert client.audio.speech.create(model="marker", voice="alloy", input=TEXT).content.startswith(HEADS["mp3"])
        with pytest.raises(openai.AuthenticationError):
            client.with_options(api_key="nobody").audio.speech.create(model="marker", voice="alloy", input=TEXT)


def test_the_asynchronous_client_streams_too(url: str, spoken: bytes) -> None:
    import asyncio

    async def stream() -> str:
        async with openai.AsyncOpenAI(api_key="sandbox-key", base_url=f"{url}/openai/v1") as client:
            stream = await client.audio.transcriptions.create(model="marker", file=("a.flac", spoken), stream=True)
            return "".join([event.delta async for event in stream if event.type == "transcript.text.delta"])

    assert asyncio.run(stream()) == WORDS
