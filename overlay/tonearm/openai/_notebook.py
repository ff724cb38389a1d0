"""HTML of transcripts and spoken files for notebooks: a player, and lines that play when clicked."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from .._audio import named
from .._base.shown import escape, text
from .._files import Source
from ..errors import TonearmError

EMBED = 2 * 1024 * 1024
"""Bytes up to which a notebook embeds a recording; of a larger one it shows the name."""

_ROOM = 24_000
"""Characters of HTML after which no further line is shown."""

_BOX = "max-height:24em;overflow:auto;border:1px solid #8886;border-radius:6px;padding:6px 10px;margin:6px 0"
_AT = (
    "font:12px monospace;color:inherit;background:none;border:1px solid #8886;border-radius:4px;"
    "padding:0 6px;margin-right:8px;cursor:pointer"
)
_GO = "const a=this.closest('.tonearm').querySelector('audio');if(a){{a.currentTime={:.3f};a.play()}}"


class Stretch(Protocol):
    """A segment."""

    @property
    def start(self) -> float: ...
    @property
    def text(self) -> str: ...
    @property
    def speaker(self) -> str | None: ...


def player(path: Path | None) -> str:
    """A player with the embedded recording, or the reason why the recording is not embedded."""
    if path is None:
        return ""
    try:
        with Source.open(path) as source:
            if source.size > EMBED:
                return f"<p>{text(str(path))} is too large to be embedded.</p>"
            kind = named(source.name, source.head())[1]
            data = base64.b64encode(source.read_at(0, source.size)).decode()
    except TonearmError:
        return f"<p>{text(str(path))} cannot be read any more.</p>"
    return f'<p><audio controls preload="metadata" src="data:{escape(kind)};base64,{data}"></audio></p>'


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """The facts with a value, in one line."""
    return f"<p>{', '.join(f'{text(str(value))} {name}'.strip() for name, value in pairs if value)}</p>"


def lines(transcript: str, segments: Sequence[Stretch]) -> str:
    """The segments with their times, up to a limit; without segments the text."""
    if not segments:
        return f'<div style="{_BOX}" dir=auto>{text(transcript, 5_000)}</div>'
    rows: list[str] = []
    room = _ROOM
    for segment in segments:
        row = _line(segment)
        room -= len(row)
        if room < 0:
            rows.append(f"<p>and {len(segments) - len(rows):,} more; `to_html()` makes a page with all of them</p>")
            break
        rows.append(row)
    return f'<div style="{_BOX}">{"".join(rows)}</div>'


def _line(segment: Stretch) -> str:
    who = f"<b>{text(segment.speaker, 40)}</b> " if segment.speaker else ""
    go = escape(_GO.format(segment.start))
    at = f'<button type=button style="{_AT}" onclick="{go}">{_clock(segment.start)}</button>'
    return f"<div dir=auto>{at}{who}{text(segment.text)}</div>"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"
