"""Lyrics: LRC with times of lines and words, plain text without; one file for each item."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

from attrs import define

from tonearm.sandbox.jellyfin.output import TICKS

EXTENSIONS = ("lrc", "elrc", "txt")
_TIME = re.compile(r"[\[<](\d+):(\d{1,2})(?:[.:](\d{1,3}))?[\]>]")
_LINE_TIMES = re.compile(r"\s*((?:\[\d+:\d{1,2}(?:[.:]\d{1,3})?\]\s*)+)(.*)")
_WORD_TIME = re.compile(r"<\d+:\d{1,2}(?:[.:]\d{1,3})?>")
_TAG = re.compile(r"\s*\[([a-z]+):(.*)\]\s*", re.IGNORECASE)
_TAGS = {"ar": "Artist", "al": "Album", "ti": "Title", "au": "Author", "by": "By", "re": "Creator", "ve": "Version"}


@define(eq=False)
class LyricStore:
    """The lyrics that were uploaded, one file for each item."""

    folder: Path

    def get(self, item: UUID) -> dict[str, Any] | None:
        path = next(iter(sorted(self.folder.glob(f"{item.hex}.*"))), None)
        return None if path is None else parse(path.read_bytes().decode("utf-8-sig", "replace"))

    def put(self, item: UUID, extension: str, data: bytes) -> dict[str, Any] | None:
        """Store lyrics, which replace earlier ones; None when their kind is unknown or they have no line."""
        lyrics = parse(data.decode("utf-8-sig", "replace")) if extension.lower() in EXTENSIONS else None
        if lyrics is None:
            return None
        self.folder.mkdir(parents=True, exist_ok=True)
        self.delete(item)
        (self.folder / f"{item.hex}.{extension.lower()}").write_bytes(data)
        return lyrics

    def delete(self, item: UUID) -> None:
        for path in self.folder.glob(f"{item.hex}.*"):
            path.unlink(missing_ok=True)

    def items(self) -> frozenset[UUID]:
        return frozenset(UUID(path.stem) for path in self.folder.glob("*.*"))


def parse(text: str) -> dict[str, Any] | None:
    """Read lyrics as the server's LyricDto; None without any line. Times are in ticks of 100 ns."""
    metadata: dict[str, Any] = {}
    timed: list[dict[str, Any]] = []
    plain: list[dict[str, Any]] = []
    for line in text.splitlines():
        if match := _LINE_TIMES.fullmatch(line):
            timed += [_line(_ticks(time[0]), match[2]) for time in _TIME.finditer(match[1])]
        elif (tag := _TAG.fullmatch(line)) and tag[1].lower() in _TAGS:
            metadata[_TAGS[tag[1].lower()]] = tag[2].strip()
        else:
            plain.append({"Text": line.strip()})
    lines = sorted(timed, key=lambda line: line["Start"]) if timed else plain
    if not any(line["Text"] for line in lines):
        return None
    return {"Metadata": metadata | {"IsSynced": bool(timed)}, "Lyrics": lines}


def _line(start: int, text: str) -> dict[str, Any]:
    words, cues = "", list[dict[str, int]]()
    position = 0
    for time in _WORD_TIME.finditer(text):
        words += text[position : time.start()]
        if cues:
            cues[-1] |= {"EndPosition": len(words.rstrip()), "End": _ticks(time[0])}
        cues.append({"Position": len(words.lstrip()), "Start": _ticks(time[0])})
        position = time.end()
    words = (words + text[position:]).strip()
    if cues:
        cues[-1].setdefault("EndPosition", len(words))
    cues = [cue for cue in cues if cue["Position"] < cue["EndPosition"]]
    return {"Text": words, "Start": start} | ({"Cues": cues} if cues else {})


def _ticks(time: str) -> int:
    match = _TIME.fullmatch(time)
    if match is None:
        raise ValueError("not a time of lyrics")
    return (int(match[1]) * 60 + int(match[2])) * TICKS + int((match[3] or "0").ljust(7, "0"))
