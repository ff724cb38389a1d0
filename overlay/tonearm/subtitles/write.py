"""Writes cues: SubRip, WebVTT and LRC."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .cue import Cue
from .width import joined

_ARROW = re.compile("-{2,}>")


def srt(cues: Sequence[Cue]) -> str:
    """Write SubRip."""
    return "".join(
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_ARROW.sub('->', _joined(cue.lines))}\n\n"
        for number, cue in enumerate(cues, 1)
    )


def vtt(cues: Sequence[Cue]) -> str:
    """Write WebVTT."""
    blocks = (
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{_voice(cue)}{_escaped(_joined(cue.lines))}\n\n"
        for cue in cues
    )
    return "WEBVTT\n\n" + "".join(blocks)


def lrc(cues: Sequence[Cue]) -> str:
    """Write LRC: minutes, seconds and hundredths before each line."""
    return "".join(f"[{_stamp(cue.start)}]{joined(cue.lines)}\n" for cue in cues)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def _voice(cue: Cue) -> str:
    return "" if cue.speaker is None else f"<v {_escaped(cue.speaker)}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _clock(seconds: float, point: str) -> str:
    minutes, rest = divmod(_milliseconds(seconds), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def _stamp(seconds: float) -> str:
    minutes, rest = divmod((_milliseconds(seconds) + 5) // 10, 6000)
    return f"{minutes:02}:{rest // 100:02}.{rest % 100:02}"
