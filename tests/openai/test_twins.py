"""The two clients are one: the same methods, arguments, types and words."""

import inspect
import typing
from typing import Any, get_args

import pytest

from tonearm import AsyncOpenAI, OpenAI
from tonearm._transfer.stream import AsyncAudioStream, AudioStream
from tonearm.openai import types
from tonearm_generated.openai import models

NAMES = [
    "estimate",
    "models",
    "speak",
    "speech",
    "transcribe",
    "transcribe_stream",
    "translate",
    "generated",
    "__init__",
]


def test_nothing_public_is_missing_here() -> None:
    assert {name for name in vars(OpenAI) if not name.startswith("_")} == set(NAMES) - {"__init__"}
    assert {name for name in vars(AsyncOpenAI) if not name.startswith("_")} == set(NAMES) - {"__init__"}


def twins(name: str) -> list[Any]:
    members = [inspect.getattr_static(client, name) for client in (OpenAI, AsyncOpenAI)]
    return [member.fget if isinstance(member, property) else member for member in members]


def signature(member: Any, result: object) -> list[inspect.Parameter]:
    found = inspect.signature(member)
    assert found.return_annotation == result
    return [parameter for name, parameter in found.parameters.items() if name != "http"]


@pytest.mark.parametrize("name", NAMES)
def test_a_method_has_its_twins_signature(name: str) -> None:
    blocking, asynchronous = twins(name)
    result = inspect.signature(blocking).return_annotation
    other = {"AudioStream": "AsyncAudioStream", "TranscriptStream": "AsyncTranscriptStream"}.get(result, result)
    assert signature(blocking, result) == signature(asynchronous, other)
    awaited = name in ("models", "speak", "transcribe", "translate")
    assert inspect.iscoroutinefunction(asynchronous) == awaited


@pytest.mark.parametrize("name", [name for name in NAMES if name != "__init__"])
def test_a_method_begins_with_its_twins_words(name: str) -> None:
    first = [(member.__doc__ or "").strip().splitlines()[0] for member in twins(name)]
    if name == "generated":
        assert first == ["The generated client, on the same connections and with the same key."] * 2
    assert first[0] == first[1]


@pytest.mark.parametrize("name", ["transcribe", "translate"])
def test_the_overloads_differ_in_format_and_result_alone(name: str) -> None:
    both = [typing.get_overloads(member) for member in twins(name)]
    assert [len(overloads) for overloads in both] == [2, 2]
    for blocking, asynchronous in zip(*both, strict=True):
        assert inspect.signature(blocking) == inspect.signature(asynchronous)
    for overload in both[0]:
        given = inspect.signature(overload).parameters
        whole = inspect.signature(twins(name)[0]).parameters
        assert list(given) == list(whole)
        assert [n for n in given if given[n] != whole[n]] == ["format"]


def test_live_speech_is_of_its_clients_kind() -> None:
    with OpenAI(api_key="") as ai:
        assert type(ai.speech("x", model="m", voice="v")) is AudioStream
    assert type(AsyncOpenAI(api_key="").speech("x", model="m", voice="v")) is AsyncAudioStream


@pytest.mark.parametrize(
    ("words", "enum"),
    [
        ([types.SpeechFormat], models.SpeechFormat),
        ([types.JsonFormat, types.TextFormat], models.TranscriptionFormat),
        ([types.TranslationJsonFormat, types.TextFormat], models.TranslationFormat),
    ],
)
def test_the_words_of_the_overlay_are_those_of_the_spec(words: list[Any], enum: Any) -> None:
    assert {word for alias in words for word in get_args(alias)} == {member.value for member in enum}
