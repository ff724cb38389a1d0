"""Subtitles: reads files of other programs, lays out transcripts, and writes SubRip, WebVTT, LRC and web pages.

May import: `_base`, `errors`.

Other packages of the library also use `width` (how words of a script are joined) and `spoken.PAUSE`.
"""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
    from .cue import Cue
    from .html import Sound, page
    from .layout import cues
    from .parse import SubtitleFormat, read
    from .spoken import Timed
    from .width import joined
    from .write import lrc, srt, vtt

__all__ = ["Cue", "Sound", "SubtitleFormat", "Timed", "cues", "joined", "lrc", "page", "read", "srt", "vtt"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "Cue": ".cue",
            "Sound": ".html",
            "SubtitleFormat": ".parse",
            "Timed": ".spoken",
            "cues": ".layout",
            "joined": ".width",
            "lrc": ".write",
            "page": ".html",
            "read": ".parse",
            "srt": ".write",
            "vtt": ".write",
        },
    )
