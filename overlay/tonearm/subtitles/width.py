"""How wide a text is, and what stands between two words of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

WIDE = "\u2e80-\u2fdf\u3000-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
"""The characters of Chinese and Japanese, as a regular expression has them between brackets."""

_SHARED = "\u2018-\u201d\u2014\u2026\u00b7"
"""Marks that Chinese and Japanese share with other scripts."""

_PAIR = re.compile(f"[{WIDE}{_SHARED}][{WIDE}]|[{WIDE}][{_SHARED}]")


def gap(left: str, right: str) -> str:
    """A space, except in Chinese and Japanese, which have none; neither text is empty."""
    return "" if _PAIR.match(left[-1] + right[0]) else " "


def joined(texts: Iterable[str]) -> str:
    """Texts in one line, with what stands between words of their script."""
    whole = ""
    for text in filter(None, map(str.strip, texts)):
        whole += gap(whole, text) + text if whole else text
    return whole
