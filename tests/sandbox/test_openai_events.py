"""The event streams of the OpenAI service (openai-python 3.52.0, unless a test names another source)."""

import base64
import gc
import shutil
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import httpx
import pytest

from tests.sandbox.openai_service import TEXT, clients, events, marked, refused, send, silence, sound
from tonearm import sandbox as package
from tonearm.sandbox import audio, library, marker, voices

TALK = marked(("B", "Good morning."), ("A", "Who is there?"))
CLIP = (library.PACKAGED / "history.flac").read_bytes()


@pytest.fixture(scope="module")
def client(running: package.Sandbox) -> Iterator[httpx.Client]:
    yield from clients(running.openai_url)


def speak(client: httpx.Client, key: str = "sandbox-key", **fields: Any) -> httpx.Response:
    body = {"model": "marker", "input": TEXT, "voice": "alloy", "stream_format": "sse", **fields}
    return client.post("/audio/speech", json=body, headers={"Authorization": f"Bearer {key}"})


# Transcription


def test_a_stream_gives_words_as_deltas_and_the_whole_at_the_end(client: httpx.Client) -> None:
    *deltas, done = events(send(client, TALK, model="marker-gpt-4o", stream="true"))
    assert {delta["type"] for delta in deltas} == {"transcript.text.delta"}
    assert "".join(delta["delta"] for delta in deltas) == "good morning who is there"
    assert (done["type"], done["text"]) == ("transcript.text.done", "good morning who is there")
    assert done["usage"]["type"] == "tokens"
    assert all(sorted(delta) == ["delta", "type"] for delta in deltas)


def test_real_speech_is_streamed_too(client: httpx.Client) -> None:
    *deltas, done = events(send(client, CLIP, model="gpt-4o-transcribe", stream="true", include_=["logprobs"]))
    assert "".join(delta["delta"] for delta in deltas) == done["text"] != ""
    assert [delta["logprobs"][0] for delta in deltas] == done["logprobs"]


def test_diarized_streams_say_which_segment_a_word_is_of_and_who_spoke(client: httpx.Client) -> None:
    fields = {"model": "marker-diarize", "response_format": "diarized_json"}
    streamed = events(send(client, TALK, stream="true", **fields))
    segments = [event for event in streamed if event["type"] == "transcript.text.segment"]
    assert segments == send(client, TALK, **fields).json()["segments"]
    assert [segment["speaker"] for segment in segments] == ["A", "B"]
    first = [event["delta"] for event in streamed if event.get("segment_id") == segments[0]["id"]]
    assert "".join(first) == segments[0]["text"] == "good morning"
    assert streamed[-1]["type"] == "transcript.text.done"


def test_whisper_ignores_stream(client: httpx.Client) -> None:
    for model in ("marker-whisper", "whisper-1"):
        answer = send(client, silence(1), model=model, stream="true")
        assert answer.headers["content-type"] == "application/json"
        assert answer.json()["text"] == ""


def test_a_stream_of_silence_is_its_end_alone_without_usage_where_seconds_are_charged(client: httpx.Client) -> None:
    streamed = events(send(client, silence(1), model="marker-gpt", stream="true"))
    assert streamed == [{"type": "transcript.text.done", "text": "", "languages": []}]


def test_what_is_wrong_with_a_file_is_a_status_not_an_event(client: httpx.Client) -> None:
    assert "decoded" in refused(send(client, b"no audio" * 100, stream="true"))["message"]
    assert refused(send(client, silence(0.05), stream="true"))["code"] == "audio_too_short"


def test_a_stream_can_be_ordered_to_fail_in_the_middle(client: httpx.Client) -> None:
    files, headers = {"file": ("a.flac", TALK)}, {"Authorization": "Bearer sandbox-key-breaking"}
    data = {"model": "marker", "stream": "true"}
    first, last = events(client.post("/audio/transcriptions", files=files, data=data, headers=headers))
    assert first["type"] == "transcript.text.delta"
    assert list(last) == ["error"]
    assert (last["error"]["type"], last["error"]["code"]) == ("server_error", None)


def test_whoever_leaves_a_stream_early_leaves_no_file_behind(client: httpx.Client) -> None:
    talk = marked(*(("A", TEXT) for _ in range(60)))
    assert len(talk) > 1024 * 1024  # so it lies on disk, and a file that nobody closes would be a warning
    data = {"model": "marker", "stream": "true"}
    with client.stream("POST", "/audio/transcriptions", files={"file": ("a.flac", talk)}, data=data) as answer:
        assert '"delta":"the"' in next(answer.iter_lines())
    gc.collect()
    assert client.get("/models").status_code == 200


# Speech


@pytest.mark.parametrize("name", ["mp3", "opus", "aac", "flac", "wav", "pcm"])
def test_events_carry_the_audio_in_base64(client: httpx.Client, name: str) -> None:
    *deltas, done = events(speak(client, response_format=name))
    data = b"".join(base64.b64decode(delta["audio"], validate=True) for delta in deltas)
    assert data == speak(client, response_format=name, stream_format="audio").content
    assert all(sorted(delta) == ["audio", "type"] and delta["type"] == "speech.audio.delta" for delta in deltas)
    assert done["type"] == "speech.audio.done"
    usage = done["usage"]
    assert usage["input_tokens"] + usage["output_tokens"] == usage["total_tokens"]
    assert min(usage.values()) > 0


@pytest.mark.parametrize(
    ("model", "kind"), [("tts-1", "audio/mpeg"), ("tts-1-hd", "audio/mpeg"), ("gpt-4o-mini-tts", "text/event-stream")]
)
def test_tts_1_answers_plain_audio_when_events_are_asked_for(client: httpx.Client, model: str, kind: str) -> None:
    """(sfortis/openai_tts, pull request 73)"""
    answer = speak(client, model=model, input="Yes.")
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.status_code == 200


def test_mistral_has_another_field_for_the_audio(client: httpx.Client) -> None:
    """(AreevAI/flowcat, issue 19)"""
    delta = events(speak(client, "sandbox-key-mistral"))[0]
    assert sorted(delta) == ["audio_data", "type"]


def test_vllm_has_another_field_and_an_event_for_errors(client: httpx.Client) -> None:
    """(vllm-omni, pull request 4490)"""
    delta = events(speak(client, "sandbox-key-vllm"))[0]
    assert (sorted(delta), delta["response_format"]) == (["delta", "response_format", "type"], "mp3")
    delta, error = events(speak(client, "sandbox-key-vllm-breaking"))
    assert (delta["type"], error["type"]) == ("speech.audio.delta", "speech.audio.error")
    assert error["error"]["message"]


def test_speech_can_be_ordered_to_fail_in_the_middle(client: httpx.Client) -> None:
    delta, error = events(speak(client, "sandbox-key-breaking"))
    assert (delta["type"], list(error)) == ("speech.audio.delta", ["error"])


def test_text_that_is_no_unicode_is_refused(client: httpx.Client) -> None:
    content = b'{"model": "tts-1", "voice": "alloy", "input": "\\ud800"}'
    answer = client.post("/audio/speech", content=content, headers={"Content-Type": "application/json"})
    assert "string_unicode" in refused(answer)["message"]


# The marker engine


@pytest.mark.parametrize("name", ["mp3", "opus", "wav"])
def test_what_the_marker_speaks_it_hears_word_by_word(client: httpx.Client, name: str) -> None:
    spoken = speak(client, stream_format="audio", response_format=name, voice="ash").content
    fields = {"model": "marker", "response_format": "verbose_json", "timestamp_granularities[]": "word"}
    answer = client.post(
        "/audio/transcriptions", files={"file": (f"a.{name.replace('opus', 'ogg')}", spoken)}, data=fields
    ).json()
    true = marker.speak(TEXT, speaker="B").words
    assert [word["word"] for word in answer["words"]] == [word.text for word in true]
    starts = [word.start for word in true]
    assert [word["start"] for word in answer["words"]] == pytest.approx(starts, abs=0.06)  # encoders begin with silence


@pytest.mark.skipif(shutil.which("flite") is None, reason="needs flite on PATH (Debian package flite)")
def test_real_voices_are_told_apart_by_their_pitch(client: httpx.Client) -> None:
    said = [("alloy", "My brother plays the piano."), ("onyx", "We walked to the river."), ("alloy", "It was cold.")]
    pause = bytes(voices.SPEECH_RATE * 2)
    samples = [block for voice, text in said for block in (*voices.speak(text, voice=voice), pause)]
    fields = {"model": "gpt-4o-transcribe-diarize", "response_format": "diarized_json"}
    answer = send(client, sound(samples), **fields).json()
    assert [segment["speaker"] for segment in answer["segments"]] == ["A", "B", "A"]


def test_a_streamed_wav_without_sizes_is_taken(client: httpx.Client) -> None:
    wav = speak(client, stream_format="audio", response_format="wav").content
    assert wav[4:8] == b"\xff" * 4
    duration = audio.probe(BytesIO(wav)).duration
    answer = client.post(
        "/audio/transcriptions",
        files={"file": ("a.wav", wav)},
        data={"model": "marker", "response_format": "verbose_json"},
    ).json()
    assert answer["duration"] == pytest.approx(duration, abs=0.01)
