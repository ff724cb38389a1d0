"""The seam between OpenAI's generated code and the plans: the request of each operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO, TypeAlias, cast

from attrs import frozen

from tonearm_generated.openai import Client, models
from tonearm_generated.openai.api.audio import create_speech, create_transcription, create_translation
from tonearm_generated.openai.api.models import list_models as models_of_server
from tonearm_generated.openai.types import UNSET, File

from ..._audio import named
from ..._base import validate
from ..._base.answers import Answers
from ..._base.coerce import Maybe
from ..._engine import Plan, call
from ..._files import Source
from ..._http import Answer, Request, Wire, linked
from ...errors import InvalidInput
from .._extra_fields import form_parts, json_fields
from .._known_speakers import references
from ..models import Model, entries_of
from ..presets import LONGEST_NAME
from ..types import FileFormat, FormScalar, FormValue, Sample, SpeechStreamFormat, Voice

Generated: TypeAlias = Client
_maybe = Maybe(UNSET)

_FORM_FIELDS = frozenset(
    [
        *("model", "file", "language", "prompt", "response_format", "temperature", "timestamp_granularities", "stream"),
        *("languages", "keywords", "include", "chunking_strategy", "known_speaker_names", "known_speaker_references"),
    ]
)
_CUTTING = frozenset(["type", "prefix_padding_ms", "silence_duration_ms", "threshold"])
_MOST = 1000
"""Members of a list for which the service states no limit."""
_JSON_FIELDS = frozenset(["model", "input", "voice", "instructions", "response_format", "speed", "stream_format"])


@frozen(kw_only=True)
class Recognition:
    """The options of a transcription or translation that are sent, apart from its format."""

    model: str
    language: str | None = None
    prompt: str | None = None
    temperature: float | None = None
    languages: Sequence[str] | None = None
    keywords: Sequence[str] | None = None
    include: Sequence[str] | None = None
    chunking_strategy: str | Mapping[str, FormScalar] | None = None
    known_speakers: Mapping[str, Sample] | None = None
    extra: Mapping[str, FormValue] | None = None


@frozen(kw_only=True)
class Speech:
    """The options of speech that are sent. A format that is encoded on this machine never is."""

    model: str
    voice: Voice
    format: FileFormat | None = None
    speed: float | None = None
    instructions: str | None = None
    stream_format: SpeechStreamFormat | None = None
    extra: Mapping[str, Any] | None = None


def transcription(
    source: Source,
    options: Recognition,
    format: str | None,
    *,
    words: bool,
    sent: Callable[[int], None] | None,
    stream: bool = False,
) -> Request:
    """The request for a transcript; the samples of known speakers are read."""
    speakers = None if options.known_speakers is None else references(options.known_speakers)
    word, segment = models.TimestampGranularity.WORD, models.TimestampGranularity.SEGMENT
    body = models.CreateTranscriptionRequest(
        model=options.model,
        file=file_of(source),
        language=_maybe(options.language, lambda value: validate.length(value, "language", least=1, most=LONGEST_NAME)),
        prompt=_maybe(options.prompt, _prompt),
        response_format=_maybe(format, _transcription_format),
        temperature=_maybe(options.temperature, _temperature),
        timestamp_granularities=[word, segment] if words else UNSET,
        languages=_maybe(options.languages, lambda values: _texts(values, "languages")),
        keywords=_maybe(options.keywords, lambda values: _texts(values, "keywords")),
        known_speaker_names=_maybe(speakers, list),
        known_speaker_references=_maybe(speakers, lambda samples: list(samples.values())),
        include=_maybe(
            options.include, lambda words: [models.TranscriptionInclude(w) for w in _texts(words, "include")]
        ),
        stream=stream or UNSET,
    )
    _cut(body, options.chunking_strategy)
    return _form(create_transcription.request_kwargs(body=body), options, sent, stream=stream)


def translation(
    source: Source, options: Recognition, format: str | None, *, sent: Callable[[int], None] | None
) -> Request:
    """The request for a translation into English."""
    body = models.CreateTranslationRequest(
        model=options.model,
        file=file_of(source),
        prompt=_maybe(options.prompt, _prompt),
        response_format=_maybe(format, _translation_format),
        temperature=_maybe(options.temperature, _temperature),
    )
    return _form(create_translation.request_kwargs(body=body), options, sent, stream=False)


def speech(text: str, options: Speech) -> Request:
    """The request for speech."""
    body = models.CreateSpeechRequest(
        model=options.model,
        input_=_text(text),
        voice=_voice(options.voice),
        instructions=_maybe(options.instructions, lambda value: validate.encodable(value, "instructions")),
        response_format=_maybe(options.format, _speech_format),
        speed=_maybe(options.speed, lambda value: validate.amount(value, "speed")),
        stream_format=_maybe(options.stream_format, _stream_format),
    )
    kwargs = create_speech.request_kwargs(body=body)
    kwargs["json"] |= json_fields(options.extra or {}, _JSON_FIELDS)
    kwargs["headers"]["Accept-Encoding"] = "identity"
    return Request.of(kwargs, accept="application/octet-stream")


def list_models() -> Plan[Answers[Model]]:
    """List the models of a server."""
    return (yield from call(Request.of(models_of_server.request_kwargs()), _models))


def _models(answer: Answer) -> Answers[Model]:
    read = models_of_server.read_answer
    try:
        data = {"data": entries_of(answer.json())}
    except TypeError as error:
        raise answer.unexpected(str(error)) from None
    return answer.model_of(data, read, models.ListModelsResponse, lambda listed: Answers(map(Model.of, listed.data)))


def generated(wire: Wire[Any]) -> Generated:
    """The generated client on the wire's own connections."""
    return linked(wire, Client)


def _form(kwargs: dict[str, Any], options: Recognition, sent: Callable[[int], None] | None, *, stream: bool) -> Request:
    """Add the undocumented fields, and move the file to the end, where other clients send it."""
    *fields, file = sorted(kwargs["files"], key=lambda part: part[0] == "file")
    more = [*form_parts(_undocumented(options.chunking_strategy), ()), *form_parts(options.extra or {}, _FORM_FIELDS)]
    parts = [(name, (None, text.encode(), None)) for name, text in more]
    if not stream:
        return Request.of({**kwargs, "files": [*fields, *parts, file]}, sent=sent)
    headers = {**kwargs.get("headers", {}), "Accept-Encoding": "identity"}
    accept = "text/event-stream, application/json"
    return Request.of({**kwargs, "headers": headers, "files": [*fields, *parts, file]}, accept=accept, sent=sent)


def _cut(body: models.CreateTranscriptionRequest, strategy: str | Mapping[str, FormScalar] | None) -> None:
    """Set how the server cuts the audio: with one word, or with the members of an object."""
    if isinstance(strategy, str):
        body.chunking_strategy = models.ChunkingStrategy(validate.encodable(strategy, "chunking_strategy"))
    elif strategy is not None:
        members = dict(form_parts({"chunking_strategy": strategy}, ()))
        if (kind := members.get("chunking_strategy[type]")) is not None:
            body.chunking_strategy_type = models.VoiceActivityDetection(kind)
        if "prefix_padding_ms" in strategy:
            body.chunking_strategy_prefix_padding_ms = _milliseconds(strategy, "prefix_padding_ms")
        if "silence_duration_ms" in strategy:
            body.chunking_strategy_silence_duration_ms = _milliseconds(strategy, "silence_duration_ms")
        if "threshold" in strategy:
            body.chunking_strategy_threshold = validate.amount(cast("float", strategy["threshold"]), "threshold")


def _milliseconds(strategy: Mapping[str, FormScalar], name: str) -> int:
    return validate.whole(cast("int", strategy[name]), name)


def _undocumented(strategy: str | Mapping[str, FormScalar] | None) -> Mapping[str, FormValue]:
    """The members of `chunking_strategy` that only other servers know."""
    if strategy is None or isinstance(strategy, str):
        return {}
    more = {name: value for name, value in strategy.items() if name not in _CUTTING}
    return {"chunking_strategy": more} if more else {}


def _texts(values: Sequence[str], name: str) -> list[str]:
    return validate.texts(values, name, most=_MOST, longest=LONGEST_NAME)


def file_of(source: Source) -> File:
    """A recording as a form field, with a name and a type that fit its contents."""
    name, content_type = named(source.name, source.head())
    return File(cast("BinaryIO", source.window()), name, content_type)


def _prompt(value: str) -> str:
    return validate.length(value, "prompt", most=LONGEST_NAME)


def _temperature(value: float) -> float:
    return validate.amount(value, "temperature")


def _transcription_format(value: str) -> models.TranscriptionFormat:
    return models.TranscriptionFormat(validate.word(value, "format", list(models.TranscriptionFormat)))


def _translation_format(value: str) -> models.TranslationFormat:
    return models.TranslationFormat(validate.word(value, "format", list(models.TranslationFormat)))


def _speech_format(value: str) -> models.SpeechFormat:
    return models.SpeechFormat(validate.word(value, "format", list(models.SpeechFormat)))


def _stream_format(value: str) -> models.SpeechStreamFormat:
    return models.SpeechStreamFormat(validate.word(value, "stream_format", list(models.SpeechStreamFormat)))


def _text(value: str) -> str:
    if not validate.encodable(value, "text").strip():
        raise InvalidInput(
            "the text is empty: there is nothing to speak",
            argument="text",
            value=value,
            expected="a text that is not empty",
        )
    return value


def _voice(value: Voice) -> str | models.VoiceId:
    if isinstance(value, str):
        return validate.length(value, "voice", least=1, most=LONGEST_NAME)
    if not isinstance(value, Mapping) or set(value) != {"id"}:  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("voice", value, "a name, or a mapping {'id': ...} for a voice of your own")
    return models.VoiceId(validate.length(value["id"], "voice", least=1, most=LONGEST_NAME, within="its id"))
