"""The width of texts, and the gap between two words of a script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wcwidth import iter_graphemes, wcswidth

WIDE = "\u2e80-\u2fdf\u3000-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
"""The characters of Chinese and Japanese, for brackets in a regular expression."""

_SHARED = "\u2018-\u201d\u2014\u2026\u00b7"
"""Punctuation that Chinese and Japanese share with other scripts."""

_NARROW = re.compile("[ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u20a0-\u20bf]*")
"""Latin, Greek and Cyrillic, whose characters fill one cell each and never combine with their neighbours."""

_PAIR = re.compile(f"[{WIDE}{_SHARED}][{WIDE}]|[{WIDE}][{_SHARED}]")


def gap(left: str, right: str) -> str:
    """The gap between two texts that are not empty: a space, except in Chinese and Japanese."""
    return "" if _PAIR.match(left[-1] + right[0]) else " "


def joined(texts: Iterable[str]) -> str:
    """Join texts to one line, with the gaps of their script."""
    whole = ""
    for text in filter(None, map(str.strip, texts)):
        whole += gap(whole, text) + text if whole else text
    return whole


def is_narrow(text: str) -> bool:
    """Whether a text has only characters of one cell, of scripts with spaces, and no control characters."""
    return text.isprintable() if text.isascii() else _NARROW.fullmatch(text) is not None


def cells(text: str) -> int:
    """How many cells of a terminal a text fills; a Chinese character fills two, and a control character none."""
    if is_narrow(text):
        return len(text)
    return sum(max(0, wcswidth(cluster)) for cluster in iter_graphemes(text))


def slices(text: str, most: int) -> Iterator[str]:
    """Cut a text that is not empty into parts of at most so many cells, between visible characters."""
    part, filled = "", 0
    for cluster in iter_graphemes(text):
        wide = cells(cluster)
        if part and filled + wide > most:
            yield part
            part, filled = "", 0
        part, filled = part + cluster, filled + wide
    yield part
