"""Finds where a line may break in scripts without spaces between words.

budoux, which finds the words of Chinese, Japanese and Thai, is loaded on first use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain

from wcwidth import iter_graphemes

from .width import WIDE

_THAI = "\u0e00-\u0e7f"
_CLUSTERS = "\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Scripts without spaces whose words are not known here: Lao, Burmese and Khmer."""

_RUNS = re.compile(f"[{WIDE}]+|[{_THAI}]+|[{_CLUSTERS}]+|[^{WIDE}{_THAI}{_CLUSTERS}]+")
_KANA = re.compile("[\u3040-\u30ff]")
_SMALL = (
    "\u3005\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e"
    "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30fc"
)
"""Japanese characters that must not begin a line."""


def phrases(text: str) -> list[str]:
    """The parts of a text without spaces, each of which may begin a line."""
    if text.isascii():
        return [text]
    parts: list[str] = []
    for part in chain.from_iterable(map(_parts, _RUNS.findall(text))):
        if parts and not _may_break(parts[-1], part):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def ends_with_mark(text: str) -> bool:
    """Whether a text ends with punctuation, such as a comma, after which a line may best break."""
    return unicodedata.category(text[-1]) in ("Po", "Pe", "Pf")


def _parts(run: str) -> Iterator[str]:
    first = run[0]
    if re.match(f"[{WIDE}]", first):
        yield from _parser("ja" if _KANA.search(run) else "zh-hans")(run)
    elif re.match(f"[{_THAI}]", first):
        yield from _parser("th")(run)
    elif re.match(f"[{_CLUSTERS}]", first):
        yield from iter_graphemes(run)
    else:
        yield run


def _may_break(left: str, right: str) -> bool:
    """Whether a line may end between two parts: closing marks begin no line, and opening marks end none."""
    first, last = right[0], left[-1]
    if first in _SMALL or unicodedata.category(first) in ("Po", "Pe", "Pf", "Mn", "Mc", "Me", "Lm", "Cf"):
        return False
    if unicodedata.category(last) in ("Ps", "Pi"):
        return False
    return len(list(iter_graphemes(last + first))) > 1


@cache
def _parser(language: str) -> Callable[[str], list[str]]:
    import budoux

    load = {
        "ja": budoux.load_default_japanese_parser,
        "th": budoux.load_default_thai_parser,
        "zh-hans": budoux.load_default_simplified_chinese_parser,
    }
    return load[language]().parse
