"""The events of a streamed transcript."""

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
        text: the piece; joined without spaces, the pieces are the text.
        segment_id: the segment to which it belongs, if the model distinguishes speakers.
        logprobs: how probable each token is, with ``include=["logprobs"]``.
        raw: the event as the server sent it.
    """

    text: str
    segment_id: str | None = None
    logprobs: tuple[Logprob, ...] | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)


@frozen(repr=False)
class SegmentDone(Answer):
    """A finished segment by one speaker.

    Attributes:
        segment: the segment.
        id: its id, which its pieces have as `segment_id`.
        raw: the event as the server sent it.
    """

    segment: Segment
    id: str | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)


@frozen(repr=False)
class TranscriptDone(Answer):
    """The end of the stream, with the whole transcript."""

    transcript: Transcript


TranscriptEvent: TypeAlias = TextDelta | SegmentDone | TranscriptDone
