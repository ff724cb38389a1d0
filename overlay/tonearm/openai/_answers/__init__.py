"""Reads what OpenAI-compatible servers answer to a transcription, in whatever shape they have it.

The rules, in `shapes` and `times`; none of them asks which server it is:

1. The answer may stand in an envelope (`result`, `data`, `output`, ...), in a list of one, or in several lines.
2. The text is under `text`, or under the first other name that is in use for it; else segments and words make it up.
3. Segments and words are lists of objects that have a text and a time. They have many names; words may be in segments.
4. Parts of words are joined: a leading blank begins a word, where any has one.
5. Times are seconds, clocks, or numbers whose unit the name or the length of the recording tells. An end that is not
   told is the beginning of what follows. What has no time at all is in the text.
6. A text that is subtitles is read as such. Line breaks in a sentence are the server's layout, and become blanks.
7. A body that is no JSON is events, lines of JSON, subtitles, or the text itself; but a page of HTML is an error.
8. An object with an error and no text is that error, whatever its status.
"""

from typing import TYPE_CHECKING

from ..._base.exports import names

if TYPE_CHECKING:
    from . import times
    from .bodies import Failure, is_page, read_body
    from .events import Heard
    from .shapes import canonical, error_of

__all__ = ["Failure", "Heard", "canonical", "error_of", "is_page", "read_body", "times"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "Failure": ".bodies",
            "Heard": ".events",
            "canonical": ".shapes",
            "error_of": ".shapes",
            "is_page": ".bodies",
            "read_body": ".bodies",
        },
    )
