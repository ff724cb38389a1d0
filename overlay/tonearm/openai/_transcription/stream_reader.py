"""From the answer to a streamed transcription to our events."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import Any, cast

from attrs import define, field

from ..._base.coerce import text
from ..._base.notes import with_notes
from ..._http import EVENT_STREAM, Answer, Events, Head, event_error
from ...errors import ConnectionFailed, TranscriptInterrupted
from ..types import Transcript
from . import parsing
from .events import SegmentDone, TextDelta, TranscriptDone, TranscriptEvent

LONGEST = 128 * 1024 * 1024
"""Bytes of an answer that is not streamed."""


@define
class Told:
    """What was told so far; a server that does not stream tells all of it at the end, as JSON."""

    head: Head
    transcript: Transcript | None = field(default=None, init=False)
    events: Iterator[TranscriptEvent] = field(default=iter(()), init=False)
    _sse: Events = field(factory=Events, init=False)
    _pieces: list[str] = field(factory=list[str], init=False)
    _segments: list[Mapping[str, Any]] = field(factory=list[Mapping[str, Any]], init=False)
    _whole: bytearray = field(factory=bytearray, init=False)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces) if self.transcript is None else self.transcript.text

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
        found = self._fed(block) if block else self._finished()
        self.events = chain(found)  # unlike a generator, it is not closed by a loop that is left

    def _fed(self, block: bytes) -> Iterator[TranscriptEvent]:
        if self.head.content_type == EVENT_STREAM:
            for event in self._sse.feed(block):
                yield from self._read(event)
            if self._sse.ended:
                yield from self._end({})
        else:
            self._whole += block
            if len(self._whole) > LONGEST:
                raise ValueError(f"the answer has more than {LONGEST} bytes")

    def _finished(self) -> Iterator[TranscriptEvent]:
        if self.head.content_type != EVENT_STREAM:
            self.transcript = parsing.transcript(Answer(self.head, bytes(self._whole)))
            yield TranscriptDone(self.transcript)
            return
        for event in self._sse.finish():
            yield from self._read(event)
        if self._sse.ended:
            yield from self._end({})
        if self.transcript is None:
            raise self._interrupted("the events ended before the transcript was whole")

    def _read(self, event: Mapping[str, Any]) -> Iterator[TranscriptEvent]:
        if self.transcript is not None:
            return
        said = event_error(event)
        if said is not None:
            raise self._interrupted(f"the server gave up: {self.head.scrub(said)}")
        kind, delta = event.get("type"), _delta(event)
        if kind == "transcript.text.done":
            yield from self._end(event)
        elif kind == "transcript.text.segment":
            self._segments.append(event)
            found = Transcript.of({"text": "", "segments": [event]}, None).segments
            yield from (SegmentDone(segment, text(event.get("id")), event) for segment in found)
        elif delta:
            self._pieces.append(delta)
            logprobs = Transcript.of({"text": delta, "logprobs": event.get("logprobs")}, None).logprobs
            yield TextDelta(delta, text(event.get("segment_id")), logprobs, event)

    def _end(self, event: Mapping[str, Any]) -> Iterator[TranscriptEvent]:
        """The transcript, from the last event as far as it says it."""
        if self.transcript is None:
            said = text(event.get("text"))
            raw = {**event, "text": self.text if said is None else said}
            if self._segments or "segments" not in event:
                raw["segments"] = self._segments
            self.transcript = Transcript.of(raw, self.head.request_id)
            yield TranscriptDone(self.transcript)

    def _interrupted(self, reason: str) -> TranscriptInterrupted:
        return TranscriptInterrupted(reason, done=len(self._pieces), text=self.text)


def _delta(event: Mapping[str, Any]) -> str | None:
    """The piece of text in an event: OpenAI's `delta`, or vLLM's in the shape of a chat."""
    choices = event.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        inner = cast("Mapping[str, object]", choices[0]).get("delta")
        return text(cast("Mapping[str, object]", inner).get("content")) if isinstance(inner, dict) else None
    return text(event.get("delta"))
