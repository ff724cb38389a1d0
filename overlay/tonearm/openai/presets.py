"""What is known of OpenAI's models, formats and limits, as data.

Model names are free strings: compatible servers reuse OpenAI's names and have their own. What is said here of a model
picks a default and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from .types import SpeechFormat

BASE_URL = "https://api.openai.com/v1"

BODY_LIMITS: Mapping[str, int] = {"api.openai.com": 26_214_400}
"""Bytes that a whole request may have, by host; other servers decide for themselves."""

WITHOUT_TIMES = frozenset(
    {
        "gpt-transcribe",
        "gpt-4o-transcribe",
        "gpt-4o-transcribe-diarize",
        "gpt-4o-mini-transcribe",
        "gpt-4o-mini-transcribe-2025-03-20",
        "gpt-4o-mini-transcribe-2025-12-15",
    }
)
"""Models that refuse `verbose_json`; all others are asked for it first."""

LONGEST_NAME = 1_000_000
"""Characters of the name of a model, a voice or a language, and of a prompt; the service does not bound them."""

LONGEST_TEXT = 4096
"""Characters of the text, and of the instructions, of one request for speech."""

SLOWEST, FASTEST = 0.25, 4.0
"""Factors of the speaking rate."""

PCM_RATE = 24_000
"""Samples per second of `pcm`, which is mono, signed 16 bit, little-endian, without a header."""

FORMAT_OF_SUFFIX: Mapping[str, SpeechFormat] = {
    ".mp3": "mp3",
    ".opus": "opus",
    ".ogg": "opus",
    ".aac": "aac",
    ".flac": "flac",
    ".wav": "wav",
    ".pcm": "pcm",
}
"""The format of a file of speech by its name."""
