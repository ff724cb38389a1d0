"""From the answer to a streamed transcription to our events."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import Any

from attrs import define, field

from ..._base.coerce import text
from ..._base.notes import with_notes
from ..._http import EVENT_STREAM, Answer, Events, Head, event_error
from ...errors import ConnectionFailed, TranscriptInterrupted
from .._answers import Heard, error_of, times
from ..types import Transcript
from . import parsing
from .events import SegmentDone, TextDelta, TranscriptDone, TranscriptEvent

LONGEST = 128 * 1024 * 1024
"""Bytes of an answer that is not streamed."""


@define
class Told:
    """What was told so far; a server that does not stream tells all of it at the end."""

    head: Head
    transcript: Transcript | None = field(default=None, init=False)
    events: Iterator[TranscriptEvent] = field(default=iter(()), init=False)
    _sse: Events = field(factory=lambda: Events(texts=True), init=False)
    _heard: Heard = field(factory=Heard, init=False)
    _whole: bytearray = field(factory=bytearray, init=False)
    _streams: bool | None = field(default=None, init=False)
    _came: bool = field(default=False, init=False)

    @property
    def text(self) -> str:
        """The text so far."""
        return self._heard.text if self.transcript is None else self.transcript.text

    @contextmanager
    def guarded(self) -> Generator[None]:
        """Turn what ends a stream too early into an error that keeps the text."""
        try:
            yield
        except ConnectionFailed as error:
            raise with_notes(self._interrupted(str(error)), error) from error
        except ValueError as error:
            raise self._interrupted(str(error)) from None

    def take(self, block: bytes) -> None:
        """Take the next block, which is empty at the end; the events that end in it are the next `events`."""
        if self._streams is None and block.strip():
            self._streams = self.head.content_type == EVENT_STREAM and block.lstrip()[:1] not in (b"{", b"[")
        found = self._fed(block) if block else self._finished()
        self.events = chain(found)  # unlike a generator, it is not closed by a loop that is left

    def _fed(self, block: bytes) -> Iterator[TranscriptEvent]:
        if self._streams:
            for event in self._sse.feed(block):
                yield from self._read(event)
            if self._sse.ended:
                yield from self._end()
        else:
            self._whole += block
            if len(self._whole) > LONGEST:
                raise ValueError(f"the answer has more than {LONGEST} bytes")

    def _finished(self) -> Iterator[TranscriptEvent]:
        if not self._streams and (self.head.content_type != EVENT_STREAM or self._whole.strip()):
            self.transcript = parsing.transcript(Answer(self.head, bytes(self._whole)))
            yield TranscriptDone(self.transcript)
            return
        for event in self._sse.finish():
            yield from self._read(event)
        if self._sse.ended or self._heard.complete:
            yield from self._end()
        if self.transcript is None:
            raise self._interrupted("the events ended before the transcript was whole")

    def _read(self, event: Mapping[str, Any]) -> Iterator[TranscriptEvent]:
        if self.transcript is not None:
            return
        self._came = True
        said = event_error(event) or error_of(event)
        if said is not None:
            raise self._interrupted(f"the server gave up: {self.head.scrub(said)}")
        for part in self._heard.take(event):
            if part.kind == "done":
                yield from self._end()
            elif part.kind == "delta":
                logprobs = Transcript.of({"text": part.text, "logprobs": event.get("logprobs")}, None).logprobs
                yield TextDelta(part.text, text(event.get("segment_id")), logprobs, event)
            elif times.of(part.segment or {}).start is not None:
                found = Transcript.of({"text": "", "segments": [part.segment]}, None).segments
                yield from (SegmentDone(segment, text(event.get("id")), event) for segment in found)

    def _end(self) -> Iterator[TranscriptEvent]:
        """The transcript, from the last event as far as it says it."""
        if self.transcript is None:
            if self._came and not self._heard.told:
                raise self._interrupted("no event has a text")
            self.transcript = Transcript.of(self._heard.transcript(), self.head.request_id)
            yield TranscriptDone(self.transcript)

    def _interrupted(self, reason: str) -> TranscriptInterrupted:
        return TranscriptInterrupted(reason, done=len(self._heard.pieces), text=self.text)
