# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from .. import types
from ..models.chunking_strategy import ChunkingStrategy
from ..models.timestamp_granularity import TimestampGranularity
from ..models.transcription_format import TranscriptionFormat
from ..models.transcription_include import TranscriptionInclude
from ..models.voice_activity_detection import VoiceActivityDetection
from ..types import UNSET, File, Unset

T = TypeVar("T", bound="CreateTranscriptionRequest")


@_attrs_define
class CreateTranscriptionRequest:
    """
    Attributes:
        model (str): Name of the model; OpenAI knows `gpt-transcribe`, and until 26 February 2027 `whisper-1`,
            `gpt-4o-transcribe`, `gpt-4o-mini-transcribe` and `gpt-4o-transcribe-diarize`.
        file (File): The audio file; its name needs an extension - flac, m4a, mp3, mp4, mpeg, mpga, ogg, wav or webm.
        language (str | Unset): Language that is spoken (ISO 639-1).
        languages (list[str] | Unset): Languages that may be spoken (ISO 639-1); `gpt-transcribe` reads it.
        keywords (list[str] | Unset): Words to expect, without angle brackets and line breaks; `gpt-transcribe` reads
            it.
        prompt (str | Unset): Text before this audio, or words to expect, in its language; whisper reads the last 224
            tokens of it, models with speakers none.
        response_format (TranscriptionFormat | Unset): Format of the answer, `json` when left out; which ones a model
            knows differs.
        temperature (float | Unset): Randomness of the text; 0, which is also meant when left out, lets whisper raise it
            by itself.
        timestamp_granularities (list[TimestampGranularity] | Unset): Times to answer; needs `verbose_json`, segments
            when left out.
        known_speaker_names (list[str] | Unset): Names of speakers, in the order of their references.
        known_speaker_references (list[str] | Unset): Data URLs with 2 to 10 s of each speaker.
        include (list[TranscriptionInclude] | Unset): What to answer beside the text.
        chunking_strategy (ChunkingStrategy | Unset): Lets the server cut the audio; models with speakers need it above
            30 s.
        chunking_strategy_type (VoiceActivityDetection | Unset): Lets the server cut at pauses, in place of `auto`; the
            other members of `chunking_strategy[...]` tune it.
        chunking_strategy_prefix_padding_ms (int | Unset): Milliseconds to keep before speech; 300 when left out.
        chunking_strategy_silence_duration_ms (int | Unset): Milliseconds of silence that end a piece; 200 when left
            out.
        chunking_strategy_threshold (float | Unset): How sure the server must be of speech; 0.5 when left out.
        stream (bool | Unset): Whether to answer server-sent events; whisper ignores it.
    """

    model: str
    file: File
    language: str | Unset = UNSET
    languages: list[str] | Unset = UNSET
    keywords: list[str] | Unset = UNSET
    prompt: str | Unset = UNSET
    response_format: TranscriptionFormat | Unset = UNSET
    temperature: float | Unset = UNSET
    timestamp_granularities: list[TimestampGranularity] | Unset = UNSET
    known_speaker_names: list[str] | Unset = UNSET
    known_speaker_references: list[str] | Unset = UNSET
    include: list[TranscriptionInclude] | Unset = UNSET
    chunking_strategy: ChunkingStrategy | Unset = UNSET
    chunking_strategy_type: VoiceActivityDetection | Unset = UNSET
    chunking_strategy_prefix_padding_ms: int | Unset = UNSET
    chunking_strategy_silence_duration_ms: int | Unset = UNSET
    chunking_strategy_threshold: float | Unset = UNSET
    stream: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        model = self.model

        file = self.file.to_tuple()

        language = self.language

        languages: list[str] | Unset = UNSET
        if not isinstance(self.languages, Unset):
            languages = self.languages

        keywords: list[str] | Unset = UNSET
        if not isinstance(self.keywords, Unset):
            keywords = self.keywords

        prompt = self.prompt

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = str(self.response_format)

        temperature = self.temperature

        timestamp_granularities: list[str] | Unset = UNSET
        if not isinstance(self.timestamp_granularities, Unset):
            timestamp_granularities = []
            for timestamp_granularities_item_data in self.timestamp_granularities:
                timestamp_granularities_item = str(timestamp_granularities_item_data)
                timestamp_granularities.append(timestamp_granularities_item)

        known_speaker_names: list[str] | Unset = UNSET
        if not isinstance(self.known_speaker_names, Unset):
            known_speaker_names = self.known_speaker_names

        known_speaker_references: list[str] | Unset = UNSET
        if not isinstance(self.known_speaker_references, Unset):
            known_speaker_references = self.known_speaker_references

        include: list[str] | Unset = UNSET
        if not isinstance(self.include, Unset):
            include = []
            for include_item_data in self.include:
                include_item = str(include_item_data)
                include.append(include_item)

        chunking_strategy: str | Unset = UNSET
        if not isinstance(self.chunking_strategy, Unset):
            chunking_strategy = str(self.chunking_strategy)

        chunking_strategy_type: str | Unset = UNSET
        if not isinstance(self.chunking_strategy_type, Unset):
            chunking_strategy_type = str(self.chunking_strategy_type)

        chunking_strategy_prefix_padding_ms = self.chunking_strategy_prefix_padding_ms

        chunking_strategy_silence_duration_ms = self.chunking_strategy_silence_duration_ms

        chunking_strategy_threshold = self.chunking_strategy_threshold

        stream = self.stream

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "model": model,
                "file": file,
            }
        )
        if language is not UNSET:
            field_dict["language"] = language
        if languages is not UNSET:
            field_dict["languages[]"] = languages
        if keywords is not UNSET:
            field_dict["keywords[]"] = keywords
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if response_format is not UNSET:
            field_dict["response_format"] = response_format
        if temperature is not UNSET:
            field_dict["temperature"] = temperature
        if timestamp_granularities is not UNSET:
            field_dict["timestamp_granularities[]"] = timestamp_granularities
        if known_speaker_names is not UNSET:
            field_dict["known_speaker_names[]"] = known_speaker_names
        if known_speaker_references is not UNSET:
            field_dict["known_speaker_references[]"] = known_speaker_references
        if include is not UNSET:
            field_dict["include[]"] = include
        if chunking_strategy is not UNSET:
            field_dict["chunking_strategy"] = chunking_strategy
        if chunking_strategy_type is not UNSET:
            field_dict["chunking_strategy[type]"] = chunking_strategy_type
        if chunking_strategy_prefix_padding_ms is not UNSET:
            field_dict["chunking_strategy[prefix_padding_ms]"] = chunking_strategy_prefix_padding_ms
        if chunking_strategy_silence_duration_ms is not UNSET:
            field_dict["chunking_strategy[silence_duration_ms]"] = chunking_strategy_silence_duration_ms
        if chunking_strategy_threshold is not UNSET:
            field_dict["chunking_strategy[threshold]"] = chunking_strategy_threshold
        if stream is not UNSET:
            field_dict["stream"] = stream

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("model", (None, str(self.model).encode(), "text/plain")))

        files.append(("file", self.file.to_tuple()))

        if not isinstance(self.language, Unset):
            files.append(("language", (None, str(self.language).encode(), "text/plain")))

        if not isinstance(self.languages, Unset):
            for languages_item_element in self.languages:
                files.append(("languages[]", (None, str(languages_item_element).encode(), "text/plain")))

        if not isinstance(self.keywords, Unset):
            for keywords_item_element in self.keywords:
                files.append(("keywords[]", (None, str(keywords_item_element).encode(), "text/plain")))

        if not isinstance(self.prompt, Unset):
            files.append(("prompt", (None, str(self.prompt).encode(), "text/plain")))

        if not isinstance(self.response_format, Unset):
            files.append(("response_format", (None, str(self.response_format).encode(), "text/plain")))

        if not isinstance(self.temperature, Unset):
            files.append(("temperature", (None, str(self.temperature).encode(), "text/plain")))

        if not isinstance(self.timestamp_granularities, Unset):
            for timestamp_granularities_item_element in self.timestamp_granularities:
                files.append(
                    (
                        "timestamp_granularities[]",
                        (None, str(timestamp_granularities_item_element).encode(), "text/plain"),
                    )
                )

        if not isinstance(self.known_speaker_names, Unset):
            for known_speaker_names_item_element in self.known_speaker_names:
                files.append(
                    ("known_speaker_names[]", (None, str(known_speaker_names_item_element).encode(), "text/plain"))
                )

        if not isinstance(self.known_speaker_references, Unset):
            for known_speaker_references_item_element in self.known_speaker_references:
                files.append(
                    (
                        "known_speaker_references[]",
                        (None, str(known_speaker_references_item_element).encode(), "text/plain"),
                    )
                )

        if not isinstance(self.include, Unset):
            for include_item_element in self.include:
                files.append(("include[]", (None, str(include_item_element).encode(), "text/plain")))

        if not isinstance(self.chunking_strategy, Unset):
            files.append(("chunking_strategy", (None, str(self.chunking_strategy).encode(), "text/plain")))

        if not isinstance(self.chunking_strategy_type, Unset):
            files.append(("chunking_strategy[type]", (None, str(self.chunking_strategy_type).encode(), "text/plain")))

        if not isinstance(self.chunking_strategy_prefix_padding_ms, Unset):
            files.append(
                (
                    "chunking_strategy[prefix_padding_ms]",
                    (None, str(self.chunking_strategy_prefix_padding_ms).encode(), "text/plain"),
                )
            )

        if not isinstance(self.chunking_strategy_silence_duration_ms, Unset):
            files.append(
                (
                    "chunking_strategy[silence_duration_ms]",
                    (None, str(self.chunking_strategy_silence_duration_ms).encode(), "text/plain"),
                )
            )

        if not isinstance(self.chunking_strategy_threshold, Unset):
            files.append(
                ("chunking_strategy[threshold]", (None, str(self.chunking_strategy_threshold).encode(), "text/plain"))
            )

        if not isinstance(self.stream, Unset):
            files.append(("stream", (None, (b"true" if self.stream else b"false"), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        model = _data.pop("model", None)
        if model.__class__ is not str:
            model = _reading.required(_reading.text, model, "model")
        file = _data.pop("file", None)
        file = _reading.required(_READ_FILE, file, "file")
        language = _data.pop("language", UNSET)
        if language is not UNSET and language.__class__ is not str:
            language = _reading.optional(_reading.text, language, UNSET)
        languages = _data.pop("languages[]", UNSET)
        if languages is not UNSET:
            languages = _READ_LANGUAGES(languages) if languages.__class__ is list else UNSET
        keywords = _data.pop("keywords[]", UNSET)
        if keywords is not UNSET:
            keywords = _READ_KEYWORDS(keywords) if keywords.__class__ is list else UNSET
        prompt = _data.pop("prompt", UNSET)
        if prompt is not UNSET and prompt.__class__ is not str:
            prompt = _reading.optional(_reading.text, prompt, UNSET)
        response_format = _data.pop("response_format", UNSET)
        if response_format is not UNSET:
            response_format = _reading.optional(_READ_RESPONSE_FORMAT, response_format, UNSET)
        temperature = _data.pop("temperature", UNSET)
        if temperature is not UNSET and (temperature.__class__ is not float or not _reading.is_finite(temperature)):
            temperature = _reading.optional(_reading.number, temperature, UNSET)
        timestamp_granularities = _data.pop("timestamp_granularities[]", UNSET)
        if timestamp_granularities is not UNSET:
            timestamp_granularities = (
                _READ_TIMESTAMP_GRANULARITIES(timestamp_granularities)
                if timestamp_granularities.__class__ is list
                else UNSET
            )
        known_speaker_names = _data.pop("known_speaker_names[]", UNSET)
        if known_speaker_names is not UNSET:
            known_speaker_names = (
                _READ_KNOWN_SPEAKER_NAMES(known_speaker_names) if known_speaker_names.__class__ is list else UNSET
            )
        known_speaker_references = _data.pop("known_speaker_references[]", UNSET)
        if known_speaker_references is not UNSET:
            known_speaker_references = (
                _READ_KNOWN_SPEAKER_REFERENCES(known_speaker_references)
                if known_speaker_references.__class__ is list
                else UNSET
            )
        include = _data.pop("include[]", UNSET)
        if include is not UNSET:
            include = _READ_INCLUDE(include) if include.__class__ is list else UNSET
        chunking_strategy = _data.pop("chunking_strategy", UNSET)
        if chunking_strategy is not UNSET:
            chunking_strategy = _reading.optional(_READ_CHUNKING_STRATEGY, chunking_strategy, UNSET)
        chunking_strategy_type = _data.pop("chunking_strategy[type]", UNSET)
        if chunking_strategy_type is not UNSET:
            chunking_strategy_type = _reading.optional(_READ_CHUNKING_STRATEGY_TYPE, chunking_strategy_type, UNSET)
        chunking_strategy_prefix_padding_ms = _data.pop("chunking_strategy[prefix_padding_ms]", UNSET)
        if (
            chunking_strategy_prefix_padding_ms is not UNSET
            and chunking_strategy_prefix_padding_ms.__class__ is not int
        ):
            chunking_strategy_prefix_padding_ms = _reading.optional(
                _reading.integer, chunking_strategy_prefix_padding_ms, UNSET
            )
        chunking_strategy_silence_duration_ms = _data.pop("chunking_strategy[silence_duration_ms]", UNSET)
        if (
            chunking_strategy_silence_duration_ms is not UNSET
            and chunking_strategy_silence_duration_ms.__class__ is not int
        ):
            chunking_strategy_silence_duration_ms = _reading.optional(
                _reading.integer, chunking_strategy_silence_duration_ms, UNSET
            )
        chunking_strategy_threshold = _data.pop("chunking_strategy[threshold]", UNSET)
        if chunking_strategy_threshold is not UNSET and (
            chunking_strategy_threshold.__class__ is not float or not _reading.is_finite(chunking_strategy_threshold)
        ):
            chunking_strategy_threshold = _reading.optional(_reading.number, chunking_strategy_threshold, UNSET)
        stream = _data.pop("stream", UNSET)
        if stream is not UNSET and stream.__class__ is not bool:
            stream = _reading.optional(_reading.flag, stream, UNSET)
        _model = cls.__new__(cls)
        _model.model = model
        _model.file = file
        _model.language = language
        _model.languages = languages
        _model.keywords = keywords
        _model.prompt = prompt
        _model.response_format = response_format
        _model.temperature = temperature
        _model.timestamp_granularities = timestamp_granularities
        _model.known_speaker_names = known_speaker_names
        _model.known_speaker_references = known_speaker_references
        _model.include = include
        _model.chunking_strategy = chunking_strategy
        _model.chunking_strategy_type = chunking_strategy_type
        _model.chunking_strategy_prefix_padding_ms = chunking_strategy_prefix_padding_ms
        _model.chunking_strategy_silence_duration_ms = chunking_strategy_silence_duration_ms
        _model.chunking_strategy_threshold = chunking_strategy_threshold
        _model.stream = stream
        return _model


_READ_FILE = _reading.anything
_READ_LANGUAGES = _reading.readable(_reading.text)
_READ_KEYWORDS = _reading.readable(_reading.text)
_READ_RESPONSE_FORMAT = _reading.word(TranscriptionFormat)
_READ_TIMESTAMP_GRANULARITIES = _reading.readable(_reading.word(TimestampGranularity))
_READ_KNOWN_SPEAKER_NAMES = _reading.readable(_reading.text)
_READ_KNOWN_SPEAKER_REFERENCES = _reading.readable(_reading.text)
_READ_INCLUDE = _reading.readable(_reading.word(TranscriptionInclude))
_READ_CHUNKING_STRATEGY = _reading.word(ChunkingStrategy)
_READ_CHUNKING_STRATEGY_TYPE = _reading.word(VoiceActivityDetection)
