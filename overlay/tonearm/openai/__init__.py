"""OpenAI-compatible audio servers: speech from text, and text from speech."""

from .._stream import AsyncAudioStream, AudioStream
from .aclient import AsyncOpenAI
from .client import OpenAI
from .types import Segment, SpokenFile, Transcript, Usage, Word

__all__ = [
    "AsyncAudioStream",
    "AsyncOpenAI",
    "AudioStream",
    "OpenAI",
    "Segment",
    "SpokenFile",
    "Transcript",
    "Usage",
    "Word",
]
