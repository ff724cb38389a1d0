"""Transcripts that come in events: of OpenAI's types, or a text or a segment in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, cast

from attrs import define, field, frozen

from ..._base.coerce import text
from ...subtitles.width import gap
from . import times

Kind: TypeAlias = Literal["delta", "segment", "done"]

_DONE = ("done", "completed", "final", "finished", "end")
_DEEP = 4  # objects in one another that are opened
_INSIDE = ("data", "result", "segment", "transcript", "transcription", "output", "message")


@frozen
class Said:
    """What one event says: a piece of the text, a segment, or all of it at the end."""

    kind: Kind
    text: str
    segment: Mapping[str, Any] | None = None


@define
class Heard:
    """What the events have said so far."""

    pieces: list[str] = field(factory=list[str])
    segments: list[Mapping[str, Any]] = field(factory=list[Mapping[str, Any]])
    done: Mapping[str, Any] | None = None
    told: bool = field(default=False, init=False)
    _pieces: bool = field(default=False, init=False)
    _added: set[tuple[times.Times, str]] = field(factory=set[tuple[times.Times, str]], init=False)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.pieces)

    def take(self, event: Mapping[str, Any]) -> list[Said]:
        """Take an event; nothing where it has no part of a transcript."""
        found = list(self._read(event))
        self.told = self.told or bool(found)
        return found

    @property
    def complete(self) -> bool:
        """Whether all may have come when the events end without a word: where each has a whole text, not a piece."""
        return self.told and not self._pieces

    def transcript(self) -> dict[str, Any]:
        """All of it, as an answer that has it at once."""
        last = dict(self.done or {})
        raw = {**last, "text": text(last.get("text")) or self.text}
        if self.segments or "segments" not in raw:
            raw["segments"] = list(self.segments)
        return raw

    def _read(self, event: Mapping[str, Any], deep: int = 0) -> list[Said]:
        kind = str(event.get("type") or event.get("event") or event.get("status") or "").lower()
        delta = _delta(event)
        if kind == "transcript.text.segment":
            return self._segment(event, adds=False)
        if kind == "transcript.text.done" or (kind.endswith(_DONE) and isinstance(event.get("text"), str)):
            self.done = event
            return [Said("done", text(event.get("text")) or self.text)]
        if delta is not None:
            self._pieces = True
            return self._delta(delta)
        rows = event.get("segments")
        if isinstance(rows, list):
            members = [cast("Mapping[str, Any]", one) for one in cast("list[object]", rows) if isinstance(one, dict)]
            return [said for row in members for said in self._segment(row, adds=True)]
        said = text(event.get("text"))
        if said is not None:
            return self._segment(event, adds=True) if times.of(event).start is not None else self._text(said)
        inner = next((event[name] for name in _INSIDE if event.get(name)), None)
        if isinstance(inner, dict) and deep < _DEEP:
            return self._read(cast("Mapping[str, Any]", inner), deep + 1)
        return self._text(inner) if isinstance(inner, str) else []

    def _delta(self, delta: str) -> list[Said]:
        if delta:
            self.pieces.append(delta)
        return [Said("delta", delta)] if delta else []

    def _text(self, said: str) -> list[Said]:
        """A text of its own: all so far with something more, or what follows it after a blank."""
        before = self.text
        if before and said.startswith(before):
            return self._delta(said[len(before) :])
        blank = gap(before, said) if before and said and not before[-1].isspace() and not said[0].isspace() else ""
        return self._delta(f"{blank}{said}") or [Said("delta", "")]

    def _segment(self, row: Mapping[str, Any], *, adds: bool) -> list[Said]:
        """A segment; its text is new where no other events bring it, and it was in none before.

        There are servers whose every event has all segments so far.
        """
        said = text(row.get("text")) or ""
        known = (times.of(row), said)
        if adds and known[0].start is not None:
            if known in self._added:
                return []
            self._added.add(known)
        self.segments.append(row)
        pieces = self._text(said) if adds else []
        return [*[piece for piece in pieces if piece.text], Said("segment", said, row)]


def _delta(event: Mapping[str, Any]) -> str | None:
    """The piece of text in an event: OpenAI's `delta`, or that of a chat or a completion."""
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
