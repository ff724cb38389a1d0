"""Text from recordings of any length: requests, cuts, stitching, kept answers, live streams.

May import: `_operations` and the types of this service, `_transfer` and all below.
"""

from typing import TYPE_CHECKING

from ..._base.exports import names

if TYPE_CHECKING:
    from .events import SegmentDone, TextDelta, TranscriptDone, TranscriptEvent
    from .live import open_transcript
    from .plan import recognise, transcription, translation
    from .streams import AsyncTranscriptStream, TranscriptStream

__all__ = [
    "AsyncTranscriptStream",
    "SegmentDone",
    "TextDelta",
    "TranscriptDone",
    "TranscriptEvent",
    "TranscriptStream",
    "open_transcript",
    "recognise",
    "transcription",
    "translation",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "AsyncTranscriptStream": ".streams",
            "SegmentDone": ".events",
            "TextDelta": ".events",
            "TranscriptDone": ".events",
            "TranscriptEvent": ".events",
            "TranscriptStream": ".streams",
            "open_transcript": ".live",
            "recognise": ".plan",
            "transcription": ".plan",
            "translation": ".plan",
        },
    )
