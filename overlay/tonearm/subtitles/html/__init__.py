"""A transcript as a web page of one file: its recording, words that play when clicked, search, and export.

The page needs no network and no other file, except the recording if it is linked and not embedded.
"""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from attrs import frozen

from ..layout import Layout
from ..schedule import Scheduled
from ..spoken import Spoken, Timed

_SILENCE = 5.0
"""Seconds without a word from which the page shows a silence."""

_COLOURS = 6
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "media-src data: blob: file: http: https: 'self'"
)

_SPECIAL = re.compile("[&<>\"']")
"""The characters that `escape` replaces."""

_SPEEDS = "".join(
    f"<option value={speed}{' selected' if speed == 1 else ''}>{speed:g}x</option>"
    for speed in (0.5, 0.75, 1, 1.25, 1.5, 2, 3)
)
_PLAYER = f"""<button id="play" type="button" title="Space or k; j and l go 10 seconds, arrows 5">Play</button>
<span id="now"></span>
<label for="speed" class="far">Speed</label><select id="speed">{_SPEEDS}</select>
"""


@frozen
class Sound:
    """The recording of a page.

    Attributes:
        url: its address, or the whole recording as a data URL.
        peaks: the loudness of equal parts of it, from 0 to 255; empty if that is not known.
        duration: its seconds; None if they are not known.
    """

    url: str
    peaks: Sequence[int] = ()
    duration: float | None = None


def page(
    title: str,
    text: str,
    segments: Sequence[Timed],
    words: Sequence[Timed],
    *,
    sound: Sound | None = None,
    language: str | None = None,
    duration: float | None = None,
    doubtful: Sequence[tuple[float, float]] = (),
    empty: Sequence[tuple[float, float]] = (),
) -> str:
    """Write the page.

    Args:
        title: its title.
        text: the whole text.
        segments: its stretches, with times.
        words: its words, with times.
        sound: the recording, to be played.
        language: the code of the language; other names are left out.
        duration: seconds of the recording, if they are known.
        doubtful: stretches that may be wrong: start and end in seconds.
        empty: stretches without text: start and end in seconds.
    """
    layout = Layout.of(segments, words)
    data: dict[str, Any] = {
        "name": re.sub(r"[^\w.-]+", "-", title).strip("-.") or "transcript",
        "text": text,
        "duration": duration if sound is None or sound.duration is None else sound.duration,
        "peaks": list(sound.peaks) if sound else [],
        "marked": [[_ms(start), _ms(end)] for start, end in [*doubtful, *empty]],
        "srt": _rows(layout.cues(named=True, duration=duration)),
        "vtt": _rows(layout.cues(overlap=True, duration=duration)),
    }
    lines = (
        "".join(_lines(layout.turns, doubtful, empty))
        if layout.turns
        else f'<section><p class="said">{escape(text)}</p></section>'
    )
    spoken_in = f' lang="{language}"' if language and _LANGUAGE.fullmatch(language) else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{escape(title)}</title>
<style>
{_resource("page.css")}</style>
</head>
<body>
<header>
<h1>{escape(title)}</h1>
{_wave(sound) if sound else ""}<div class="bar">
{_PLAYER if sound else ""}<label for="find" class="far">Search</label>
<input id="find" type="search" placeholder="Search ( / )">
<span id="found" role="status"></span>
<label for="form" class="far">Format</label><select id="form">{_forms(bool(layout.turns))}</select>
<button id="save" type="button" title="Save what is selected, or all">Save</button>
</div>
</header>
<main id="lines"{spoken_in}>
{lines}</main>
<script type="application/json" id="told">{_json(data)}</script>
<script>
{_resource("page.js")}</script>
</body>
</html>
"""


def _wave(sound: Sound) -> str:
    return f"""<audio id="audio" preload="metadata" src="{escape(sound.url)}"></audio>
<div id="wave" role="slider" tabindex="0" aria-label="Position" aria-valuemin="0" aria-valuemax="0" aria-valuenow="0">\
<canvas aria-hidden="true"></canvas></div>
"""


def _forms(timed: bool) -> str:
    return "".join(f"<option>{form}</option>" for form in (("srt", "vtt", "txt") if timed else ("txt",)))


def _lines(
    turns: Sequence[Spoken], doubtful: Sequence[tuple[float, float]], empty: Sequence[tuple[float, float]]
) -> Iterator[str]:
    """The HTML of each turn, with notes on silences and missing text."""
    names = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    colours = {name: place % _COLOURS for place, name in enumerate(names)}
    missing = sorted(empty)
    until, last = 0.0, None
    for turn in turns:
        while missing and missing[0][0] <= turn.start:
            start, end = missing.pop(0)
            until = max(until, end)
            yield _note(start, end, "text is missing here")
        if turn.start - until >= _SILENCE:
            yield _note(until, turn.start, "nobody speaks")
        yield _section(turn, turn.speaker != last, colours, any(a < turn.end and turn.start < b for a, b in doubtful))
        until, last = max(until, turn.end), turn.speaker
    for start, end in missing:
        yield _note(start, end, "text is missing here")


def _section(turn: Spoken, new: bool, colours: Mapping[str, int], doubtful: bool) -> str:
    who, colour = "", ""
    if turn.speaker:
        colour = f" s{colours[turn.speaker]}"
        who = f'<span class="who{colour}">{escape(turn.speaker)}</span>' if new else ""
    parts = turn.parts
    texts = map(escape, parts.texts) if _SPECIAL.search("".join(parts.texts)) else parts.texts
    spans = [
        f'{gap}<span class="w" data-s="{start}" data-e="{end}">{text}</span>'
        for start, end, text, gap in zip(_all_ms(parts.starts), _all_ms(parts.ends), texts, parts.gaps, strict=True)
    ]
    said = "".join(spans)[len(parts.gaps[0]) :]
    note = '<span class="far">This may be wrong.</span>' if doubtful else ""
    at = f'<button class="at" type="button" data-s="{_ms(turn.start)}">{_clock(turn.start)}</button>'
    kind = ' class="doubtful" title="This may be wrong."' if doubtful else ""
    return f'<section{kind}><p>{at}{who}{note}<span class="said">{said}</span></p></section>\n'


def _note(start: float, end: float, why: str) -> str:
    return f'<p class="note">{_clock(start)} to {_clock(end)}: {why}</p>\n'


def _rows(cues: Iterable[Scheduled]) -> list[tuple[int, int, str, str | None]]:
    return [(start, end, "\n".join(lines), speaker) for start, end, lines, speaker in cues]


def _json(data: object) -> str:
    """JSON that cannot end an element of the page."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _resource(name: str) -> str:
    data = pkgutil.get_data(__name__, name)
    assert data is not None, name
    return data.decode()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


def _ms(seconds: float) -> int:
    return _all_ms([seconds])[0]


def _all_ms(times: Iterable[float]) -> list[int]:
    return [round(seconds * 1000) if seconds > 0 else 0 for seconds in times]
