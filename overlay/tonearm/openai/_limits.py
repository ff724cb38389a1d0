"""Fills in the defaults of a model, and checks options against OpenAI's documented limits.

The limits hold at OpenAI and on Azure only: other servers reuse the names of models and have limits of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import evolve

from .._base import validate
from .._engine import MOST_WORKERS, Workers
from ..errors import InvalidInput
from ._operations import CreateSpeechRequest, CreateTranscriptionRequest, Recognition, Speech
from ._server import Server
from .presets import LONGEST_TEXT, RECOGNISERS, TRANSLATORS, VOICES
from .types import Voice

Order = TypeVar("Order", bound=Recognition)
Spoken = TypeVar("Spoken", bound=Speech)


def recognition(
    kind: type[Order], given: Mapping[str, Any], format: str | None, server: Server, *, translates: bool
) -> Order:
    """Make a transcription or translation from the options of a call.

    Raises:
        ConfigurationError: no model is named.
        InvalidInput: OpenAI would refuse it.
    """
    arguments: dict[str, Any] = {**given, "model": server.model(given.get("model"), "transcription_model")}
    options = kind(**arguments)
    if (
        not translates
        and options.chunking_strategy is None
        and options.model in RECOGNISERS
        and RECOGNISERS[options.model].chunks
    ):
        options = evolve(options, chunking_strategy="auto")
    if server.known:
        _check_recognition(options, format, translates)
    return options


def _check_recognition(options: Recognition, format: str | None, translates: bool) -> None:
    if options.temperature is not None:
        validate.number(options.temperature, "temperature", CreateTranscriptionRequest.temperature)
    model = RECOGNISERS.get(options.model)
    if model is None:
        return
    if translates and options.model not in TRANSLATORS:
        raise InvalidInput(
            f"model {options.model!r} does not translate",
            argument="model",
            value=options.model,
            expected="a model that translates",
            hint=f"OpenAI has {', '.join(sorted(TRANSLATORS))} for it",
        )
    if format is not None and format not in model.formats:
        raise InvalidInput(
            f"model {options.model!r} does not answer {format!r}; it knows {', '.join(model.formats)}",
            argument="format",
            value=format,
            expected=f"one of {', '.join(model.formats)} for model {options.model!r}",
        )
    keywords = CreateTranscriptionRequest.keywords
    for word in validate.items(options.keywords or (), "keywords", keywords):
        validate.text(word, "keywords", keywords.each, "without angle brackets and line breaks", within="each entry")
    most = CreateTranscriptionRequest.known_speaker_names.max_items
    if isinstance(options.known_speakers, Mapping) and most is not None and len(options.known_speakers) > most:
        raise InvalidInput.of("known_speakers", len(options.known_speakers), f"a mapping of at most {most}")
    if options.include and not (model.logprobs and format in (None, "json")):
        raise InvalidInput(
            f"include is not for model {options.model!r} and format {format or model.formats[0]!r}",
            argument="include",
            value=options.include,
            expected=f"left out for model {options.model!r} and format {format or model.formats[0]!r}",
        )
    if options.prompt is not None and not model.prompts:
        raise InvalidInput(
            f"model {options.model!r} takes no prompt",
            argument="prompt",
            value=options.prompt,
            expected=f"left out for model {options.model!r}",
        )
    strategy = options.chunking_strategy
    voice = isinstance(strategy, Mapping) and strategy.get("type") == "server_vad"
    if strategy not in (None, "auto") and not voice:
        raise InvalidInput.of("chunking_strategy", strategy, "'auto', or a mapping whose type is 'server_vad'")


def speech(kind: type[Spoken], voice: Voice, given: Mapping[str, Any], server: Server) -> Spoken:
    """Make speech from the options of a call.

    Raises:
        ConfigurationError: no model is named.
        InvalidInput: OpenAI would refuse it.
    """
    arguments: dict[str, Any] = {**given, "voice": voice, "model": server.model(given.get("model"), "speech_model")}
    options = kind(**arguments)
    if server.known:
        _check_speech(options)
    return options


def _check_speech(options: Speech) -> None:
    if options.speed is not None:
        validate.number(options.speed, "speed", CreateSpeechRequest.speed)
    if options.instructions is not None:
        validate.text(options.instructions, "instructions", CreateSpeechRequest.instructions)
    if isinstance(options.voice, str) and options.model in VOICES:
        validate.word(options.voice, "voice", VOICES[options.model], within=f"the voices of {options.model}")


def workers(given: Workers) -> Workers:
    """Check how many requests may be sent at a time.

    Raises:
        InvalidInput: the value is neither a number within the limits nor "auto".
    """
    if isinstance(given, str) and given != "auto":
        raise InvalidInput.of("workers", given, f'a whole number up to {MOST_WORKERS}, or "auto"')
    return given if given == "auto" else validate.whole(given, "workers", least=1, most=MOST_WORKERS)


def text(value: str, server: Server) -> str:
    """Check that a text fits into one request.

    Raises:
        InvalidInput: the text is too long.
    """
    if server.known and len(validate.encodable(value, "text")) > LONGEST_TEXT:
        raise InvalidInput(
            f"the text must fit one request: at most {LONGEST_TEXT} characters, not {len(value)}",
            argument="text",
            value=value,
            expected=f"at most {LONGEST_TEXT} characters, to fit one request",
            hint="speak it in pieces",
        )
    return value
