"""Transcripts in events: those of OpenAI's types, or events with a text or a segment each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, cast

from attrs import define, field, frozen

from ..._base.coerce import text
from ...subtitles.width import gap
from . import times

Kind: TypeAlias = Literal["delta", "segment", "done"]

_DONE = ("done", "completed", "final", "finished", "end")
_DEEP = 4  # nested objects that are opened
_INSIDE = ("data", "result", "segment", "transcript", "transcription", "output", "message")


@frozen
class Part:
    """The content of one event: a piece of the text, a segment, or at the end the whole text."""

    kind: Kind
    text: str
    segment: Mapping[str, Any] | None = None


@define
class EventTranscript:
    """Collects the text and the segments of events; `done` is the last event."""

    pieces: list[str] = field(factory=list[str])
    segments: list[Mapping[str, Any]] = field(factory=list[Mapping[str, Any]])
    done: Mapping[str, Any] | None = None
    has_text: bool = field(default=False, init=False)
    _has_pieces: bool = field(default=False, init=False)
    _added: set[tuple[times.Times, str]] = field(factory=set[tuple[times.Times, str]], init=False)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.pieces)

    def take(self, event: Mapping[str, Any]) -> list[Part]:
        """Add an event, and return the parts of the transcript in it, if any."""
        parts = list(self._read(event))
        self.has_text = self.has_text or bool(parts)
        return parts

    @property
    def complete(self) -> bool:
        """Whether events that end without a closing one may be complete: if each has a whole text, not a piece."""
        return self.has_text and not self._has_pieces

    def transcript(self) -> dict[str, Any]:
        """The whole transcript, in the shape of an answer that is not streamed."""
        last = dict(self.done or {})
        raw = {**last, "text": text(last.get("text")) or self.text}
        if self.segments or "segments" not in raw:
            raw["segments"] = list(self.segments)
        return raw

    def _read(self, event: Mapping[str, Any], deep: int = 0) -> list[Part]:
        kind = str(event.get("type") or event.get("event") or event.get("status") or "").lower()
        delta = _delta(event)
        if kind == "transcript.text.segment":
            return self._segment(event, adds=False)
        if kind == "transcript.text.done" or (kind.endswith(_DONE) and isinstance(event.get("text"), str)):
            self.done = event
            return [Part("done", text(event.get("text")) or self.text)]
        if delta is not None:
            self._has_pieces = True
            return self._delta(delta)
        rows = event.get("segments")
        if isinstance(rows, list):
            members = [cast("Mapping[str, Any]", row) for row in cast("list[object]", rows) if isinstance(row, dict)]
            return [part for row in members for part in self._segment(row, adds=True)]
        whole = text(event.get("text"))
        if whole is not None:
            return self._segment(event, adds=True) if times.of(event).start is not None else self._text(whole)
        inner = next((event[name] for name in _INSIDE if event.get(name)), None)
        if isinstance(inner, dict) and deep < _DEEP:
            return self._read(cast("Mapping[str, Any]", inner), deep + 1)
        return self._text(inner) if isinstance(inner, str) else []

    def _delta(self, delta: str) -> list[Part]:
        if delta:
            self.pieces.append(delta)
        return [Part("delta", delta)] if delta else []

    def _text(self, value: str) -> list[Part]:
        """Add a whole text: it is the text so far with more at its end, or it follows the text after a blank."""
        before = self.text
        if before and value.startswith(before):
            return self._delta(value[len(before) :])
        blank = gap(before, value) if before and value and not before[-1].isspace() and not value[0].isspace() else ""
        return self._delta(f"{blank}{value}") or [Part("delta", "")]

    def _segment(self, row: Mapping[str, Any], *, adds: bool) -> list[Part]:
        """Add a segment. `adds` says that its text is in no other events; a segment that was seen before adds nothing.

        Some servers repeat all segments so far in every event.
        """
        spoken = text(row.get("text")) or ""
        known = (times.of(row), spoken)
        if adds and known[0].start is not None:
            if known in self._added:
                return []
            self._added.add(known)
        self.segments.append(row)
        pieces = self._text(spoken) if adds else []
        return [*[piece for piece in pieces if piece.text], Part("segment", spoken, row)]


def _delta(event: Mapping[str, Any]) -> str | None:
    """The piece of text in an event: OpenAI's `delta`, or the text of a chat or a completion."""
    choices = event.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        choice = cast("Mapping[str, object]", choices[0])
        inner = choice.get("delta") or choice.get("message")
        content = cast("Mapping[str, object]", inner).get("content") if isinstance(inner, dict) else choice.get("text")
        return text(content)
    token = event.get("token")
    if isinstance(token, dict):
        return text(cast("Mapping[str, object]", token).get("text"))
    return text(event.get("delta"))
