"""Text that flows: without the line breaks of a server's layout, and with whole words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ...subtitles.width import WIDE, joined

_CUES = re.compile(r"\ufeff?\s*(WEBVTT\b|(\d+\s*\n\s*)?(\d+:)?\d+:\d\d[,.]\d+\s*-->\s)")
_BREAKS = re.compile(r"\s*[\r\n]+\s*")
_SPECIAL = re.compile(r"<\|[^|<>]*\|>|\[_[A-Z]+_?\d*\]")
_BLANKS = "▁Ġ"
_WIDE = re.compile(rf"[{WIDE}]")


def flowing(text: str) -> str:
    """A text in one line, without the marks that a model makes for itself."""
    text = _SPECIAL.sub("", text) if "<|" in text or "[_" in text else text
    if "\n" not in text and "\r" not in text:
        return text
    return joined(_BREAKS.split(text))


def looks_like_subtitles(text: str) -> bool:
    """Whether a text begins as a file of subtitles does."""
    return _CUES.match(text) is not None


def whole_words(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the parts of words together, where a server tells times of tokens: a blank begins a word."""
    marked = any(row["word"][:1].isspace() or row["word"][:1] in _BLANKS for row in rows[1:] if row["word"])
    found: list[dict[str, Any]] = []
    for row in rows:
        said = row["word"].lstrip(_BLANKS)
        begins = said != row["word"] or row["word"][:1].isspace()
        follows = said.startswith("##") or (marked and not begins and not _WIDE.search(said))
        if not said.strip():
            continue
        if found and follows and not _WIDE.search(found[-1]["word"]):
            found[-1] |= {"word": found[-1]["word"] + said.removeprefix("##"), "end": row["end"] or found[-1]["end"]}
        else:
            found.append(row | {"word": said})
    return found
