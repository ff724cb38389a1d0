"""OpenAI-compatible audio servers: speech from text, and text from speech."""

from .._stream import AsyncAudioStream, AudioStream
from .aclient import AsyncOpenAI
from .client import OpenAI
from .events import SegmentDone, TextDelta, TranscriptDone, TranscriptEvent
from .models import Estimate, Model
from .streams import AsyncTranscriptStream, TranscriptStream
from .types import Logprob, Segment, SpokenFile, Transcript, Usage, Word

__all__ = [
    "AsyncAudioStream",
    "AsyncOpenAI",
    "AsyncTranscriptStream",
    "AudioStream",
    "Estimate",
    "Logprob",
    "Model",
    "OpenAI",
    "Segment",
    "SegmentDone",
    "SpokenFile",
    "TextDelta",
    "Transcript",
    "TranscriptDone",
    "TranscriptEvent",
    "TranscriptStream",
    "Usage",
    "Word",
]
