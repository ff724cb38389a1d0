"""The OpenAI service over real sockets."""

import json
import re
import shutil
import struct
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from tonearm import sandbox
from tonearm.sandbox import audio, library, voices

SPEECH, TRANSCRIPTION, TRANSLATION = "/audio/speech", "/audio/transcriptions", "/audio/translations"
CLIP = (library.PACKAGED / "history.flac").read_bytes()
SAID = (library.PACKAGED / "history.txt").read_text().lower().replace(".", "").split()
TEXT = "My brother plays the piano every evening after work."

needs_flite = pytest.mark.skipif(shutil.which("flite") is None, reason="needs flite on PATH (Debian package flite)")


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    headers = {"Authorization": "Bearer sandbox-key"}
    with sandbox.start() as box, httpx.Client(base_url=box.openai_url, headers=headers, timeout=60) as client:
        yield client


def speak(client: httpx.Client, **fields: Any) -> httpx.Response:
    return client.post(SPEECH, json={"model": "tts-1", "input": TEXT, "voice": "alloy", **fields})


def transcribe(client: httpx.Client, path: str = TRANSCRIPTION, *, name: str = "talk.flac", **fields: Any) -> Any:
    data = {"model": "whisper-1", **{key.replace("granularities", "granularities[]"): fields[key] for key in fields}}
    return client.post(path, files={"file": (name, CLIP)}, data=data)


def refused(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    error: dict[str, Any] = answer.json()["error"]
    assert list(answer.json()) == ["error"]
    assert sorted(error) == ["code", "message", "param", "type"]
    return error


def right(text: str) -> float:
    heard = text.split()
    return sum(word in heard for word in SAID) / len(SAID)


# Speech


def test_speech_is_mp3_when_no_format_is_asked_for(client: httpx.Client) -> None:
    answer = speak(client)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in answer.headers
    assert audio.probe(BytesIO(answer.content)).codec == "mp3float"


@pytest.mark.parametrize("name", ["mp3", "opus", "aac", "flac", "wav"])
def test_every_format_can_be_decoded_and_is_as_long_as_the_raw_samples(client: httpx.Client, name: str) -> None:
    answer = speak(client, response_format=name)
    raw = speak(client, response_format="pcm")
    assert answer.headers["content-type"] == ("audio/mpeg" if name == "mp3" else f"audio/{name}")
    assert raw.headers["content-type"] == "audio/pcm"
    decoded = sum(map(len, audio.decode(BytesIO(answer.content), rate=24_000)))
    assert decoded == pytest.approx(len(raw.content), rel=0.1)


def test_a_wav_has_no_sizes_in_its_header(client: httpx.Client) -> None:
    head = speak(client, response_format="wav").content[:44]
    assert (head[:4], struct.unpack("<I", head[4:8])[0]) == (b"RIFF", 0xFFFFFFFF)
    assert (head[36:40], struct.unpack("<I", head[40:44])[0]) == (b"data", 0xFFFFFFFF)
    assert struct.unpack("<HI", head[22:28]) == (1, 24_000)


def test_speed_shortens_the_speech(client: httpx.Client) -> None:
    usual = len(speak(client, response_format="pcm").content)
    assert len(speak(client, response_format="pcm", speed=2).content) / usual == pytest.approx(0.5, abs=0.1)


def test_a_custom_voice_and_the_newer_fields_are_taken(client: httpx.Client) -> None:
    answer = speak(client, voice={"id": "voice_123"}, instructions="Calm.", stream_format="sse", input="Yes.")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/mpeg"


@needs_flite
@pytest.mark.parametrize("name", ["mp3", "flac", "wav"])
def test_what_was_said_is_what_is_transcribed(client: httpx.Client, name: str) -> None:
    spoken = speak(client, response_format=name).content
    answer = client.post(TRANSCRIPTION, files={"file": (f"a.{name}", spoken)}, data={"model": "whisper-1"})
    heard = answer.json()["text"].split()
    said = TEXT.lower().replace(".", "").split()
    assert sum(word in heard for word in said) / len(said) >= 0.8


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"input": ""}, "string_too_short"),
        ({"input": "x" * 4097}, "string_too_long"),
        ({"input": 5}, "string_type"),
        ({"input": None}, "missing"),
        ({"model": None}, "missing"),
        ({"voice": None}, "missing"),
        ({"voice": "nobody"}, "enum"),
        ({"voice": {"name": "alloy"}}, "enum"),
        ({"response_format": "wma"}, "enum"),
        ({"stream_format": "json"}, "enum"),
        ({"instructions": "x" * 4097}, "string_too_long"),
        ({"speed": 0.2}, "greater_than_equal"),
        ({"speed": 4.1}, "less_than_equal"),
        ({"speed": "2"}, "float_type"),
        ({"speed": True}, "float_type"),
        ({"volume": 11}, "extra_forbidden"),
    ],
)
def test_a_wrong_field_is_400_with_the_validators_words(
    client: httpx.Client, fields: dict[str, Any], kind: str
) -> None:
    error = refused(speak(client, **fields), 400)
    assert error["type"] == "invalid_request_error"
    assert f"'type': '{kind}', 'loc': ('body', '{next(iter(fields))}')" in error["message"]


def test_the_longest_input_counts_characters_not_bytes(client: httpx.Client) -> None:
    assert speak(client, input=f"\u00e9{' ' * 4095}", speed=4, response_format="opus").status_code == 200


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b'"text"'])
def test_a_body_that_is_no_json_object_is_400(client: httpx.Client, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    refused(client.post(SPEECH, content=content, headers=headers), 400)


# Transcription


def test_json_is_the_usual_answer(client: httpx.Client) -> None:
    answer = transcribe(client)
    assert answer.headers["content-type"] == "application/json"
    assert sorted(answer.json()) == ["text", "usage"]
    assert right(answer.json()["text"]) >= 0.8
    assert answer.json()["usage"] == {"type": "duration", "seconds": 5}


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("text", r"today .*\n"),
        ("srt", r"1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\ntoday .*\n\n"),
        ("vtt", r"WEBVTT\n\n00:00:0\d\.\d{3} --> 00:00:0\d\.\d{3}\ntoday .*\n\n"),
    ],
)
def test_texts_are_plain(client: httpx.Client, name: str, pattern: str) -> None:
    answer = transcribe(client, response_format=name)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert re.fullmatch(pattern, answer.text)


def test_verbose_json_has_segments_unless_words_are_asked_for(client: httpx.Client) -> None:
    answer = transcribe(client, response_format="verbose_json", temperature="0.5", prompt="Music.").json()
    assert "words" not in answer
    assert (answer["task"], answer["language"], answer["duration"]) == ("transcribe", "english", 4.03)
    (segment,) = answer["segments"]
    assert segment["text"] == f" {answer['text']}"
    assert segment["temperature"] == 0.5
    assert 0 <= segment["start"] < segment["end"] <= answer["duration"]


@pytest.mark.parametrize("asked", [["word"], ["segment"], ["word", "segment"]])
def test_granularities_say_what_verbose_json_has(client: httpx.Client, asked: list[str]) -> None:
    answer = transcribe(client, response_format="verbose_json", timestamp_granularities=asked).json()
    assert [name for name in ("word", "segment") if f"{name}s" in answer] == asked
    if "word" in asked:
        times = [time for word in answer["words"] for time in (word["start"], word["end"])]
        assert times == sorted(times)
        assert 0 <= times[0] < times[-1] <= answer["duration"]
        assert [word["word"] for word in answer["words"]] == answer["text"].split()


def test_silence_has_an_empty_text(client: httpx.Client) -> None:
    silence = b"".join(audio.encode([bytes(64_000)], audio.ENCODINGS["wav"], rate=16_000))
    answer = client.post(TRANSCRIPTION, files={"file": ("a.wav", silence)}, data={"model": "whisper-1"})
    assert answer.json()["text"] == ""


def test_a_translation_is_english_and_has_segments_only(client: httpx.Client) -> None:
    answer = transcribe(client, TRANSLATION, response_format="verbose_json").json()
    assert (answer["task"], answer["language"]) == ("translate", "english")
    assert right(answer["text"]) >= 0.8
    assert sorted(answer) == ["duration", "language", "segments", "task", "text"]
    assert list(transcribe(client, TRANSLATION).json()) == ["text"]


def test_the_language_is_answered_by_its_english_name(client: httpx.Client) -> None:
    assert transcribe(client, response_format="verbose_json", language="de").json()["language"] == "german"


@pytest.mark.parametrize("name", ["talk", "talk.txt", "upload", "talk.aac"])
def test_the_file_name_decides_over_the_format(client: httpx.Client, name: str) -> None:
    error = refused(transcribe(client, name=name), 400)
    assert error["message"].startswith("Unrecognized file format. Supported formats: [")


def test_bytes_that_are_no_audio_are_400(client: httpx.Client) -> None:
    files = {"file": ("a.mp3", b"no audio" * 100)}
    error = refused(client.post(TRANSCRIPTION, files=files, data={"model": "whisper-1"}), 400)
    assert "could not be decoded" in error["message"]


def test_audio_under_a_tenth_of_a_second_is_400(client: httpx.Client) -> None:
    short = b"".join(audio.encode([bytes(1600)], audio.ENCODINGS["wav"], rate=16_000))
    error = refused(client.post(TRANSCRIPTION, files={"file": ("a.wav", short)}, data={"model": "whisper-1"}), 400)
    assert error["code"] == "audio_too_short"


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"response_format": "docx"}, "response_format"),
        ({"temperature": "1.1"}, "temperature"),
        ({"temperature": "nan"}, "temperature"),
        ({"temperature": "warm"}, "temperature"),
        ({"language": "english"}, "language"),
        ({"timestamp_granularities": ["word"]}, "timestamp_granularities"),
        ({"timestamp_granularities": ["line"], "response_format": "verbose_json"}, "timestamp_granularities[]"),
        ({"timestamp_granularities": ["word,segment"], "response_format": "verbose_json"}, "timestamp_granularities[]"),
        ({"model": ""}, "model"),
    ],
)
def test_a_wrong_form_field_is_400_and_named(client: httpx.Client, fields: dict[str, Any], word: str) -> None:
    error = refused(transcribe(client, **fields), 400)
    assert word in (error["param"] or "") or f"('body', '{word}')" in error["message"]


def test_a_missing_file_and_a_missing_model_are_400(client: httpx.Client) -> None:
    no_file = client.post(TRANSCRIPTION, files={"model": (None, "whisper-1")})
    assert "('body', 'file')" in refused(no_file, 400)["message"]
    no_model = client.post(TRANSCRIPTION, files={"file": ("a.flac", CLIP)})
    assert "('body', 'model')" in refused(no_model, 400)["message"]
    text = client.post(TRANSCRIPTION, files={"file": (None, "text"), "model": (None, "whisper-1")})
    assert "Expected a file" in refused(text, 400)["message"]


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "multipart/form-data; boundary=x"])
def test_a_body_that_is_no_form_is_400(client: httpx.Client, kind: str) -> None:
    refused(client.post(TRANSCRIPTION, content=b"{}", headers={"Content-Type": kind}), 400)


# What all operations share


def test_a_body_over_the_limit_is_read_to_its_end_and_413(client: httpx.Client) -> None:
    files = {"file": ("a.wav", bytes(26_214_400))}
    answer = client.post(TRANSCRIPTION, files=files, data={"model": "whisper-1"})
    error = refused(answer, 413)
    size = answer.request.headers["content-length"]
    assert error["message"] == f"Maximum content size limit (26214400) exceeded ({size} bytes read)"
    assert error["type"] == "server_error"


def test_a_refusal_waits_for_the_end_of_the_body_and_keeps_the_connection() -> None:
    with sandbox.start() as box, httpx.Client(base_url=box.openai_url) as client:
        assert client.post(TRANSCRIPTION, content=bytes(30_000_000)).status_code == 401
        assert box.requests[-1].received == 30_000_000


@pytest.mark.parametrize("path", [SPEECH, TRANSCRIPTION, TRANSLATION])
@pytest.mark.parametrize(
    ("header", "code"), [("Bearer wrong", "invalid_api_key"), ("Basic sandbox-key", None), ("", None)]
)
def test_without_the_key_it_is_401_and_no_key_is_repeated(
    client: httpx.Client, path: str, header: str, code: str | None
) -> None:
    answer = client.post(path, content=bytes(1_000_000), headers={"Authorization": header})
    error = refused(answer, 401)
    assert error["code"] == code
    assert "wrong" not in json.dumps(error)


@pytest.mark.parametrize("name", ["missing-model", "somebody/else-1", "TTS-1", "whisper"])
def test_a_model_that_is_not_listed_is_404(name: str, client: httpx.Client) -> None:
    assert name not in [model["id"] for model in client.get("/models").json()["data"]]
    for path in (TRANSCRIPTION, TRANSLATION):
        assert refused(transcribe(client, path, model=name), 404)["code"] == "model_not_found"
    error = refused(speak(client, model=name, input="Yes."), 404)
    assert error["code"] == "model_not_found"
    assert name in error["message"]


def test_any_name_is_a_model_where_that_was_asked_for() -> None:
    headers = {"Authorization": "Bearer sandbox-key"}
    with sandbox.start(any_model=True) as box, httpx.Client(base_url=box.openai_url, headers=headers) as client:
        assert speak(client, model="somebody/else-1", input="Yes.").status_code == 200
        assert refused(speak(client, model="missing-model"), 404)["code"] == "model_not_found"


def test_every_answer_names_its_request(client: httpx.Client) -> None:
    answers = [speak(client, input="Yes."), speak(client, input=""), client.post(SPEECH, headers={"Authorization": ""})]
    names = {answer.headers["x-request-id"] for answer in answers}
    assert len(names) == 3
    assert all(re.fullmatch(r"req_[0-9a-f]{32}", name) for name in names)
    assert all(answer.headers["openai-processing-ms"].isdecimal() for answer in answers)


def test_an_unknown_path_is_404_in_the_envelope(client: httpx.Client) -> None:
    assert "POST /v1/audio/nothing" in refused(client.post("/audio/nothing"), 404)["message"]


def test_a_listener_who_leaves_keeps_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    speech = voices.speak("some words to be spoken", engine="espeak")
    assert next(speech)
    assert list(tmp_path.iterdir()) == []
