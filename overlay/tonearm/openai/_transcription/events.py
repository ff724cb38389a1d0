"""What happens while a transcript is streamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from attrs import field, frozen

from ..._base.answers import Answer
from ..transcript_parts import Logprob, Segment
from ..types import Transcript


@frozen(repr=False)
class TextDelta(Answer):
    """The next piece of the text.

    Attributes:
        text: the piece, which follows on the one before without a space between.
        segment_id: the segment that it belongs to, where the model tells speakers.
        logprobs: how probable each token is, where ``include=["logprobs"]`` asked for it.
        raw: the event as the server sent it.
    """

    text: str
    segment_id: str | None = None
    logprobs: tuple[Logprob, ...] | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)


@frozen(repr=False)
class SegmentDone(Answer):
    """A stretch by one speaker that is finished.

    Attributes:
        segment: the stretch.
        id: what its pieces call it.
        raw: the event as the server sent it.
    """

    segment: Segment
    id: str | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)


@frozen(repr=False)
class TranscriptDone(Answer):
    """The end: all that was said."""

    transcript: Transcript


TranscriptEvent: TypeAlias = TextDelta | SegmentDone | TranscriptDone
