"""The parts of a transcript: words, segments, probabilities and usage, and how each is read from a response."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from attrs import frozen

from .._base.answers import Answer
from .._base.coerce import fields, integer, items, number, text


@frozen(repr=False)
class Word(Answer):
    """A word with its start and end in seconds; `speaker` if the model distinguishes speakers."""

    start: float
    end: float
    text: str
    speaker: str | None = None


@frozen(repr=False)
class Segment(Answer):
    """A stretch of speech with its start and end in seconds; `speaker` if the model distinguishes speakers.

    `coarse` marks a segment of a model without times: its times are only those at which the recording was cut.
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


def words_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Word, ...]:
    """Read the words of a canonical answer, with a text and both times; a word with an infinite time is left out."""
    return tuple(
        [
            Word(start, end, row["word"].strip(), _speaker(row))
            for row in rows
            if isfinite(start := row["start"]) and isfinite(end := row["end"])
        ]
    )


def segment_of(row: Mapping[str, Any]) -> Segment:
    """Read a segment of a canonical answer, which has a text and both times."""
    coarse = row.get("coarse") is True
    return Segment(row["start"], row["end"], row["text"].strip(), _speaker(row), coarse=coarse)


def logprob_of(value: object) -> Logprob | None:
    """Read a token with its probability; None if either is missing."""
    row = fields(value)
    token, probability = text(row.get("token")), number(row.get("logprob"))
    return None if token is None or probability is None else Logprob(token, probability)


def only_language(value: object) -> str | None:
    """The language of a transcript, if the server lists exactly one."""
    codes = items(value, lambda language: text(fields(language).get("code")))
    return codes[0] if len(codes) == 1 else None


def _speaker(row: Mapping[str, object]) -> str | None:
    speaker = row.get("speaker")
    return None if speaker is None else text(speaker) or None


def usage_of(value: object) -> Usage | None:
    """Read the usage; None if the server sends none."""
    usage = fields(value)
    if not usage:
        return None
    tokens = (integer(usage.get(name)) for name in ("input_tokens", "output_tokens", "total_tokens"))
    return Usage(number(usage.get("seconds")), *tokens)
