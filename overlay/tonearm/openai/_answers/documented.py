"""Reads lists of words and segments that are as OpenAI documents them, which the other readers would leave as they are.

A long recording has tens of thousands of words, and to look for each name and spelling of other servers in each of them
takes long. Here a whole list is checked at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from math import isfinite
from operator import itemgetter
from typing import Any, Literal, cast

from . import times

_FIELDS = frozenset(
    [
        *("word", "text", "start", "end", "speaker", "probability", "id", "type", "seek", "tokens", "words"),
        *("temperature", "avg_logprob", "compression_ratio", "no_speech_prob", "coarse"),
    ]
)
"""The fields that rows may have: OpenAI's, and those of other servers that are not read in another way."""

_LAYOUT = ("\n", "\r", "<|", "[_")
"""What `flowing` removes from a text."""

_PARTS = ("##", "▁", "Ġ")
"""What marks the parts of words."""

Name = Literal["text", "word"]


def documented(rows: object, name: Name, duration: float | None) -> list[dict[str, Any]] | None:
    """Rows with their text under `name`, times in seconds, and nothing that is read in another way; or else None.

    Args:
        rows: what the server sent as its list of segments, with the name `text`, or of words.
        name: the field with the text.
        duration: seconds of the recording, if the answer has its length.
    """
    if not isinstance(rows, list) or set(map(type, cast("list[object]", rows))) != {dict}:
        return None
    members = cast("list[dict[str, Any]]", rows)
    fields = set(chain.from_iterable(members))
    if not fields <= _FIELDS or ("speaker" in fields and not _named(row.get("speaker") for row in members)):
        return None
    try:
        starts, ends, texts = (list(map(itemgetter(field), members)) for field in ("start", "end", name))
        numbers = {*map(type, starts), *map(type, ends)}
        if set(map(type, texts)) != {str} or not numbers <= {float, int}:
            return None
        starts, ends = list(map(float, starts)), list(map(float, ends))
    except (KeyError, OverflowError):  # a whole number may be too large for a float
        return None
    if not _in_seconds(starts, ends, duration) or not _written(texts, name):
        return None
    if numbers == {float}:
        return members
    return [row | {"start": start, "end": end} for row, start, end in zip(members, starts, ends, strict=True)]


def _named(speakers: Iterable[object]) -> bool:
    return {str, type(None)}.issuperset(map(type, speakers))


def _in_seconds(starts: list[float], ends: list[float], duration: float | None) -> bool:
    total = sum(starts) + sum(ends)
    return (
        isfinite(total) and times.unit([end or start for start, end in zip(starts, ends, strict=True)], duration) == 1.0
    )


def _written(texts: list[str], name: Name) -> bool:
    """Whether no text has layout; and for words, whether each is a word and not a part of one."""
    whole = "\0".join(texts)
    if any(mark in whole for mark in _LAYOUT):
        return False
    if name == "text":
        return True
    words = list(map(str.strip, texts))
    # Either all words begin with a blank, or none does; before the first word a blank means nothing.
    blanks = words != texts and len({text[:1].isspace() for text in texts[1:]}) > 1
    return all(words) and not blanks and not any(mark in whole for mark in _PARTS)
