"""OpenAI-compatible audio servers: speech from text, and text from speech."""

from typing import TYPE_CHECKING

from .._lazy import names

if TYPE_CHECKING:
    from .._stream import AsyncAudioStream, AudioStream
    from .aclient import AsyncOpenAI
    from .client import OpenAI
    from .events import SegmentDone, TextDelta, TranscriptDone, TranscriptEvent
    from .models import Estimate, Model
    from .streams import AsyncTranscriptStream, TranscriptStream
    from .types import (
        FileFormat,
        JsonFormat,
        Logprob,
        Segment,
        SpeechFormat,
        SpokenFile,
        TextFormat,
        Transcript,
        Usage,
        Voice,
        Word,
    )

__all__ = [
    "AsyncAudioStream",
    "AsyncOpenAI",
    "AsyncTranscriptStream",
    "AudioStream",
    "Estimate",
    "FileFormat",
    "JsonFormat",
    "Logprob",
    "Model",
    "OpenAI",
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
    "Word",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "AsyncAudioStream": ".._stream",
            "AsyncOpenAI": ".aclient",
            "AsyncTranscriptStream": ".streams",
            "AudioStream": ".._stream",
            "Estimate": ".models",
            "FileFormat": ".types",
            "JsonFormat": ".types",
            "Logprob": ".types",
            "Model": ".models",
            "OpenAI": ".client",
            "Segment": ".types",
            "SegmentDone": ".events",
            "SpeechFormat": ".types",
            "SpokenFile": ".types",
            "TextDelta": ".events",
            "TextFormat": ".types",
            "Transcript": ".types",
            "TranscriptDone": ".events",
            "TranscriptEvent": ".events",
            "TranscriptStream": ".streams",
            "Usage": ".types",
            "Voice": ".types",
            "Word": ".types",
        },
    )
