"""What is refused before anything is sent."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.inside.openai import access
from tests.openai.both import FLAC, Operation, Way, both, live
from tests.wire.recorder import Recorder, answer
from tonearm import ConfigurationError, InvalidInput, MissingFile, OpenAI, TonearmError

HALF = "half \ud83d of a pair"


def text(**given: Any) -> Operation:
    return lambda ai: ai.transcribe(FLAC, **({"model": "m"} | given))


def english(**given: Any) -> Operation:
    return lambda ai: ai.translate(FLAC, **({"model": "m"} | given))


def live_speech(said: Any = "Hello.", **given: Any) -> Operation:
    return lambda ai: live(ai, said, **({"model": "m", "voice": "v"} | given))


def saved(to: Any, said: Any = "Hello.", **given: Any) -> Operation:
    return lambda ai: ai.speak(said, to, **({"model": "m", "voice": "v"} | given))


REFUSED: dict[str, tuple[Operation, type[TonearmError], str]] = {
    "no model": (text(model=None), ConfigurationError, "transcription_model to the client"),
    "no model to translate with": (english(model=None), ConfigurationError, "transcription_model to the client"),
    "no model to speak with": (live_speech(model=None), ConfigurationError, "speech_model to the client"),
    "an empty model": (text(model=""), InvalidInput, "model must be 1 to"),
    "a model that is no text": (text(model=5), InvalidInput, "model must be text"),
    "an unknown format": (text(format="verbose"), InvalidInput, "did you mean 'verbose_json'"),
    "a format of speech": (text(format="mp3"), InvalidInput, "got 'mp3'"),
    "speakers in a translation": (english(format="diarized_json"), InvalidInput, "diarized_json"),
    "words in a text format": (text(words=True, format="srt"), InvalidInput, "words need"),
    "words in plain JSON": (text(words=True, format="json"), InvalidInput, "words need"),
    "a state that is a folder": (text(state="/"), InvalidInput, "no regular file: state goes only into"),
    "a state that is a device": (english(state="/dev/null"), InvalidInput, "no regular file: state goes only into"),
    "a state below a file": (text(state=f"{__file__}/state"), InvalidInput, "cannot be written"),
    "an empty language": (text(language=""), InvalidInput, "language must be 1 to"),
    "a prompt that is no text": (text(prompt=5), InvalidInput, "prompt must be text"),
    "a prompt that cannot be encoded": (text(prompt=HALF), InvalidInput, "UTF-8 can encode"),
    "a temperature below 0": (text(temperature=-0.1), InvalidInput, "temperature must be at least 0"),
    "a temperature that is no number": (english(temperature=float("nan")), InvalidInput, "temperature"),
    "an extra field that has an argument": (text(extra={"language": "en"}), InvalidInput, "'language' is one that"),
    "an extra list that has an argument": (
        text(extra={"timestamp_granularities[]": ["word"]}),
        InvalidInput,
        "'timestamp_granularities[]' is one that",
    ),
    "extra fields that are no mapping": (text(extra=["a"]), InvalidInput, "extra must be a mapping"),
    "an extra field whose name is no text": (text(extra={1: "x"}), InvalidInput, "extra must be a mapping"),
    "an extra key that cannot be encoded": (text(extra={"a": {HALF: "x"}}), InvalidInput, "UTF-8 can encode"),
    "extra fields of speech that are no mapping": (live_speech(extra="a"), InvalidInput, "extra must be a mapping"),
    "a stream": (text(extra={"stream": True}), InvalidInput, "'stream' is one that"),
    "an extra field without a name": (text(extra={"": "x"}), InvalidInput, "cannot be the name"),
    "an extra field with a strange name": (text(extra={"a\nb": "x"}), InvalidInput, "cannot be the name"),
    "an extra field without a value": (text(extra={"a": None}), InvalidInput, "'a' must be text"),
    "bytes in an extra field": (text(extra={"a": b"x"}), InvalidInput, "'a' must be text"),
    "infinity in an extra field": (text(extra={"a": [float("inf")]}), InvalidInput, "'a' must be text"),
    "a deep extra field": (text(extra={"a": {"b": {"c": 1}}}), InvalidInput, "'a' must be text"),
    "an extra text that cannot be encoded": (text(extra={"a": HALF}), InvalidInput, "UTF-8 can encode"),
    "an unknown option": (text(langauge="en"), InvalidInput, "did you mean 'language'?"),
    "a language in a translation": (english(language="en"), InvalidInput, "got 'language'"),
    "an unknown option of speech": (live_speech(velocity=2), InvalidInput, "got 'velocity'"),
    "progress of live speech": (live_speech(on_progress=print), InvalidInput, "got 'on_progress'"),
    "an unknown option of saved speech": (saved("a.mp3", sped=2), InvalidInput, "did you mean 'speed'?"),
    "words that are no boolean": (text(words="yes"), InvalidInput, "words must be True or False"),
    "an empty source": (lambda ai: ai.transcribe(b"", model="m"), InvalidInput, "is empty"),
    "a missing file": (lambda ai: ai.transcribe("/no/such/file.mp3", model="m"), MissingFile, "no file"),
    "a folder": (lambda ai: ai.transcribe("/", model="m"), InvalidInput, "not a regular file"),
    "a file opened as text": (lambda ai: ai.transcribe(io.StringIO("x"), model="m"), InvalidInput, "binary"),
    "no text to speak": (live_speech(""), InvalidInput, "the text is empty"),
    "blanks to speak": (live_speech(" \n"), InvalidInput, "the text is empty"),
    "text that is no text": (live_speech(b"x"), InvalidInput, "text must be text"),
    "text that cannot be encoded": (live_speech(HALF), InvalidInput, "UTF-8 can encode"),
    "an empty voice": (live_speech(voice=""), InvalidInput, "voice must be 1 to"),
    "a voice that is no text": (live_speech(voice=7), InvalidInput, "voice must be a name"),
    "a voice with another key": (live_speech(voice={"name": "x"}), InvalidInput, "voice must be a name"),
    "a voice with an empty id": (
        live_speech(voice={"id": ""}),
        InvalidInput,
        "voice must be 1 to 1000000 char",
    ),
    "a speed that is no number": (live_speech(speed="fast"), InvalidInput, "speed must be a number"),
    "instructions that are no text": (live_speech(instructions=5), InvalidInput, "instructions must be text"),
    "an unknown stream format": (live_speech(stream_format="json"), InvalidInput, "got 'json'"),
    "languages as one text": (text(languages="en"), InvalidInput, "languages must be a list of texts"),
    "keywords that are no text": (text(keywords=[5]), InvalidInput, "keywords must be text in each entry"),
    "too many keywords": (text(keywords=["x"] * 1001), InvalidInput, "keywords must be at most 1000"),
    "keywords that are no texts": (text(keywords=[5]), InvalidInput, "keywords must be text in each entry"),
    "keywords that are no list": (text(keywords=5), InvalidInput, "keywords must be a list of texts, got 5"),
    "state that is no path": (text(state=5), InvalidInput, "state must be a path, got 5"),
    "state of speech that is no path": (
        saved("a.mp3", "Hello. " * 900, state=5),
        InvalidInput,
        "state must be a path, got 5",
    ),
    "progress told to no function": (
        text(on_progress="show"),
        InvalidInput,
        "on_progress must be a function, got 'show'",
    ),
    "include as one text": (text(include="logprobs"), InvalidInput, "include must be a list of texts"),
    "a strategy that is a number": (text(chunking_strategy={"type": None}), InvalidInput, "must be text, a number"),
    "an extra number without end": (text(extra={"a": 10**5000}), InvalidInput, "'a' must be text"),
    "an extra number of speech without end": (live_speech(extra={"a": 10**5000}), InvalidInput, "as JSON"),
    "an extra field that is named elsewhere": (text(extra={"keywords[]": ["a"]}), InvalidInput, "'keywords[]' is one"),
    "an unknown format of speech": (live_speech(format="ogg"), InvalidInput, "got 'ogg'"),
    "an extra field of speech that has an argument": (live_speech(extra={"speed": 1}), InvalidInput, "'speed' is one"),
    "speech as events": (live_speech(extra={"stream_format": "sse"}), InvalidInput, "'stream_format' is one"),
    "an extra field that is no JSON": (live_speech(extra={"a": b"x"}), InvalidInput, "cannot be sent as JSON"),
    "an extra NaN": (live_speech(extra={"a": float("nan")}), InvalidInput, "cannot be sent as JSON"),
    "a file without a suffix": (saved("speech"), InvalidInput, "names no format"),
    "a file with an unknown suffix": (saved("speech.xyz"), InvalidInput, "'.xyz' names no format"),
    "a suffix of another format": (saved("speech.mp3", format="wav"), InvalidInput, "does not fit the format 'wav'"),
    "a suffix of a container": (saved("speech.m4a", format="aac"), InvalidInput, "does not fit the format 'aac'"),
    "an unknown format to save": (saved("speech", format="ogg"), InvalidInput, "got 'ogg'"),
    "a folder to save to": (saved("/"), InvalidInput, "is a folder"),
    "a name that is too long": (saved(f"{'x' * 300}.mp3"), InvalidInput, "cannot be written"),
    "a missing folder": (saved("/no/such/folder/x.mp3"), InvalidInput, "cannot be written"),
    "a target that is no path": (saved(5), InvalidInput, "must be a path"),
}


@both
@pytest.mark.parametrize("name", REFUSED)
def test_bad_input_is_a_clear_error_and_sends_nothing(name: str, way: Way) -> None:
    operation, kind, words = REFUSED[name]
    with Recorder([answer(json={"text": "x"})]) as server, pytest.raises(kind) as caught:
        way(operation, server.url)
    assert words in str(caught.value)
    assert server.connections == 0


def test_the_models_of_the_client_stand_in_for_those_of_a_call() -> None:
    with (
        Recorder([answer(json={"text": "x"}), answer(b"x", content_type="audio/mpeg")]) as server,
        OpenAI(base_url=server.url, api_key="", transcription_model="hears", speech_model="speaks") as ai,
    ):
        ai.translate(FLAC, format="json")
        live(ai, "x", voice="v")
    assert b'name="model"\r\n\r\nhears\r\n' in server.requests[0].body
    assert server.requests[1].json()["model"] == "speaks"


@both
def test_an_option_that_is_none_is_not_sent(way: Way) -> None:
    nothing: dict[str, Any] = dict.fromkeys(["language", "prompt", "temperature", "extra", "on_progress"])
    with Recorder([answer(json={"text": "x"})] * 2) as server:
        way(text(format="json", **nothing), server.url)
        way(text(format="json"), server.url)
    without = [re.sub(rb"[0-9a-f]{32}", b"", sent.body) for sent in server.requests]
    assert without[0] == without[1]


# Keys


def where(make: Callable[[], OpenAI]) -> tuple[str, dict[str, str]]:
    with make() as ai:
        return ai._wire.base_url, dict(ai._wire.keys)


def test_the_key_and_the_address_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "ENV")
    assert where(OpenAI) == ("https://api.openai.com/v1", {"Authorization": "Bearer ENV"})
    monkeypatch.setenv("OPENAI_BASE_URL", "http://nas:9000/v1/")
    assert where(OpenAI) == ("http://nas:9000/v1", {"Authorization": "Bearer ENV"})
    assert where(lambda: OpenAI(api_key="OWN"))[1] == {"Authorization": "Bearer OWN"}
    assert where(lambda: OpenAI(api_key=""))[1] == {}


def test_a_key_of_the_environment_stays_with_its_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "ENV")
    with pytest.raises(ConfigurationError, match="left unused because it does not belong to http://elsewhere/v1"):
        OpenAI(base_url="http://elsewhere/v1")
    same = where(lambda: OpenAI(base_url="https://api.openai.com/v2"))
    assert same == ("https://api.openai.com/v2", {"Authorization": "Bearer ENV"})


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "set OPENAI_API_KEY"),
        ({"base_url": "localhost:8000", "api_key": ""}, "must start with http"),
        ({"api_key": "a b"}, "api_key is empty or has characters"),
        ({"api_key": "", "organization": "a\r\nb"}, "organization is empty or has"),
        ({"api_key": "", "project": ""}, "project is empty or has"),
        ({"api_key": "", "timeout": 0}, "timeout"),
        ({"api_key": "", "http": object()}, "must be an httpx.Client"),
    ],
)
def test_a_client_that_cannot_work_is_not_made(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        OpenAI(**settings)


def test_no_key_is_shown() -> None:
    with OpenAI(api_key="SECRET", base_url="http://nas/v1") as ai:
        assert "SECRET" not in f"{ai!r} {ai._wire!r}"
    assert "SECRET" not in repr(access("SECRET", "http://nas/v1", None, None, None))


def test_a_silent_server_is_waited_for_ten_minutes() -> None:
    with OpenAI(api_key="") as ai, ai.with_options(timeout=5, deadline=9) as tuned:
        assert (ai._wire.options.timeout, ai._wire.options.deadline) == (600, None)
        assert (tuned._wire.options.timeout, tuned._wire.options.deadline) == (5, 9)
