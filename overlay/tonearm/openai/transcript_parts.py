"""What a transcript consists of: words, segments, probabilities and usage, and how each is read from a response."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from .._base.answers import Answer
from .._base.coerce import fields, integer, items, number, text


@frozen(repr=False)
class Word(Answer):
    """A word that was said, in seconds from the start; `speaker` where the model tells who."""

    start: float
    end: float
    text: str
    speaker: str | None = None


@frozen(repr=False)
class Segment(Answer):
    """A stretch of what was said, in seconds from the start; `speaker` where the model tells who.

    `coarse` marks a stretch whose times say only where the recording was cut, for models that tell no times.
    """

    start: float
    end: float
    text: str
    speaker: str | None = None
    coarse: bool = False


@frozen(repr=False)
class Logprob(Answer):
    """A token of the text, and the natural logarithm of its probability."""

    token: str
    logprob: float


@frozen(repr=False)
class Usage(Answer):
    """What a transcript cost, in seconds of audio or in tokens, as the server counts."""

    seconds: float | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    total_tokens: int | None = None


def word_of(value: object) -> Word | None:
    """A word; None where a time or the text is missing."""
    found = fields(value)
    start, end, said = number(found.get("start")), number(found.get("end")), text(found.get("word"))
    return None if start is None or end is None or said is None else Word(start, end, said.strip(), _speaker(found))


def segment_of(found: Mapping[str, Any]) -> Segment:
    """A segment of a canonical answer, which has a text and both times."""
    coarse = found.get("coarse") is True
    return Segment(found["start"], found["end"], found["text"].strip(), _speaker(found), coarse=coarse)


def logprob_of(value: object) -> Logprob | None:
    """A token with its probability; None where one of them is missing."""
    found = fields(value)
    token, probability = text(found.get("token")), number(found.get("logprob"))
    return None if token is None or probability is None else Logprob(token, probability)


def only_language(value: object) -> str | None:
    """The language of a transcript, where the server lists those that it heard and there is one."""
    codes = items(value, lambda one: text(fields(one).get("code")))
    return codes[0] if len(codes) == 1 else None


def _speaker(found: Mapping[str, object]) -> str | None:
    return text(found.get("speaker")) or None


def usage_of(value: object) -> Usage | None:
    """What a transcript cost; None where the server does not say."""
    found = fields(value)
    if not found:
        return None
    tokens = (integer(found.get(name)) for name in ("input_tokens", "output_tokens", "total_tokens"))
    return Usage(number(found.get("seconds")), *tokens)
