"""The overloads say what the methods do, each client opens streams of its kind, and words are those of the spec."""

import typing
from typing import Any, get_args

import pytest

from tonearm import AsyncOpenAI, OpenAI
from tonearm.openai import AsyncAudioStream, AudioStream, types
from tonearm_generated.openai import models


@pytest.mark.parametrize("client", [OpenAI, AsyncOpenAI])
@pytest.mark.parametrize("name", ["transcribe", "translate"])
def test_the_overloads_differ_in_format_and_result_alone(client: type[Any], name: str) -> None:
    whole = getattr(client, name).__annotations__
    overloads = typing.get_overloads(getattr(client, name))
    assert len(overloads) == 2
    for overload in overloads:
        assert list(overload.__annotations__) == list(whole)
        assert [n for n, kind in overload.__annotations__.items() if kind != whole[n]] == ["format", "return"]


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
