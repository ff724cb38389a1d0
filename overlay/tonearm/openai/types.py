"""What OpenAI-compatible servers answer, and the words that they take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias, cast

from attrs import field, frozen

from .. import subtitles
from .._lenient import integer, items, number, text

SpeechFormat: TypeAlias = Literal["mp3", "opus", "aac", "flac", "wav", "pcm"]
JsonFormat: TypeAlias = Literal["json", "verbose_json", "diarized_json"]
TextFormat: TypeAlias = Literal["text", "srt", "vtt"]
TranslationJsonFormat: TypeAlias = Literal["json", "verbose_json"]
Voice: TypeAlias = str | Mapping[str, str]
"""The name of a voice, or ``{"id": ...}`` for a voice of one's own."""
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
    """A stretch of what was said, in seconds from the start; `speaker` where the model tells who."""

    start: float
    end: float
    text: str
    speaker: str | None = None


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

    @classmethod
    def of(cls, raw: Mapping[str, Any], request_id: str | None) -> Self:
        """Read an answer in one of the JSON formats; ValueError when it has no text."""
        segments = items(raw.get("segments"), _segment)
        said = text(raw.get("text"))
        if said is None and not segments:
            raise ValueError("there is no text")
        return cls(
            text=" ".join(segment.text for segment in segments) if said is None else said,
            language=text(raw.get("language")),
            duration=number(raw.get("duration")),
            segments=segments,
            words=items(raw.get("words"), _word) or None,
            usage=_usage(raw.get("usage")),
            raw=raw,
            request_id=request_id,
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
        duration: seconds, for wav and pcm (taken as 24 kHz, mono, 16 bit); None for the other formats.
        pieces: how many requests it took.
        request_id: the server's name for the request.
    """

    path: Path
    size: int
    duration: float | None
    pieces: int
    request_id: str | None = field(default=None, repr=False, eq=False)


def _fields(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def _word(value: object) -> Word | None:
    found = _fields(value)
    start, end, said = number(found.get("start")), number(found.get("end")), text(found.get("word"))
    return None if start is None or end is None or said is None else Word(start, end, said.strip(), _speaker(found))


def _segment(value: object) -> Segment | None:
    found = _fields(value)
    start, end, said = number(found.get("start")), number(found.get("end")), text(found.get("text"))
    return None if start is None or end is None or said is None else Segment(start, end, said.strip(), _speaker(found))


def _speaker(found: Mapping[str, object]) -> str | None:
    return text(found.get("speaker")) or None


def _usage(value: object) -> Usage | None:
    found = _fields(value)
    if not found:
        return None
    tokens = (integer(found.get(name)) for name in ("input_tokens", "output_tokens", "total_tokens"))
    return Usage(number(found.get("seconds")), *tokens)
