"""Reads the transcripts of OpenAI-compatible servers, in all shapes in which they send them.

The rules, in `shapes` and `times`, are the same for all servers:

1. An answer may be inside an envelope (`result`, `data`, `output`, ...), in a list of one member, or in several lines.
2. The text is under `text`, or under another known name; without one it is made of the segments or words.
3. Segments and words are lists of objects with a text and a time. They have many names; words may be in segments.
4. Parts of words are joined: if any part begins with a blank, each blank begins a word.
5. Times are seconds, clocks, or numbers whose unit follows from their name or from the length of the recording. A
   missing end is the start of the next row. A row without any time is only in the text.
6. A text in the form of subtitles is read as subtitles. Line breaks in a sentence are layout, and become blanks.
7. A body that is no JSON is read as events, lines of JSON, subtitles, or plain text; a page of HTML is an error.
8. An object with an error and no text is that error, whatever its status.
"""

from typing import TYPE_CHECKING

from ..._base.exports import names

if TYPE_CHECKING:
    from . import times
    from .bodies import Failure, is_page, read_body
    from .events import EventTranscript
    from .shapes import canonical, error_of

__all__ = ["EventTranscript", "Failure", "canonical", "error_of", "is_page", "read_body", "times"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "EventTranscript": ".events",
            "Failure": ".bodies",
            "canonical": ".shapes",
            "error_of": ".shapes",
            "is_page": ".bodies",
            "read_body": ".bodies",
        },
    )
