"""Subtitles: read SubRip, WebVTT and LRC, lay out a transcript for readers, and write the three formats.

May import: `_base`, `errors`.

Other packages of the library also use `width` (how words of a script are joined) and `write.PAUSE`.
"""

from .cue import Cue
from .parse import SubtitleFormat, read
from .write import Timed, cues, lrc, srt, vtt

__all__ = ["Cue", "SubtitleFormat", "Timed", "cues", "lrc", "read", "srt", "vtt"]
