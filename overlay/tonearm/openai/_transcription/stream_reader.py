"""Reads the response of a streamed transcription as events."""

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
from .._answers import EventTranscript, error_of, times
from ..types import Transcript
from . import parsing
from .events import SegmentDone, TextDelta, TranscriptDone, TranscriptEvent

LONGEST = 128 * 1024 * 1024
"""Most bytes of a response that is not streamed."""


@define
class TranscriptReader:
    """Reads a response block by block; a response that is not streamed becomes one event at the end."""

    head: Head
    transcript: Transcript | None = field(default=None, init=False)
    events: Iterator[TranscriptEvent] = field(default=iter(()), init=False)
    _sse: Events = field(factory=lambda: Events(texts=True), init=False)
    _collected: EventTranscript = field(factory=EventTranscript, init=False)
    _whole: bytearray = field(factory=bytearray, init=False)
    _streams: bool | None = field(default=None, init=False)
    _has_events: bool = field(default=False, init=False)

    @property
    def text(self) -> str:
        """The text so far."""
        return self._collected.text if self.transcript is None else self.transcript.text

    @contextmanager
    def guarded(self) -> Generator[None]:
        """Turn errors that interrupt the stream into TranscriptInterrupted, which has the text."""
        try:
            yield
        except ConnectionFailed as error:
            raise with_notes(self._interrupted(str(error)), error) from error
        except ValueError as error:
            raise self._interrupted(str(error)) from None

    def take(self, block: bytes) -> None:
        """Read the next block, which is empty at the end of the body; `events` are then those that it completes."""
        if self._streams is None and block.strip():
            self._streams = self.head.content_type == EVENT_STREAM and block.lstrip()[:1] not in (b"{", b"[")
        events = self._fed(block) if block else self._finished()
        self.events = chain(events)  # unlike a generator, it is not closed when a loop over it ends early

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
        if self._sse.ended or self._collected.complete:
            yield from self._end()
        if self.transcript is None:
            raise self._interrupted("the events ended before the transcript was whole")

    def _read(self, event: Mapping[str, Any]) -> Iterator[TranscriptEvent]:
        if self.transcript is not None:
            return
        self._has_events = True
        message = event_error(event) or error_of(event)
        if message is not None:
            raise self._interrupted(f"the server gave up: {self.head.scrub(message)}")
        for part in self._collected.take(event):
            if part.kind == "done":
                yield from self._end()
            elif part.kind == "delta":
                logprobs = Transcript.of({"text": part.text, "logprobs": event.get("logprobs")}, None).logprobs
                yield TextDelta(part.text, text(event.get("segment_id")), logprobs, event)
            elif times.of(part.segment or {}).start is not None:
                segments = Transcript.of({"text": "", "segments": [part.segment]}, None).segments
                yield from (SegmentDone(segment, text(event.get("id")), event) for segment in segments)

    def _end(self) -> Iterator[TranscriptEvent]:
        """Finish the transcript, with the fields of the last event."""
        if self.transcript is None:
            if self._has_events and not self._collected.has_text:
                raise self._interrupted("no event has a text")
            self.transcript = Transcript.of(self._collected.transcript(), self.head.request_id)
            yield TranscriptDone(self.transcript)

    def _interrupted(self, reason: str) -> TranscriptInterrupted:
        return TranscriptInterrupted(reason, done=len(self._collected.pieces), text=self.text)
