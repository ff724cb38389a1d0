"""Makes the prompt of a piece from the text before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._base.coerce import number
from .._answers import canonical
from . import seams
from .heard import rows

_LONGEST = 700
"""Characters of earlier text in a prompt; a server reads the last 224 tokens of a prompt."""

_COMPRESSION = 2.4
"""Compression ratio above which a text repeats itself."""

_TURNS = 4
"""Most consecutive repetitions of the same words."""

_CIRCLE = 8
"""Words of the longest repetition that is looked for."""


def prompt(given: str | None, before: str) -> str | None:
    """The caller's prompt, with the end of the text before the piece, cut between two words."""
    tail = before[-_LONGEST:]
    if len(before) > _LONGEST and not before[-_LONGEST - 1].isspace():
        _, gap, rest = tail.partition(" ")
        tail = rest if gap else tail
    return " ".join(filter(None, (given, tail.strip()))) or None


def after(before: str, raw: Mapping[str, Any]) -> str:
    """The text for the next prompt: none after an answer that repeats itself, as the model would continue to do so."""
    transcribed: str = canonical(raw)["text"]
    if _squeezed(raw) or _circles(seams.tokens(transcribed.casefold())):
        return ""
    return seams.joined((before, transcribed))[-2 * _LONGEST :]


def _squeezed(raw: Mapping[str, Any]) -> bool:
    return any((number(row.get("compression_ratio")) or 0.0) > _COMPRESSION for row in rows(raw, "segments"))


def _circles(words: list[str]) -> bool:
    """Whether some words are repeated again and again."""
    for length in range(1, _CIRCLE + 1):
        same = 0
        for word, earlier in zip(words[length:], words, strict=False):
            same = same + 1 if word == earlier else 0
            if same >= length * _TURNS:
                return True
    return False
