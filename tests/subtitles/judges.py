"""What other readers of subtitles make of a file: a list of start and end in milliseconds, and text in one line."""

import html
import json
import re
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import TypeAlias

import pysubs2
import webvtt

from tests.sandbox.chromium import Page
from tonearm import TonearmError, subtitles

CORPUS = Path(__file__).parent / "corpus"
Read: TypeAlias = list[tuple[int, int, str]]

_TRACK = """(async (text) => {
  const video = document.createElement("video"), track = document.createElement("track");
  track.src = URL.createObjectURL(new Blob([text], {type: "text/vtt"}));
  track.default = true;
  video.append(track);
  document.body.append(video);
  const read = new Promise((go) => { track.onload = track.onerror = go; });
  track.track.mode = "hidden";
  await read;
  return [...track.track.cues ?? []].map((cue) =>
    [Math.round(cue.startTime * 1000), Math.round(cue.endTime * 1000), cue.getCueAsHTML().textContent]);
})"""


def files() -> list[str]:
    return sorted(path.name for path in CORPUS.iterdir())


def content(name: str) -> str:
    return (CORPUS / name).read_bytes().decode()


def by_us(text: str, form: str) -> Read:
    try:
        return _told((cue.start * 1000, cue.end * 1000, " ".join(cue.lines)) for cue in subtitles.read(text))
    except TonearmError:
        return []


def by_pysubs2(text: str, form: str) -> Read:
    try:
        found = pysubs2.SSAFile.from_string(re.sub("\r\n?", "\n", text), form)
    except Exception:
        return []
    spoken = [event for event in found if not event.is_comment and not event.is_drawing]
    unescape = html.unescape if form == "vtt" else str
    return _told((event.start, event.end, unescape(event.plaintext)) for event in spoken)


def by_webvtt_py(text: str, form: str) -> Read:
    try:
        found = webvtt.from_buffer(StringIO(text), format=form)
    except Exception:
        return []
    return _told((_ms(one.start), _ms(one.end), html.unescape(one.text)) for one in found)


def by_chromium(page: Page, text: str) -> Read:
    return _told(map(tuple, page.value(f"{_TRACK}({json.dumps(text)})")))


JUDGES: Mapping[str, tuple[Callable[[str, str], Read], frozenset[str]]] = {
    "pysubs2": (by_pysubs2, frozenset({"srt", "vtt", "ass", "ssa", "ttml"})),
    "webvtt-py": (by_webvtt_py, frozenset({"srt", "vtt", "sbv"})),
}
"""The readers that are Python packages, and the formats that each reads."""


def _told(found: object) -> Read:
    """Cues that show something; readers disagree on whether one without a text is one."""
    cues = [(round(start), round(end), " ".join(text.split())) for start, end, text in found]  # type: ignore[attr-defined]
    return [cue for cue in cues if cue[2]]


def _ms(time: str) -> int:
    hours, minutes, seconds = time.split(":")
    return round((int(hours) * 60 + int(minutes)) * 60_000 + float(seconds) * 1000)
