"""The text before a piece as its prompt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._base.coerce import number
from .._answers import canonical
from . import seams
from .heard import rows

_LONGEST = 700
"""Characters of text that are carried over; a server reads the last 224 tokens of a prompt."""

_COMPRESSION = 2.4
"""How many times shorter a text becomes at most, when it is compressed, if it does not turn in circles."""

_TURNS = 4
"""Times that words follow themselves at most."""

_CIRCLE = 8
"""Words of the longest circle that is looked for."""


def prompt(given: str | None, before: str) -> str | None:
    """What the caller gave, with the end of the text before it, cut between two words."""
    tail = before[-_LONGEST:]
    if len(before) > _LONGEST and not before[-_LONGEST - 1].isspace():
        _, gap, rest = tail.partition(" ")
        tail = rest if gap else tail
    return " ".join(filter(None, (given, tail.strip()))) or None


def after(before: str, raw: Mapping[str, Any]) -> str:
    """The text to carry on from an answer: none from one that turns in circles, which the next one would go on with."""
    said: str = canonical(raw)["text"]
    if _squeezed(raw) or _circles(seams.tokens(said.casefold())):
        return ""
    return seams.joined((before, said))[-2 * _LONGEST :]


def _squeezed(raw: Mapping[str, Any]) -> bool:
    return any((number(row.get("compression_ratio")) or 0.0) > _COMPRESSION for row in rows(raw, "segments"))


def _circles(words: list[str]) -> bool:
    """Whether some words are said over and over."""
    for length in range(1, _CIRCLE + 1):
        same = 0
        for word, earlier in zip(words[length:], words, strict=False):
            same = same + 1 if word == earlier else 0
            if same >= length * _TURNS:
                return True
    return False
