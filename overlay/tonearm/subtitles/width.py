"""What stands between two words of a text."""

from __future__ import annotations

import re

WIDE = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
"""The characters of Chinese and Japanese, as a regular expression has them between brackets."""

_PAIR = re.compile(f"[{WIDE}]{{2}}")


def gap(left: str, right: str) -> str:
    """A space, except in Chinese and Japanese, which have none; neither text is empty."""
    return "" if _PAIR.match(left[-1] + right[0]) else " "
