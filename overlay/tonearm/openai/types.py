"""Transcripts and spoken files, and the literal types of arguments."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias

from attrs import asdict, field, frozen

from .. import subtitles
from .._base import tables, validate
from .._base.answers import Answer
from .._base.coerce import items, number, text
from .._base.shown import card, facts
from . import _answers, _notebook
from ._page import EMBED, sound, titled
from .transcript_parts import Logprob, Segment, Usage, Word, logprob_of, only_language, segment_of, usage_of, words_of

SpeechFormat: TypeAlias = Literal["mp3", "opus", "aac", "flac", "wav", "pcm"]
FileFormat: TypeAlias = Literal["mp3", "opus", "aac", "flac", "wav", "pcm", "m4a", "m4b"]
"""The format of a file of speech; no server sends m4a and m4b, so they are encoded on this machine."""
JsonFormat: TypeAlias = Literal["json", "verbose_json", "diarized_json"]
TextFormat: TypeAlias = Literal["text", "srt", "vtt"]
TranslationJsonFormat: TypeAlias = Literal["json", "verbose_json"]
Voice: TypeAlias = str | Mapping[str, str]
"""The name of a voice, or ``{"id": ...}`` for a voice of your own."""
Rows: TypeAlias = Literal["segments", "words"]
"""The kind of rows in a table."""
SpeechStreamFormat: TypeAlias = Literal["audio", "sse"]
Sample: TypeAlias = str | os.PathLike[str] | bytes
"""Seconds of a voice: the path of a file, its bytes, or a data URL."""
FormScalar: TypeAlias = str | int | float | bool
FormValue: TypeAlias = FormScalar | Sequence[FormScalar] | Mapping[str, FormScalar]
"""The value of an extra form field: a list is sent as `name[]` several times, a mapping as `name[key]`."""


@frozen(repr=False)
class Transcript(Answer):
    """The text of a recording.

    Attributes:
        text: the whole text.
        language: as the server names it: an English name or a code; None if it sends none.
        duration: seconds of audio; None if the server sends none.
        segments: stretches with times; empty if the format has none.
        words: words with times; None if the server sends none.
        usage: what it cost; None if the server does not say.
        logprobs: how probable each token is, with ``include=["logprobs"]``; None if the server sends none.
        gaps: start and end in seconds of each stretch with sound for which the answers have no text.
        doubtful: start and end in seconds of each stretch with the same words again and again, a recogniser's fault.
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
    gaps: tuple[tuple[float, float], ...] = ()
    doubtful: tuple[tuple[float, float], ...] = ()
    _audio: Path | None = field(default=None, alias="audio", repr=False, eq=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any], request_id: str | None) -> Self:
        """Read an answer in the shape of any server; ValueError if it has no text."""
        answer = _answers.canonical(raw)
        return cls(
            text=answer["text"],
            language=text(answer.get("language")) or only_language(raw.get("languages")),
            duration=number(answer.get("duration")),
            segments=tuple([segment_of(row) for row in answer.get("segments", ())]),
            words=words_of(answer.get("words", ())) or None,
            usage=usage_of(raw.get("usage")),
            raw=raw,
            request_id=request_id,
            logprobs=items(raw.get("logprobs"), logprob_of) or None,
        )

    def to_srt(self) -> str:
        """Make SubRip subtitles; InvalidInput if the transcript has no times."""
        return subtitles.srt(self._cues(named=True))

    def to_vtt(self) -> str:
        """Make WebVTT subtitles; InvalidInput if the transcript has no times."""
        return subtitles.vtt(self._cues(overlap=True))

    def to_lrc(self) -> str:
        """Make lyrics in LRC, lines with a time each; InvalidInput if the transcript has no times."""
        return subtitles.lrc(self._cues(named=True, overlap=True))

    def to_txt(self) -> str:
        """Return the text as the contents of a file."""
        return f"{self.text.strip()}\n"

    def to_json(self) -> str:
        """Return text, language, duration, segments and words as the contents of a JSON file, without None."""
        data: dict[str, Any] = {"text": self.text, "language": self.language, "duration": self.duration}
        for name, parts in (("segments", self.segments), ("words", self.words)):
            data[name] = None if parts is None else [_known(asdict(part)) for part in parts]
        return f"{json.dumps(_known(data), ensure_ascii=False, indent=2)}\n"

    def to_html(
        self,
        *,
        audio: str | os.PathLike[str] | bytes | None = None,
        title: str | None = None,
        embed: int = EMBED,
        link: str | None = None,
    ) -> str:
        """Make a web page of one file: the recording and its waveform, words that play when clicked, search, export.

        The page needs no network.

        Args:
            audio: the recording: a file, its bytes, or a web address; None for a page without a player.
            title: the page's title; the name of the recording when None.
            embed: bytes up to which the page contains the recording; it links a larger one.
            link: the address of a larger recording; its path when None.

        Raises:
            InvalidInput: the recording cannot be read as audio.
        """
        return subtitles.page(
            title or titled(audio),
            self.text,
            self.segments,
            self.words or (),
            sound=sound(audio, embed, link),
            language=self.language,
            duration=self.duration,
            doubtful=self.doubtful,
            empty=self.gaps,
        )

    def to_pandas(self, rows: Rows = "segments") -> Any:
        """Make a `pandas.DataFrame` with a row for each segment, or with ``"words"`` for each word.

        Args:
            rows: the kind of rows; a transcript without words has no rows of words.

        Raises:
            ConfigurationError: pandas is not installed.
        """
        return tables.to_pandas(*self._rows(rows))

    def to_arrow(self, rows: Rows = "segments") -> Any:
        """Make a `pyarrow.Table` with a row for each segment, or with ``"words"`` for each word.

        Args:
            rows: the kind of rows; a transcript without words has no rows of words.

        Raises:
            ConfigurationError: pyarrow is not installed.
        """
        return tables.to_arrow(*self._rows(rows))

    def _rows(self, rows: Rows) -> tuple[type[Any], Sequence[Word | Segment]]:
        of: dict[str, tuple[type[Any], Sequence[Word | Segment]]]
        of = {"segments": (Segment, self.segments), "words": (Word, self.words or ())}
        return of[validate.word(rows, "rows", of)]

    def _repr_html_(self) -> str:
        counts = [("segments", len(self.segments)), ("words", len(self.words or ())), ("gaps", len(self.gaps))]
        counts.append(("doubtful stretches", len(self.doubtful)))
        return card(
            "Transcript",
            _notebook.facts([("", self.language), ("s", self.duration), *counts]),
            _notebook.player(self._audio),
            _notebook.lines(self.text, self.segments),
        )

    @classmethod
    def from_subtitles(cls, text: str, format: subtitles.SubtitleFormat | None = None) -> Self:
        """Read subtitles as a transcript, with a segment for each cue.

        Args:
            text: the contents of a file.
            format: `srt`, `vtt`, `lrc`, `sbv`, `ass`, `ssa` or `ttml`; detected when None.

        Raises:
            InvalidInput: the text is not in this format, or has no time that can be read.
            ConfigurationError: the extra `subtitles` is not installed, which reads `ass`, `ssa` and `ttml`.
        """
        segments = tuple(
            Segment(cue.start, cue.end, subtitles.joined(cue.lines), cue.speaker)
            for cue in subtitles.read(text, format)
        )
        return cls(subtitles.joined(segment.text for segment in segments), None, None, segments, None, None, {})

    def _cues(self, *, named: bool = False, overlap: bool = False) -> list[subtitles.Cue]:
        return subtitles.cues(
            self.text, self.segments, self.words or (), named=named, overlap=overlap, duration=self.duration
        )


@frozen(repr=False)
class SpokenFile(Answer):
    """A file of speech.

    Attributes:
        path: the file.
        size: its bytes.
        duration: seconds; None if the server encoded the file in a format other than wav and pcm.
        pieces: the number of requests.
        request_id: the server's name for the request, if there was only one.
    """

    path: Path
    size: int
    duration: float | None
    pieces: int
    request_id: str | None = field(default=None, repr=False, eq=False)

    def _repr_html_(self) -> str:
        return card("SpokenFile", facts(self), _notebook.player(self.path))


def _known(values: dict[str, Any]) -> dict[str, Any]:
    """The known values: without None, and with `coarse` only if it is true."""
    return {name: value for name, value in values.items() if value is not None and (name, value) != ("coarse", False)}
