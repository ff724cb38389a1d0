"""`inspect.signature`, and so `help()` and IPython, shows every keyword that a method of a client accepts."""

import inspect
from types import FunctionType
from typing import Any

import attrs
import pytest

import tonearm
from tests.inside.aioz import Upload, analytics, objects, themes
from tests.inside.jellyfin import FolderCopy, ItemDownload, playback
from tests.inside.openai import LongRecognition, NewVoice, SavedSpeech, Speech
from tonearm import aioz, jellyfin, openai
from tonearm.openai import options

CASES = [
    pytest.param(method, id=f"{name}.{method.__name__}")
    for name in ("Aioz", "AsyncAioz", "Jellyfin", "AsyncJellyfin", "OpenAI", "AsyncOpenAI")
    for _, method in inspect.getmembers(getattr(tonearm, name), inspect.isfunction)
    if any(str(kind).startswith("Unpack[") for kind in method.__annotations__.values())
]


def shown(method: Any) -> dict[str, str]:
    """The parameters as `help()` prints them, by name."""
    return {name: str(one) for name, one in inspect.signature(method).parameters.items()}


def test_there_are_such_methods() -> None:
    assert len(CASES) == 2 * (12 + 12 + 6)


@pytest.mark.parametrize("method", CASES)
def test_the_keywords_of_a_typed_dict_are_parameters(method: FunctionType) -> None:
    code = method.__code__
    named = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    options = code.co_varnames[len(named)]
    kind = method.__annotations__[options].removeprefix("Unpack[").removesuffix("]")
    keywords = method.__globals__[kind].__annotations__
    parameters = inspect.signature(method).parameters
    assert list(parameters) == [*named, *keywords]
    assert all(parameters[name].kind is inspect.Parameter.KEYWORD_ONLY for name in keywords)
    assert {name: parameters[name].annotation for name in keywords} == {
        name: one.__forward_arg__ for name, one in keywords.items()
    }


def test_a_default_is_none_only_where_none_is_allowed() -> None:
    transcribe = shown(openai.AsyncOpenAI.transcribe)
    assert transcribe["model"] == "model: 'str | None' = None"
    assert transcribe["words"] == "words: 'bool' = ..."
    assert shown(jellyfin.Jellyfin.stream)["audio_bit_rate"] == "audio_bit_rate: 'int' = ..."
    assert shown(aioz.Aioz.list)["order_by"] == "order_by: 'Order' = ..."


@pytest.mark.parametrize(
    ("keywords", "order"),
    [
        (aioz.CreateOptions, objects.Creation),
        (aioz.UploadOptions, Upload),
        (aioz.UpdateOptions, objects.Change),
        (aioz.PageOptions, objects.Listing),
        (aioz.MetricOptions, analytics.Selection),
        (aioz.PlayerThemeOptions, themes.Theme),
        (jellyfin.DownloadOptions, ItemDownload),
        (jellyfin.DownloadAllOptions, FolderCopy),
        (jellyfin.UniversalParams, playback.Universal),
        (jellyfin.PlaybackState, playback.Report),
        (options.TranscribeOptions, LongRecognition),
        (options.SpeakOptions, SavedSpeech),
        (options.SpeechOptions, Speech),
        (options.VoiceOptions, NewVoice),
    ],
)
def test_what_carries_an_order_has_a_field_for_each_keyword(keywords: Any, order: Any) -> None:
    fields = {field.name for field in attrs.fields(order) if field.init}
    assert keywords.__annotations__.keys() == fields - BESIDE.get(order, set()) | WITHIN.get(order, set())


PARAMS = set(jellyfin.AudioParams.__annotations__)
WITHIN: dict[Any, set[str]] = {ItemDownload: PARAMS, FolderCopy: PARAMS}
"""Keywords that are carried in one field, `params`: those of the stream, one of which has this name as well."""

BESIDE: dict[Any, set[str]] = {Speech: {"voice"}, SavedSpeech: {"voice", "stream_format"}, NewVoice: {"name"}}
"""Fields for what a method takes beside the keywords; what is saved is not streamed."""
