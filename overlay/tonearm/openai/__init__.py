"""OpenAI-compatible audio servers: speech from text, and text from speech."""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
    from .._transfer import AsyncAudioStream, AudioStream
    from ._epub import read_epub
    from ._transcription import (
        AsyncTranscriptStream,
        SegmentDone,
        TextDelta,
        TranscriptDone,
        TranscriptEvent,
        TranscriptStream,
    )
    from .async_client import AsyncOpenAI
    from .book import Book, Chapter, Pauses
    from .client import OpenAI
    from .models import Estimate, Model
    from .transcript_parts import Logprob, Segment, Usage, Word
    from .types import (
        FileFormat,
        JsonFormat,
        SpeechFormat,
        SpokenFile,
        TextFormat,
        Transcript,
        Voice,
    )
    from .voice import CustomVoice, VoiceConsent

__all__ = [
    "AsyncAudioStream",
    "AsyncOpenAI",
    "AsyncTranscriptStream",
    "AudioStream",
    "Book",
    "Chapter",
    "CustomVoice",
    "Estimate",
    "FileFormat",
    "JsonFormat",
    "Logprob",
    "Model",
    "OpenAI",
    "Pauses",
    "Segment",
    "SegmentDone",
    "SpeechFormat",
    "SpokenFile",
    "TextDelta",
    "TextFormat",
    "Transcript",
    "TranscriptDone",
    "TranscriptEvent",
    "TranscriptStream",
    "Usage",
    "Voice",
    "VoiceConsent",
    "Word",
    "read_epub",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "AsyncAudioStream": ".._transfer",
            "AsyncOpenAI": ".async_client",
            "AsyncTranscriptStream": "._transcription",
            "AudioStream": ".._transfer",
            "Book": ".book",
            "Chapter": ".book",
            "CustomVoice": ".voice",
            "Estimate": ".models",
            "FileFormat": ".types",
            "JsonFormat": ".types",
            "Logprob": ".transcript_parts",
            "Model": ".models",
            "OpenAI": ".client",
            "Pauses": ".book",
            "Segment": ".transcript_parts",
            "SegmentDone": "._transcription",
            "SpeechFormat": ".types",
            "SpokenFile": ".types",
            "TextDelta": "._transcription",
            "TextFormat": ".types",
            "Transcript": ".types",
            "TranscriptDone": "._transcription",
            "TranscriptEvent": "._transcription",
            "TranscriptStream": "._transcription",
            "Usage": ".transcript_parts",
            "Voice": ".types",
            "VoiceConsent": ".voice",
            "Word": ".transcript_parts",
            "read_epub": "._epub",
        },
    )
