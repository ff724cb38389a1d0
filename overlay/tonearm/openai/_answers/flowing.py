"""Removes line breaks of a server's layout from texts, and joins the parts of words."""

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
    """A text in one line, without special tokens of the model."""
    text = _SPECIAL.sub("", text) if "<|" in text or "[_" in text else text
    if "\n" not in text and "\r" not in text:
        return text
    return joined(_BREAKS.split(text))


def looks_like_subtitles(text: str) -> bool:
    """Whether a text begins as a file of subtitles does."""
    return _CUES.match(text) is not None


def whole_words(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join the parts of words, if a server sends the times of tokens: a blank begins a word."""
    marked = any(row["word"][:1].isspace() or row["word"][:1] in _BLANKS for row in rows[1:] if row["word"])
    words: list[dict[str, Any]] = []
    for row in rows:
        word = row["word"].lstrip(_BLANKS)
        begins = word != row["word"] or row["word"][:1].isspace()
        follows = word.startswith("##") or (marked and not begins and not _WIDE.search(word))
        if not word.strip():
            continue
        if words and follows and not _WIDE.search(words[-1]["word"]):
            words[-1] |= {"word": words[-1]["word"] + word.removeprefix("##"), "end": row["end"] or words[-1]["end"]}
        else:
            words.append(row | {"word": word})
    return words
