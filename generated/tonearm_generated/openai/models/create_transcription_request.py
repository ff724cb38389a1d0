# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

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
        include (list[TranscriptionInclude] | Unset): What to answer beside the text.
        timestamp_granularities (list[TimestampGranularity] | Unset): Times to answer; needs `verbose_json`, segments
            when left out.
        stream (bool | Unset): Whether to answer server-sent events; whisper ignores it.
        chunking_strategy (ChunkingStrategy | Unset): Lets the server cut the audio; models with speakers need it above
            30 s.
        chunking_strategytype (VoiceActivityDetection | Unset): Lets the server cut at pauses, in place of `auto`; the
            other members of `chunking_strategy[...]` tune it.
        chunking_strategyprefix_padding_ms (int | Unset): Milliseconds to keep before speech; 300 when left out.
        chunking_strategysilence_duration_ms (int | Unset): Milliseconds of silence that end a piece; 200 when left out.
        chunking_strategythreshold (float | Unset): How sure the server must be of speech; 0.5 when left out.
        known_speaker_names (list[str] | Unset): Names of speakers, in the order of their references.
        known_speaker_references (list[str] | Unset): Data URLs with 2 to 10 s of each speaker.
    """

    model: str
    file: File
    language: str | Unset = UNSET
    languages: list[str] | Unset = UNSET
    keywords: list[str] | Unset = UNSET
    prompt: str | Unset = UNSET
    response_format: TranscriptionFormat | Unset = UNSET
    temperature: float | Unset = UNSET
    include: list[TranscriptionInclude] | Unset = UNSET
    timestamp_granularities: list[TimestampGranularity] | Unset = UNSET
    stream: bool | Unset = UNSET
    chunking_strategy: ChunkingStrategy | Unset = UNSET
    chunking_strategytype: VoiceActivityDetection | Unset = UNSET
    chunking_strategyprefix_padding_ms: int | Unset = UNSET
    chunking_strategysilence_duration_ms: int | Unset = UNSET
    chunking_strategythreshold: float | Unset = UNSET
    known_speaker_names: list[str] | Unset = UNSET
    known_speaker_references: list[str] | Unset = UNSET

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

        include: list[str] | Unset = UNSET
        if not isinstance(self.include, Unset):
            include = []
            for include_item_data in self.include:
                include_item = str(include_item_data)
                include.append(include_item)

        timestamp_granularities: list[str] | Unset = UNSET
        if not isinstance(self.timestamp_granularities, Unset):
            timestamp_granularities = []
            for timestamp_granularities_item_data in self.timestamp_granularities:
                timestamp_granularities_item = str(timestamp_granularities_item_data)
                timestamp_granularities.append(timestamp_granularities_item)

        stream = self.stream

        chunking_strategy: str | Unset = UNSET
        if not isinstance(self.chunking_strategy, Unset):
            chunking_strategy = str(self.chunking_strategy)

        chunking_strategytype: str | Unset = UNSET
        if not isinstance(self.chunking_strategytype, Unset):
            chunking_strategytype = str(self.chunking_strategytype)

        chunking_strategyprefix_padding_ms = self.chunking_strategyprefix_padding_ms

        chunking_strategysilence_duration_ms = self.chunking_strategysilence_duration_ms

        chunking_strategythreshold = self.chunking_strategythreshold

        known_speaker_names: list[str] | Unset = UNSET
        if not isinstance(self.known_speaker_names, Unset):
            known_speaker_names = self.known_speaker_names

        known_speaker_references: list[str] | Unset = UNSET
        if not isinstance(self.known_speaker_references, Unset):
            known_speaker_references = self.known_speaker_references

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
        if include is not UNSET:
            field_dict["include[]"] = include
        if timestamp_granularities is not UNSET:
            field_dict["timestamp_granularities[]"] = timestamp_granularities
        if stream is not UNSET:
            field_dict["stream"] = stream
        if chunking_strategy is not UNSET:
            field_dict["chunking_strategy"] = chunking_strategy
        if chunking_strategytype is not UNSET:
            field_dict["chunking_strategy[type]"] = chunking_strategytype
        if chunking_strategyprefix_padding_ms is not UNSET:
            field_dict["chunking_strategy[prefix_padding_ms]"] = chunking_strategyprefix_padding_ms
        if chunking_strategysilence_duration_ms is not UNSET:
            field_dict["chunking_strategy[silence_duration_ms]"] = chunking_strategysilence_duration_ms
        if chunking_strategythreshold is not UNSET:
            field_dict["chunking_strategy[threshold]"] = chunking_strategythreshold
        if known_speaker_names is not UNSET:
            field_dict["known_speaker_names[]"] = known_speaker_names
        if known_speaker_references is not UNSET:
            field_dict["known_speaker_references[]"] = known_speaker_references

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

        if not isinstance(self.include, Unset):
            for include_item_element in self.include:
                files.append(("include[]", (None, str(include_item_element).encode(), "text/plain")))

        if not isinstance(self.timestamp_granularities, Unset):
            for timestamp_granularities_item_element in self.timestamp_granularities:
                files.append(
                    (
                        "timestamp_granularities[]",
                        (None, str(timestamp_granularities_item_element).encode(), "text/plain"),
                    )
                )

        if not isinstance(self.stream, Unset):
            files.append(("stream", (None, (b"true" if self.stream else b"false"), "text/plain")))

        if not isinstance(self.chunking_strategy, Unset):
            files.append(("chunking_strategy", (None, str(self.chunking_strategy).encode(), "text/plain")))

        if not isinstance(self.chunking_strategytype, Unset):
            files.append(("chunking_strategy[type]", (None, str(self.chunking_strategytype).encode(), "text/plain")))

        if not isinstance(self.chunking_strategyprefix_padding_ms, Unset):
            files.append(
                (
                    "chunking_strategy[prefix_padding_ms]",
                    (None, str(self.chunking_strategyprefix_padding_ms).encode(), "text/plain"),
                )
            )

        if not isinstance(self.chunking_strategysilence_duration_ms, Unset):
            files.append(
                (
                    "chunking_strategy[silence_duration_ms]",
                    (None, str(self.chunking_strategysilence_duration_ms).encode(), "text/plain"),
                )
            )

        if not isinstance(self.chunking_strategythreshold, Unset):
            files.append(
                ("chunking_strategy[threshold]", (None, str(self.chunking_strategythreshold).encode(), "text/plain"))
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

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        model = d.pop("model")

        file = File(payload=BytesIO(d.pop("file")))

        language = d.pop("language", UNSET)

        languages = cast(list[str], d.pop("languages[]", UNSET))

        keywords = cast(list[str], d.pop("keywords[]", UNSET))

        prompt = d.pop("prompt", UNSET)

        _response_format = d.pop("response_format", UNSET)
        response_format: TranscriptionFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = TranscriptionFormat(_response_format)

        temperature = d.pop("temperature", UNSET)

        _include = d.pop("include[]", UNSET)
        include: list[TranscriptionInclude] | Unset = UNSET
        if _include is not UNSET:
            include = []
            for include_item_data in _include:
                include_item = TranscriptionInclude(include_item_data)

                include.append(include_item)

        _timestamp_granularities = d.pop("timestamp_granularities[]", UNSET)
        timestamp_granularities: list[TimestampGranularity] | Unset = UNSET
        if _timestamp_granularities is not UNSET:
            timestamp_granularities = []
            for timestamp_granularities_item_data in _timestamp_granularities:
                timestamp_granularities_item = TimestampGranularity(timestamp_granularities_item_data)

                timestamp_granularities.append(timestamp_granularities_item)

        stream = d.pop("stream", UNSET)

        _chunking_strategy = d.pop("chunking_strategy", UNSET)
        chunking_strategy: ChunkingStrategy | Unset
        if isinstance(_chunking_strategy, Unset):
            chunking_strategy = UNSET
        else:
            chunking_strategy = ChunkingStrategy(_chunking_strategy)

        _chunking_strategytype = d.pop("chunking_strategy[type]", UNSET)
        chunking_strategytype: VoiceActivityDetection | Unset
        if isinstance(_chunking_strategytype, Unset):
            chunking_strategytype = UNSET
        else:
            chunking_strategytype = VoiceActivityDetection(_chunking_strategytype)

        chunking_strategyprefix_padding_ms = d.pop("chunking_strategy[prefix_padding_ms]", UNSET)

        chunking_strategysilence_duration_ms = d.pop("chunking_strategy[silence_duration_ms]", UNSET)

        chunking_strategythreshold = d.pop("chunking_strategy[threshold]", UNSET)

        known_speaker_names = cast(list[str], d.pop("known_speaker_names[]", UNSET))

        known_speaker_references = cast(list[str], d.pop("known_speaker_references[]", UNSET))

        create_transcription_request = cls(
            model=model,
            file=file,
            language=language,
            languages=languages,
            keywords=keywords,
            prompt=prompt,
            response_format=response_format,
            temperature=temperature,
            include=include,
            timestamp_granularities=timestamp_granularities,
            stream=stream,
            chunking_strategy=chunking_strategy,
            chunking_strategytype=chunking_strategytype,
            chunking_strategyprefix_padding_ms=chunking_strategyprefix_padding_ms,
            chunking_strategysilence_duration_ms=chunking_strategysilence_duration_ms,
            chunking_strategythreshold=chunking_strategythreshold,
            known_speaker_names=known_speaker_names,
            known_speaker_references=known_speaker_references,
        )

        return create_transcription_request
