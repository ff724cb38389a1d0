"""Subtitles: read what others wrote, lay out a transcript for readers, and write SubRip, WebVTT, LRC and web pages.

May import: `_base`, `errors`.

Other packages of the library also use `width` (how words of a script are joined) and `layout.PAUSE`.
"""

from .cue import Cue
from .html import Sound, page
from .layout import Timed, cues
from .parse import SubtitleFormat, read
from .write import lrc, srt, vtt

__all__ = ["Cue", "Sound", "SubtitleFormat", "Timed", "cues", "lrc", "page", "read", "srt", "vtt"]
