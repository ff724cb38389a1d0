"""What OpenAI-compatible servers answer, and the words that they take."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias, cast

from attrs import field, frozen

from .. import subtitles
from .._lenient import integer, items, number, text, when

SpeechFormat: TypeAlias = Literal["mp3", "opus", "aac", "flac", "wav", "pcm"]
FileFormat: TypeAlias = Literal["mp3", "opus", "aac", "flac", "wav", "pcm", "m4a"]
"""The format of a file of speech; no server answers m4a, so it is encoded here."""
JsonFormat: TypeAlias = Literal["json", "verbose_json", "diarized_json"]
TextFormat: TypeAlias = Literal["text", "srt", "vtt"]
TranslationJsonFormat: TypeAlias = Literal["json", "verbose_json"]
Voice: TypeAlias = str | Mapping[str, str]
"""The name of a voice, or ``{"id": ...}`` for a voice of one's own."""
SpeechStreamFormat: TypeAlias = Literal["audio", "sse"]
Sample: TypeAlias = str | os.PathLike[str] | bytes
"""Seconds of a voice: the path of a file, its bytes, or a data URL."""
FormScalar: TypeAlias = str | int | float | bool
FormValue: TypeAlias = FormScalar | Sequence[FormScalar] | Mapping[str, FormScalar]
"""The value of an extra form field: a list is sent as `name[]` several times, a mapping as `name[key]`."""


@frozen
class Word:
    """A word that was said, in seconds from the start; `speaker` where the model tells who."""

    start: float
    end: float
    text: str
    speaker: str | None = None


@frozen
class Segment:
    """A stretch of what was said, in seconds from the start; `speaker` where the model tells who.

    `coarse` marks a stretch whose times say only where the recording was cut, for models that tell no times.
    """

    start: float
    end: float
    text: str
    speaker: str | None = None
    coarse: bool = False


@frozen
class Logprob:
    """A token of the text, and the natural logarithm of its probability."""

    token: str
    logprob: float


@frozen
class Usage:
    """What a transcript cost, in seconds of audio or in tokens, as the server counts."""

    seconds: float | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    total_tokens: int | None = None


@frozen
class Transcript:
    """What was said.

    Attributes:
        text: all of it.
        language: as the server names it: an English name or a code; None when it does not say.
        duration: seconds of audio; None when the server does not say.
        segments: stretches with times; empty when the format has none.
        words: words with times; None when none came.
        usage: what it cost; None when the server does not say.
        logprobs: how probable each token is, where ``include=["logprobs"]`` asked for it; None when none came.
        raw: the answer as the server sent it.
        request_id: the server's name for the request.
    """

    text: str
    language: str | None
    duration: float | None
    segments: tuple[Segment, ...]
    words: tuple[Word, ...] | None
    usage: Usage | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)
    logprobs: tuple[Logprob, ...] | None = field(default=None, repr=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any], request_id: str | None) -> Self:
        """Read an answer in one of the JSON formats; ValueError when it has no text."""
        segments = items(raw.get("segments"), _segment)
        said = text(raw.get("text"))
        if said is None and not segments:
            raise ValueError("there is no text")
        return cls(
            text=" ".join(segment.text for segment in segments) if said is None else said,
            language=text(raw.get("language")) or _only_language(raw.get("languages")),
            duration=number(raw.get("duration")),
            segments=segments,
            words=items(raw.get("words"), _word) or None,
            usage=_usage(raw.get("usage")),
            raw=raw,
            request_id=request_id,
            logprobs=items(raw.get("logprobs"), _logprob) or None,
        )

    def to_srt(self) -> str:
        """SubRip subtitles; InvalidInput when the transcript has no times."""
        return subtitles.srt(self._cues())

    def to_vtt(self) -> str:
        """WebVTT subtitles; InvalidInput when the transcript has no times."""
        return subtitles.vtt(self._cues())

    def to_lrc(self) -> str:
        """Lyrics, a time and a line each; InvalidInput when the transcript has no times."""
        return subtitles.lrc(self._cues())

    def to_txt(self) -> str:
        """The text as the contents of a file."""
        return f"{self.text.strip()}\n"

    def _cues(self) -> list[subtitles.Cue]:
        return subtitles.cues(self.text, self.segments, self.words or ())


@frozen
class SpokenFile:
    """Speech that was saved.

    Attributes:
        path: the file.
        size: its bytes.
        duration: seconds; None where the server encoded it in a format other than wav and pcm (24 kHz, mono, 16 bit).
        pieces: how many requests it took.
        request_id: the server's name for the request, if there was one only.
    """

    path: Path
    size: int
    duration: float | None
    pieces: int
    request_id: str | None = field(default=None, repr=False, eq=False)


@frozen
class Model:
    """A model that a server has.

    Attributes:
        id: its name.
        owned_by: whose it is; None when the server does not say.
        created: when it was made; None when the server does not say.
        shutdown_date: the day on which it is switched off, where that is announced.
        raw: the model as the server describes it.
    """

    id: str
    owned_by: str | None
    created: datetime | None
    shutdown_date: date | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)

    @classmethod
    def of(cls, raw: object) -> Self:
        """Read a model; ValueError when it has no name."""
        found = _fields(raw)
        id, made = text(found.get("id")), number(found.get("created"))
        if not id:
            raise ValueError("a model has no id")
        end = when(found.get("shutdown_date"))
        return cls(id, text(found.get("owned_by")), _moment(made), None if end is None else end.date(), found)


@frozen
class Estimate:
    """What something will probably cost.

    Attributes:
        price: in USD; None where it is not known: for other models than OpenAI's, and at other servers.
        duration: seconds of the recording, or of speech that a text of this length becomes.
        as_of: the day of the price list.
    """

    price: float | None
    duration: float
    as_of: date


def _moment(seconds: float | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _fields(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def _word(value: object) -> Word | None:
    found = _fields(value)
    start, end, said = number(found.get("start")), number(found.get("end")), text(found.get("word"))
    return None if start is None or end is None or said is None else Word(start, end, said.strip(), _speaker(found))


def _segment(value: object) -> Segment | None:
    found = _fields(value)
    start, end, said = number(found.get("start")), number(found.get("end")), text(found.get("text"))
    if start is None or end is None or said is None:
        return None
    return Segment(start, end, said.strip(), _speaker(found), coarse=found.get("coarse") is True)


def _logprob(value: object) -> Logprob | None:
    found = _fields(value)
    token, probability = text(found.get("token")), number(found.get("logprob"))
    return None if token is None or probability is None else Logprob(token, probability)


def _only_language(value: object) -> str | None:
    """The language of a transcript, where the server lists those that it heard and there is one."""
    codes = items(value, lambda one: text(_fields(one).get("code")))
    return codes[0] if len(codes) == 1 else None


def _speaker(found: Mapping[str, object]) -> str | None:
    return text(found.get("speaker")) or None


def _usage(value: object) -> Usage | None:
    found = _fields(value)
    if not found:
        return None
    tokens = (integer(found.get(name)) for name in ("input_tokens", "output_tokens", "total_tokens"))
    return Usage(number(found.get("seconds")), *tokens)
