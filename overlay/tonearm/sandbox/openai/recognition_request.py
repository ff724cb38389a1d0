"""The form of a transcription or translation, checked against the rules of its model."""

from typing import Self

from attrs import frozen
from starlette.datastructures import FormData

from tonearm.sandbox.openai import fields, models
from tonearm.sandbox.openai.call import Call
from tonearm.sandbox.openai.engines import Engine
from tonearm.sandbox.openai.languages import LANGUAGES
from tonearm.sandbox.openai.models import Model, Transcription
from tonearm.sandbox.openai.refusal import Refusal, choice, unsupported
from tonearm.sandbox.openai.speakers import MOST, Speakers

_SEGMENTS = frozenset({"segment"})


@frozen(kw_only=True)
class RecognitionRequest:
    """A checked form of a transcription; fields that a translation lacks have their defaults.

    `granularities` has `segment`, `word` or both, for verbose_json; `language` is an English name.
    """

    model: Model
    rules: Transcription
    response_format: str
    temperature: float
    language: str = "english"
    granularities: frozenset[str] = _SEGMENTS
    stream: bool = False
    logprobs: bool = False
    chunked: bool = False
    names: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    @classmethod
    def transcription(cls, form: FormData, call: Call) -> Self:
        """Read the form of a transcription; on Azure the deployment is the model.

        Raises:
            Refusal: a field is wrong, or not for this model.
        """
        name = call.deployment or fields.required(form, "model")
        model = call.model(name)
        rules = model.transcription
        if rules is None:
            raise models.unfit(name, "transcription")
        response_format = _response_format(form, name, rules.formats)
        if fields.text(form, "prompt") and not rules.prompt:
            raise unsupported("prompt", name)
        _check_hints(form, model, rules)
        names, references = _known_speakers(form, model, rules)
        return cls(
            model=model,
            rules=rules,
            response_format=response_format,
            temperature=fields.number(form, "temperature", 1),
            language="english" if rules.detects else _language(form),
            granularities=_granularities(form, response_format),
            stream=fields.flag(form, "stream") and rules.streams,
            logprobs=_logprobs(form, model, rules, response_format),
            chunked=fields.chunks(form),
            names=names,
            references=references,
        )

    @classmethod
    def translation(cls, form: FormData, call: Call) -> Self:
        """Read the form of a translation; of OpenAI's models only whisper-1 translates (openai-python 3.52.0).

        Raises:
            Refusal: a field is wrong, or not for this model.
        """
        name = call.deployment or fields.required(form, "model")
        model = call.model(name)
        if not model.translation:
            raise models.unfit(name, "translation")
        response_format = _response_format(form, name, models.FORMATS)
        rules = model.transcription or Transcription()
        temperature = fields.number(form, "temperature", 1)
        return cls(model=model, rules=rules, response_format=response_format, temperature=temperature)

    def speakers(self, engine: Engine) -> Speakers | None:
        """Return the known speakers; None when the request does not ask for speakers."""
        if self.response_format != "diarized_json":
            return None
        return Speakers.known(self.names, self.references, engine)


def _response_format(form: FormData, model: str, formats: tuple[str, ...]) -> str:
    """Read response_format; the words of the refusal are those of openai-dotnet, issue 401."""
    value = fields.text(form, "response_format") or "json"
    if value not in formats:
        message = f"response_format '{value}' is not compatible with model '{model}'. Use {choice(formats)} instead."
        raise Refusal(message, param="response_format", code="unsupported_value")
    return value


def _language(form: FormData) -> str:
    code = fields.text(form, "language") or "en"
    if code not in LANGUAGES:
        raise _wrong_language(code, "language")
    return LANGUAGES[code]


def _wrong_language(code: str, param: str) -> Refusal:
    message = f"Invalid language '{code}'. Language parameter must be specified in ISO-639-1 format."
    return Refusal(message, param=param, code="invalid_language_format")


def _check_hints(form: FormData, model: Model, rules: Transcription) -> None:
    """Check languages[] (michaelwilhelmsen/humla, issue 127) and keywords[] (OpenWhispr/openwhispr, request 2076)."""
    for name in ("languages", "keywords"):
        values = fields.texts(form, name)
        if values and not rules.hints:
            raise unsupported(name, model.name)
        for value in values:
            if name == "languages" and value not in LANGUAGES:
                raise _wrong_language(value, name)
            if name == "keywords" and any(character in value for character in "<>\r\n"):
                message = "Keywords must not contain '<', '>' or line breaks."
                raise Refusal(message, param=name, code="invalid_value")


def _granularities(form: FormData, response_format: str) -> frozenset[str]:
    name = "timestamp_granularities"
    values = fields.words(form, name, ("word", "segment"))
    if values and response_format != "verbose_json":
        raise Refusal(f"{name} needs response_format verbose_json", param=name)
    return values or _SEGMENTS


def _logprobs(form: FormData, model: Model, rules: Transcription, response_format: str) -> bool:
    """Read include[]: log probabilities are for json and for two families of models (openai-python 3.52.0)."""
    if not fields.words(form, "include", ("logprobs",)):
        return False
    if not rules.logprobs:
        raise unsupported("include", model.name)
    if response_format != "json":
        raise Refusal("logprobs need response_format json", param="include", code="unsupported_value")
    return True


def _known_speakers(form: FormData, model: Model, rules: Transcription) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read names and references, which must have the same number (openai-python 3.52.0)."""
    names, references = fields.texts(form, "known_speaker_names"), fields.texts(form, "known_speaker_references")
    if (names or references) and not rules.speakers:
        raise unsupported("known_speaker_names", model.name)
    if len(names) != len(references) or len(names) > MOST:
        message = f"known_speaker_names and known_speaker_references must be as many, {MOST} at most."
        raise Refusal(message, param="known_speaker_names", code="invalid_value")
    return tuple(names), tuple(references)
