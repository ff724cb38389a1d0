"""What each model of the OpenAI service takes (openai-python 3.52.0, unless a test names another source)."""

import base64
import random
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.sandbox.openai_service import TEXT, clients, marked, refused, send, silence, sound
from tonearm import sandbox as package
from tonearm.sandbox import audio, marker
from tonearm.sandbox.openai.pitch import PitchTrack

SAID = marked(("A", TEXT))
SECOND = bytes(2 * audio.SPEECH_RATE)
"""A second of silence, as it is decoded."""

WORDS = "the ferry leaves at seven nobody waits for the mail"
FORMATS = ("json", "text", "srt", "verbose_json", "vtt", "diarized_json")
MODELS = {
    "marker-whisper": FORMATS[:5],
    "marker-gpt-4o": FORMATS[:2],
    "marker-diarize": ("json", "text", "diarized_json"),
    "marker-gpt": FORMATS[:2],
    "marker": FORMATS,
}
"""Models with OpenAI's rules and an engine that is quick."""


@pytest.fixture(scope="module")
def client(running: package.Sandbox) -> Iterator[httpx.Client]:
    yield from clients(running.openai_url)


def reference(speaker: str = "A", seconds: float = 3.0) -> str:
    speech = marker.speak(TEXT, speaker=speaker)
    samples = b"".join(speech).ljust(int(seconds * speech.rate) * 2, b"\0")[: int(seconds * speech.rate) * 2]
    return "data:audio/wav;base64," + base64.b64encode(sound([samples], "wav")).decode()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_model_has_its_formats_and_refuses_others(client: httpx.Client, model: str, form: str) -> None:
    answer = send(client, SAID, model=model, response_format=form)
    if form in MODELS[model]:
        assert answer.status_code == 200
        kind = "application/json" if "json" in form else "text/plain; charset=utf-8"
        assert answer.headers["content-type"] == kind
    else:  # openai-dotnet, issue 401
        error = refused(answer)
        assert (error["param"], error["code"]) == ("response_format", "unsupported_value")
        assert error["message"].startswith(f"response_format '{form}' is not compatible with model '{model}'. Use ")


@pytest.mark.parametrize("model", ["gpt-4o-transcribe", "gpt-4o-mini-transcribe", "gpt-4o-transcribe-diarize"])
def test_openai_s_own_names_have_the_same_rules(client: httpx.Client, model: str) -> None:
    message = refused(send(client, silence(1), model=model, response_format="srt"))["message"]
    assert message.endswith(
        "Use 'json', 'text' or 'diarized_json' instead." if "dia" in model else "Use 'json' or 'text' instead."
    )


def test_a_name_that_nobody_knows_takes_everything_as_compatible_servers_do() -> None:
    fields = {"languages_": ["de"], "keywords_": ["Bergen"], "include_": ["logprobs"], "prompt": "Hm."}
    with package.start(any_model=True) as box, contextmanager(clients)(box.openai_url) as client:
        answer = send(client, silence(1), model="somebody/asr", **fields).json()
    assert (answer["text"], answer["logprobs"]) == ("", [])


@pytest.mark.parametrize("model", ["marker-gpt-4o", "marker-diarize"])
def test_1400_seconds_are_the_longest_for_the_gpt_4o_models(
    client: httpx.Client, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words are those of murtaza-nasir/speakr, issue 168; chunking does not lift the limit."""
    monkeypatch.setattr("tonearm.sandbox.audio.decode", lambda _: [*[SECOND] * 1400, SECOND[: len(SECOND) // 2]])
    error = refused(send(client, silence(1), model=model, chunking_strategy="auto"))
    limit = "1400 seconds which is the maximum for this model"
    assert error["message"] == f"audio duration 1400.500000 seconds is longer than {limit}"
    assert (error["type"], error["param"], error["code"]) == ("invalid_request_error", None, "invalid_value")


def test_1400_seconds_are_no_limit_for_others_and_just_taken(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marker, "recognise", lambda samples: iter([*samples][:0]))  # it hears nothing, and soon
    for seconds, model in ((1401, "marker-whisper"), (1400, "marker-gpt-4o")):
        monkeypatch.setattr("tonearm.sandbox.audio.decode", lambda _, seconds=seconds: [SECOND] * seconds)
        assert send(client, silence(1), model=model).status_code == 200


def test_diarization_above_30_seconds_needs_a_chunking_strategy(client: httpx.Client) -> None:
    """The words are those of riffado/riffado, issue 101."""
    error = refused(send(client, silence(30.5), model="marker-diarize"))
    assert error["message"] == "chunking_strategy is required for diarization models"
    assert (error["param"], error["code"]) == ("chunking_strategy", "invalid_value")
    assert send(client, silence(30), model="marker-diarize").status_code == 200
    assert send(client, silence(30.5), model="marker-diarize", chunking_strategy="auto").status_code == 200
    assert send(client, silence(30.5), model="marker-diarize", **detection(type="server_vad")).status_code == 200


def detection(**members: str) -> dict[str, Any]:
    return {f"chunking_strategy[{name}]": value for name, value in members.items()}


def test_voice_detection_is_an_object_in_brackets(client: httpx.Client) -> None:
    whole = detection(type="server_vad", prefix_padding_ms="300", silence_duration_ms="200", threshold="0.5")
    assert send(client, SAID, **whole).json()["text"] == WORDS


@pytest.mark.parametrize(
    "fields",
    [
        {"chunking_strategy": "none"},
        {"chunking_strategy": '{"type":"server_vad"}'},
        {"chunking_strategy": "auto", **detection(type="server_vad")},
        detection(threshold="0.5"),
        detection(type="client_vad"),
        detection(type="server_vad", threshold="1.5"),
        detection(type="server_vad", silence_duration_ms="-1"),
        detection(type="server_vad", pause="1"),
    ],
)
def test_any_other_chunking_strategy_is_refused(client: httpx.Client, fields: dict[str, str]) -> None:
    error = refused(send(client, SAID, **fields))
    assert "chunking_strategy" in (error["param"] or error["message"])


@pytest.mark.parametrize(
    ("model", "fields", "param"),
    [
        ("marker-diarize", {"prompt": "Bergen"}, "prompt"),
        ("marker-whisper", {"languages_": ["en"]}, "languages"),
        ("marker-gpt-4o", {"keywords_": ["Bergen"]}, "keywords"),
        ("marker-diarize", {"include_": ["logprobs"]}, "include"),
        ("marker-whisper", {"include_": ["logprobs"]}, "include"),
        ("marker-gpt", {"include_": ["logprobs"]}, "include"),
        ("marker-gpt-4o", {"include_": ["logprobs"], "response_format": "text"}, "include"),
        ("marker-gpt-4o", {"known_speaker_names_": ["Ida"]}, "known_speaker_names"),
        ("marker-diarize", {"timestamp_granularities_": ["word"]}, "timestamp_granularities"),
        ("marker-gpt", {"keywords_": ["a<b"]}, "keywords"),  # OpenWhispr/openwhispr, pull request 2076
        ("marker-gpt", {"keywords_": ["Bergen", "a>b"]}, "keywords"),
        ("marker-gpt", {"keywords_": ["a\nb"]}, "keywords"),
        ("marker-gpt", {"languages_": ["en", "nn"]}, "languages"),  # michaelwilhelmsen/humla, issue 127
    ],
)
def test_a_field_that_the_model_does_not_know_is_refused(
    client: httpx.Client, model: str, fields: dict[str, Any], param: str
) -> None:
    assert refused(send(client, SAID, model=model, **fields))["param"] == param


@pytest.mark.parametrize(("fields", "word"), [({"include_": ["usage"]}, "include[]"), ({"stream": "maybe"}, "stream")])
def test_a_word_that_is_none_of_the_choice_is_refused(client: httpx.Client, fields: dict[str, Any], word: str) -> None:
    assert f"('body', '{word}')" in refused(send(client, SAID, **fields))["message"]


def test_gpt_transcribe_takes_hints_and_says_what_it_heard(client: httpx.Client) -> None:
    fields = {"languages_": ["en", "no"], "keywords_": ["Bergen", "Askøy"], "language": "nobody checks it"}
    assert send(client, SAID, model="marker-gpt", **fields).json()["languages"] == [{"code": "en"}]
    assert send(client, silence(1), model="marker-gpt").json()["languages"] == []


def test_log_probabilities_come_word_by_word(client: httpx.Client) -> None:
    answer = send(client, SAID, model="marker-gpt-4o", include_=["logprobs"]).json()
    tokens = answer["logprobs"]
    assert "".join(token["token"] for token in tokens) == WORDS
    assert all(bytes(token["bytes"]).decode() == token["token"] and token["logprob"] <= 0 for token in tokens)


@pytest.mark.parametrize("model", MODELS)
def test_usage_is_tokens_for_gpt_4o_and_seconds_for_others(client: httpx.Client, model: str) -> None:
    usage = send(client, silence(2.5), model=model).json()["usage"]
    if model in ("marker-gpt-4o", "marker-diarize"):
        assert (usage["type"], usage["input_tokens"], usage["total_tokens"]) == ("tokens", 25, 25)
        assert usage["input_token_details"] == {"text_tokens": 0, "audio_tokens": 25}
    else:
        assert usage == {"type": "duration", "seconds": 3}


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("/audio/translations", "gpt-4o-transcribe"),
        ("/audio/translations", "gpt-transcribe"),
        ("/audio/transcriptions", "tts-1"),
    ],
)
def test_a_model_that_is_for_something_else_is_refused(client: httpx.Client, path: str, model: str) -> None:
    assert refused(send(client, SAID, path, model=model))["param"] == "model"


def test_a_model_of_transcription_does_not_speak(client: httpx.Client) -> None:
    answer = client.post("/audio/speech", json={"model": "whisper-1", "input": "Yes.", "voice": "alloy"})
    assert refused(answer)["param"] == "model"


# Speakers


def test_speakers_are_letters_in_the_order_in_which_they_begin(client: httpx.Client) -> None:
    recording = marked(("C", "Good morning."), ("A", "Who is there?"), ("C", "The mail."))
    answer = send(client, recording, model="marker-diarize", response_format="diarized_json").json()
    said = [(segment["speaker"], segment["text"]) for segment in answer["segments"]]
    assert said == [("A", "good morning"), ("B", "who is there"), ("A", "the mail")]
    assert sorted(answer) == ["duration", "segments", "task", "text", "usage"]
    assert all(sorted(part) == ["end", "id", "speaker", "start", "text", "type"] for part in answer["segments"])
    assert answer["text"] == "good morning who is there the mail"


def test_known_speakers_keep_their_names_and_strangers_get_letters(client: httpx.Client) -> None:
    recording = marked(("C", "Good morning."), ("A", "Who is there?"), ("B", "The mail."))
    known = {"known_speaker_names_": ["Ida", "Olav"], "known_speaker_references_": [reference("B"), reference("C")]}
    answer = send(client, recording, model="marker-diarize", response_format="diarized_json", **known).json()
    assert [segment["speaker"] for segment in answer["segments"]] == ["Olav", "A", "Ida"]


@pytest.mark.parametrize("pitch", [80, 110, 160, 220, 330])
def test_the_pitch_of_a_voice_is_its_period_not_a_multiple_of_it(pitch: int) -> None:
    wave = [round(8000 * (number * pitch / 16_000 % 1 - 0.5)) for number in range(16_000)]
    track = PitchTrack()
    samples = struct.pack(f"<{len(wave)}h", *wave)
    assert b"".join(track.listen([samples[:999], samples[999:]])) == samples
    assert track.median(0, 1) == pytest.approx(pitch, rel=0.03)


def test_noise_has_no_pitch_and_none_of_it_counts() -> None:
    track = PitchTrack()
    noise = struct.pack("<16000h", *random.Random(7).choices(range(-9999, 9999), k=16_000))
    hum = struct.pack("<16000h", *(round(8000 * (number * 200 / 16_000 % 1 - 0.5)) for number in range(16_000)))
    assert len(list(track.listen([noise, hum, noise]))) == 3
    assert track.median(0, 0.99) == 150
    assert track.median(0, 3) == pytest.approx(200, rel=0.03)


@pytest.mark.parametrize(
    ("names", "references"),
    [
        (["Ida"], []),
        (["1", "2", "3", "4", "5"], [reference()] * 5),
        (["Ida"], [reference(seconds=1.9)]),
        (["Ida"], [reference(seconds=10.1)]),
        (["Ida"], ["https://example.org/ida.wav"]),
        (["Ida"], ["data:audio/wav;base64,%%%"]),
        (["Ida"], ["data:audio/wav;base64,UklGRg=="]),
        (["Ida"], ["data:audio/flac;base64," + base64.b64encode(silence(3)).decode()]),
    ],
)
def test_known_speakers_come_with_2_to_10_seconds_each_and_are_four_at_most(
    client: httpx.Client, names: list[str], references: list[str]
) -> None:
    known = {"known_speaker_names_": names, "known_speaker_references_": references}
    error = refused(send(client, SAID, model="marker-diarize", response_format="diarized_json", **known))
    assert error["param"].startswith("known_speaker_")
    assert error["code"] == "invalid_value"


# Models


def test_models_are_listed_with_the_dates_on_which_they_end(client: httpx.Client) -> None:
    answer = client.get("/models").json()
    dates = {model["id"]: model["shutdown_date"] for model in answer["data"]}
    assert answer["object"] == "list"
    assert (dates["tts-1"], dates["whisper-1"], dates["gpt-transcribe"]) == ("2027-01-06", "2027-02-26", None)
    assert all(model["object"] == "model" and isinstance(model["created"], int) for model in answer["data"])
    assert client.get("/models/whisper-1").json() in answer["data"]


def test_a_model_that_is_not_listed_is_404(client: httpx.Client) -> None:
    error = refused(client.get("/models/somebody/asr"), 404)
    assert (error["param"], error["code"]) == ("model", "model_not_found")


def test_models_need_a_key(client: httpx.Client) -> None:
    assert refused(client.get("/models", headers={"Authorization": "Bearer nobody"}), 401)["code"] == "invalid_api_key"
