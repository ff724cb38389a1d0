"""What a call asks for, with the defaults of its model.

What OpenAI is known to refuse is refused before anything is sent; other servers, which reuse its names, decide.
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
    kind: type[Order], asked: Mapping[str, Any], format: str | None, server: Server, *, translates: bool
) -> Order:
    """The transcription or translation that these options describe.

    Raises:
        ConfigurationError: no model is named.
        InvalidInput: OpenAI would refuse it.
    """
    wanted: dict[str, Any] = {**asked, "model": server.model(asked.get("model"), "transcription_model")}
    ask = kind(**wanted)
    if not translates and ask.chunking_strategy is None and ask.model in RECOGNISERS and RECOGNISERS[ask.model].chunks:
        ask = evolve(ask, chunking_strategy="auto")
    if server.known:
        _check_recognition(ask, format, translates)
    return ask


def _check_recognition(ask: Recognition, format: str | None, translates: bool) -> None:
    if ask.temperature is not None:
        validate.number(ask.temperature, "temperature", CreateTranscriptionRequest.temperature)
    model = RECOGNISERS.get(ask.model)
    if model is None:
        return
    if translates and ask.model not in TRANSLATORS:
        raise InvalidInput(
            f"model {ask.model!r} does not translate",
            argument="model",
            value=ask.model,
            expected="a model that translates",
            hint=f"OpenAI has {', '.join(sorted(TRANSLATORS))} for it",
        )
    if format is not None and format not in model.formats:
        raise InvalidInput(
            f"model {ask.model!r} does not answer {format!r}; it knows {', '.join(model.formats)}",
            argument="format",
            value=format,
            expected=f"one of {', '.join(model.formats)} for model {ask.model!r}",
        )
    keywords = CreateTranscriptionRequest.keywords
    for word in validate.items(ask.keywords or (), "keywords", keywords):
        validate.text(word, "keywords", keywords.each, "without angle brackets and line breaks", within="each entry")
    most = CreateTranscriptionRequest.known_speaker_names.max_items
    if isinstance(ask.known_speakers, Mapping) and most is not None and len(ask.known_speakers) > most:
        raise InvalidInput.of("known_speakers", len(ask.known_speakers), f"a mapping of at most {most}")
    if ask.include and not (model.logprobs and format in (None, "json")):
        raise InvalidInput(
            f"include is not for model {ask.model!r} and format {format or model.formats[0]!r}",
            argument="include",
            value=ask.include,
            expected=f"left out for model {ask.model!r} and format {format or model.formats[0]!r}",
        )
    if ask.prompt is not None and not model.prompts:
        raise InvalidInput(
            f"model {ask.model!r} takes no prompt",
            argument="prompt",
            value=ask.prompt,
            expected=f"left out for model {ask.model!r}",
        )
    strategy = ask.chunking_strategy
    voice = isinstance(strategy, Mapping) and strategy.get("type") == "server_vad"
    if strategy not in (None, "auto") and not voice:
        raise InvalidInput.of("chunking_strategy", strategy, "'auto', or a mapping whose type is 'server_vad'")


def speech(kind: type[Spoken], voice: Voice, asked: Mapping[str, Any], server: Server) -> Spoken:
    """The speech that these options describe.

    Raises:
        ConfigurationError: no model is named.
        InvalidInput: OpenAI would refuse it.
    """
    wanted: dict[str, Any] = {**asked, "voice": voice, "model": server.model(asked.get("model"), "speech_model")}
    ask = kind(**wanted)
    if server.known:
        _check_speech(ask)
    return ask


def _check_speech(ask: Speech) -> None:
    if ask.speed is not None:
        validate.number(ask.speed, "speed", CreateSpeechRequest.speed)
    if ask.instructions is not None:
        validate.text(ask.instructions, "instructions", CreateSpeechRequest.instructions)
    if isinstance(ask.voice, str) and ask.model in VOICES:
        validate.word(ask.voice, "voice", VOICES[ask.model], within=f"the voices of {ask.model}")


def workers(given: Workers) -> Workers:
    """How many requests may be sent at a time.

    Raises:
        InvalidInput: it is neither a number in the limits nor "auto".
    """
    if isinstance(given, str) and given != "auto":
        raise InvalidInput.of("workers", given, f'a whole number up to {MOST_WORKERS}, or "auto"')
    return given if given == "auto" else validate.whole(given, "workers", least=1, most=MOST_WORKERS)


def text(said: str, server: Server) -> str:
    """A text that fits one request.

    Raises:
        InvalidInput: it is longer.
    """
    if server.known and len(validate.encodable(said, "text")) > LONGEST_TEXT:
        raise InvalidInput(
            f"the text must fit one request: at most {LONGEST_TEXT} characters, not {len(said)}",
            argument="text",
            value=said,
            expected=f"at most {LONGEST_TEXT} characters, to fit one request",
            hint="speak it in pieces",
        )
    return said
