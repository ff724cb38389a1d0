"""A recording in memory whose every second is a word, and a server that hears the words, for plans."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from attrs import field, frozen

from tests.inside.audio import ANY, Choice, PacketIndex, Piece, Scan, Silence, Span, Survey, _audio
from tests.inside.files import FileWindow
from tests.inside.http import Request
from tests.inside.openai import Job, Server, plan
from tests.plans.play import Cut, Reply, reply
from tonearm.errors import ConnectionFailed
from tonearm.openai.options import TranscribeOptions


@frozen
class Recording:
    """Words of half a second, one a second; silence between them, but not after every word where `breath` is longer."""

    words: tuple[str, ...]
    breath: int = 1

    @property
    def content(self) -> bytes:
        """What a file of it holds."""
        return json.dumps([self.words, self.breath]).encode() + bytes(32 * len(self.words))

    @classmethod
    def read(cls, file: BinaryIO) -> Recording:
        file.seek(0)
        words, breath = json.loads(file.read().rstrip(b"\0"))
        return cls(tuple(words), breath)

    @property
    def scan(self) -> Scan:
        places = range(self.breath, len(self.words) + 1, self.breath)
        return Scan(float(len(self.words)), tuple(Silence(place - 0.5, place) for place in places))


@frozen
class Scanned:
    """A scan that has ended as soon as it began."""

    scan: Scan
    report: Callable[[float], None]
    index: PacketIndex = field(factory=PacketIndex, eq=False)

    def begin(self) -> None:
        self.report(0.5)
        self.report(1.0)

    def look_ahead(self, ahead: float) -> None:
        assert ahead == _audio.AHEAD

    def reach(self, _: float) -> Scan:
        return self.scan


@frozen
class Media:
    """Stands for the reading and cutting of recordings; `scans` and `written` count."""

    scans: list[int] = field(factory=list[int])
    written: list[Span] = field(factory=list[Span])

    def install(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(_audio, "Scanning", self.scanning)
        for name in ("scan", "survey", "write_pieces"):
            patch.setattr(_audio, name, getattr(self, name))

    def survey(self, file: BinaryIO, _: Choice, *, most: float) -> Survey:
        return Survey(min(most, float(len(Recording.read(file).words))), plain=True)

    def _said(self, file: BinaryIO) -> list[tuple[str, float, float]]:
        """The words of a recording, or of a piece of one that was written here, with their times."""
        file.seek(0)
        if file.read(2) == b"[{":
            file.seek(0)
            return [(word["word"], word["start"], word["end"]) for word in json.loads(file.read())]
        return [(word, float(at), at + 0.5) for at, word in enumerate(Recording.read(file).words)]

    def scan(self, file: BinaryIO, _: Choice, *, ahead: float) -> Scan:
        assert ahead == math.inf
        self.scans.append(1)
        return Recording.read(file).scan

    def scanning(self, file: BinaryIO, _: Choice, *, report: Callable[[float], None]) -> Scanned:
        self.scans.append(1)
        return Scanned(Recording.read(file).scan, report)

    def write_pieces(
        self,
        file: BinaryIO,
        spans: Iterable[Span],
        folder: Path,
        _: Choice = ANY,
        *,
        most: int | None,
        index: PacketIndex | None = None,
    ) -> Iterator[Piece]:
        assert most is None  # of this server no limit is known
        said = self._said(file)
        for place, span in enumerate(spans):
            path = folder / f"{place:04}.wav"
            heard = [
                {"word": word, "start": start - span.start, "end": end - span.start}
                for word, start, end in said
                if span.start <= start and end <= span.end
            ]
            path.write_bytes(json.dumps(heard).encode())
            self.written.append(span)
            yield Piece(span, path, path.name, "audio/wav", span.start, span.end, path.stat().st_size)


def field_of(request: Request, name: str) -> list[str]:
    """The values of a form field."""
    assert request.form is not None
    return [part.value.decode() for part in request.form if part.name == name and isinstance(part.value, bytes)]


@frozen
class Hearing:
    """A server that hears the words of pieces; `failing` is asked first whether, and how, a request fails.

    `hearing` says which of the words it puts into its answer.
    `heard` has the first word of each piece that was answered, `prompts` what they were given.
    """

    failing: Callable[[str], Reply | None] = lambda _: None
    formats: tuple[str, ...] = ("verbose_json", "json")
    hearing: Callable[[list[Any]], list[Any]] = lambda words: words
    heard: list[str] = field(factory=list[str])
    prompts: list[list[str]] = field(factory=list[list[str]])
    requests: list[Request] = field(factory=list[Request])

    def __call__(self, request: Request) -> Reply:
        self.requests.append(request)
        assert request.form is not None
        (window,) = (part.value for part in request.form if part.name == "file")
        assert isinstance(window, FileWindow)
        words = json.loads(b"".join(window.blocks()).rstrip(b"\0"))
        if isinstance(words[0], list):  # the whole recording, as it is
            words = [{"word": word, "start": at, "end": at + 0.5} for at, word in enumerate(words[0])]
        format = next(iter(field_of(request, "response_format")), "json")
        if format not in self.formats:
            return reply(status=400, json={"error": {"message": "no such response_format", "param": "response_format"}})
        failure = self.failing(words[0]["word"])
        if failure is None or (isinstance(failure, ConnectionFailed) and failure.sent):
            self.heard.append(words[0]["word"])
            self.prompts.append(field_of(request, "prompt"))
        if failure is not None:
            assert not isinstance(failure, Cut)
            return failure
        words = self.hearing(words)
        answer: dict[str, Any] = {"text": " ".join(word["word"] for word in words)}
        if format == "verbose_json":
            answer |= {"language": "english", "usage": {"type": "duration", "seconds": 2}}
            answer["segments"] = [
                {"id": place, "start": word["start"], "end": word["end"], "text": word["word"]}
                for place, word in enumerate(words)
            ]
            if "word" in field_of(request, "timestamp_granularities[]"):
                answer["words"] = words
        return reply(json=answer)


def job(**options: Any) -> Job:
    """A transcription in pieces of ten seconds, at a server of which nothing is known yet."""
    format = options.pop("format", None)
    asked = cast("TranscribeOptions", {"piece": 10.0, **options})
    return plan.transcription(asked, format, Server("http://server/v1", transcription_model="whisper-1"))
