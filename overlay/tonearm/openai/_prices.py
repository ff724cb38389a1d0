"""OpenAI's prices and the days on which models end, as known on one day, and estimates from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .._base import validate
from ..errors import InvalidInput
from .models import Estimate

AS_OF = date(2026, 11, 20)
"""The day of these figures."""

WARNING_DAYS = 90

_SPEECH_ENDS, _TRANSCRIPTION_ENDS = date(2027, 1, 6), date(2027, 2, 26)

ENDS: Mapping[str, date] = {
    "tts-1": _SPEECH_ENDS,
    "tts-1-hd": _SPEECH_ENDS,
    "gpt-4o-mini-tts": _SPEECH_ENDS,
    "gpt-4o-mini-tts-2025-03-20": _SPEECH_ENDS,
    "gpt-4o-mini-tts-2025-12-15": _SPEECH_ENDS,
    "whisper-1": _TRANSCRIPTION_ENDS,
    "gpt-4o-transcribe": _TRANSCRIPTION_ENDS,
    "gpt-4o-mini-transcribe": _TRANSCRIPTION_ENDS,
    "gpt-4o-mini-transcribe-2025-12-15": _TRANSCRIPTION_ENDS,
    "gpt-4o-transcribe-diarize": _TRANSCRIPTION_ENDS,
}
"""The day on which a model is switched off (openai-python 3.52.0, docstrings; OpenAI's list of deprecations)."""

_HEARING = {
    "gpt-transcribe": 0.0045,
    "whisper-1": 0.006,
    "gpt-4o-transcribe": 0.006,
    "gpt-4o-transcribe-diarize": 0.006,
    "gpt-4o-mini-transcribe": 0.003,
    "gpt-4o-mini-transcribe-2025-12-15": 0.003,
}
"""USD for a minute of a recording; those of gpt-4o are OpenAI's own estimates, as they are charged by tokens."""

_SPEAKING = {"gpt-4o-mini-tts": 0.015, "gpt-4o-mini-tts-2025-03-20": 0.015, "gpt-4o-mini-tts-2025-12-15": 0.015}
"""USD for a minute of speech, as OpenAI estimates."""

_CHARACTERS = {"tts-1": 15e-6, "tts-1-hd": 30e-6}
"""USD for a character of text."""

_PACE = 16.0
"""Characters that are spoken in a second: 4096 of English took 256 s with tts-1 (sanand0/blog, 2 November 2025)."""


def estimate(model: str, *, seconds: float | None, characters: int | None, charged: bool) -> Estimate:
    """Estimate the price of a recording or a text; `charged` says that the server is OpenAI itself.

    Raises:
        InvalidInput: neither or both lengths are given, or a length is negative or not finite.
    """
    if (seconds is None) == (characters is None):
        raise InvalidInput(
            "seconds or characters must be given, and not both",
            argument="seconds",
            value=seconds,
            expected="given for a recording, or characters for a text",
        )
    if seconds is not None:
        duration, per_minute, price = validate.amount(seconds, "seconds"), _HEARING.get(model), None
    else:
        count = validate.whole(characters or 0, "characters")
        duration, per_minute = count / _PACE, _SPEAKING.get(model)
        price = count * _CHARACTERS[model] if model in _CHARACTERS else None
    if price is None and per_minute is not None:
        price = duration / 60 * per_minute
    return Estimate(price if charged else None, duration, AS_OF)
