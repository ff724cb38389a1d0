"""Text from recordings of any length: requests, cuts, stitching, kept answers, live streams.

May import: `_operations` and the types of this service, `_transfer` and all below.
"""

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
