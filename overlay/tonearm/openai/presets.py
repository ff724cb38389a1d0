"""OpenAI's models, formats and limits, as data.

Model names are free strings: compatible servers reuse OpenAI's names and have names of their own. These data choose
defaults everywhere, and refuse arguments only at OpenAI itself and on Azure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from .types import FileFormat

BASE_URL = "https://api.openai.com/v1"

BODY_LIMIT = 26_214_400
"""Bytes that the body of a request may have at OpenAI and on Azure."""


@frozen
class Recogniser:
    """A model of transcription.

    Attributes:
        formats: the formats of its responses; the first one is the default.
        longest: seconds that a recording may last, if that is known.
        chunks: whether it requires `chunking_strategy` for all but short recordings.
        logprobs: whether it returns log probabilities, in the format json.
        prompts: whether it accepts a prompt.
    """

    formats: tuple[str, ...]
    longest: float | None = None
    chunks: bool = False
    logprobs: bool = False
    prompts: bool = True


_WHISPER = Recogniser(("verbose_json", "json", "text", "srt", "vtt"))
_GPT_4O = Recogniser(("json", "text"), longest=1400.0, logprobs=True)
_DIARIZE = Recogniser(("diarized_json", "json", "text"), longest=1400.0, chunks=True, prompts=False)

RECOGNISERS: Mapping[str, Recogniser] = {
    "whisper-1": _WHISPER,
    "gpt-transcribe": Recogniser(("json", "text")),
    "gpt-4o-transcribe": _GPT_4O,
    "gpt-4o-mini-transcribe": _GPT_4O,
    "gpt-4o-mini-transcribe-2025-03-20": _GPT_4O,
    "gpt-4o-mini-transcribe-2025-12-15": _GPT_4O,
    "gpt-4o-transcribe-diarize": _DIARIZE,
}
"""OpenAI's models of transcription; other models are treated as Whisper models without limits.

(openai-python 3.52.0, transcription_create_params; the 1400 seconds: murtaza-nasir/speakr, issue 168)
"""

UNKNOWN_RECOGNISER = _WHISPER

TRANSLATORS = frozenset({"whisper-1"})
"""OpenAI's models of translation (openai-python 3.52.0, translation_create_params)."""

_FIRST_VOICES = frozenset({"alloy", "ash", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer"})
_ALL_VOICES = _FIRST_VOICES | {"ballad", "cedar", "marin", "verse"}

VOICES: Mapping[str, frozenset[str]] = {
    "tts-1": _FIRST_VOICES,
    "tts-1-hd": _FIRST_VOICES,
    "gpt-4o-mini-tts": _ALL_VOICES,
    "gpt-4o-mini-tts-2025-03-20": _ALL_VOICES,
    "gpt-4o-mini-tts-2025-12-15": _ALL_VOICES,
}
"""The built-in voices of OpenAI's models of speech (OpenAI's guide to text to speech)."""

SAMPLE_LIMIT = 10 * 1024 * 1024
"""Bytes of a sample of a voice, and of the recording of a consent, at OpenAI. (openai-python 3.57.0)"""

LONGEST_NAME = 1_000_000
"""Characters of the name of a model, a voice or a language, and of a prompt; the service states no limit."""

LONGEST_TEXT = 4096
"""Characters of the text, and of the instructions, of one request for speech."""

LONGEST_BYTES = 8192
"""Bytes of the text of one request for speech, in UTF-8; a longer text has too many tokens in dense scripts."""

PIECE = 2500
"""Characters of a piece of a long text, about three minutes of speech."""

PIECE_BYTES = 4500
"""Bytes of a piece in UTF-8: about 1500 tokens in any script (gpt-4o-mini-tts reportedly reads 2000)."""

WORKERS = 2
"""Pieces of a long text that are sent at a time."""

PCM_RATE = 24_000
"""Samples per second of `pcm`, which is mono, signed 16 bit, little-endian, without a header."""

LABELLED = frozenset({"m4a", "m4b"})
"""Formats of files that have a title, an author, a cover and chapters."""

PAUSE = 1.0
"""Seconds of silence for a rule or a scene break in a long text."""

FORMAT_OF_SUFFIX: Mapping[str, FileFormat] = {
    ".mp3": "mp3",
    ".opus": "opus",
    ".ogg": "opus",
    ".aac": "aac",
    ".flac": "flac",
    ".m4a": "m4a",
    ".m4b": "m4b",
    ".wav": "wav",
    ".pcm": "pcm",
}
"""The format of a file of speech by its name."""
