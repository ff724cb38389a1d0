"""OpenAI-compatible audio servers: speech from text, and text from speech."""

from .aclient import AsyncOpenAI
from .client import OpenAI
from .types import Segment, SpokenFile, Transcript, Usage, Word

__all__ = ["AsyncOpenAI", "OpenAI", "Segment", "SpokenFile", "Transcript", "Usage", "Word"]
