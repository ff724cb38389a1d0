"""File names made of any text from a server: safe on every system."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = frozenset('<>:"/\\|?*')
_LONGEST_PART = 180
"""Bytes of a title in a name."""

_LONGEST_NAME = 215
"""Bytes of a name without its extension: with the extension, and the suffix of a partial file, 255 at most."""

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE)
"""Names that Windows reserves for devices, in any case and with any extension."""


def safe(title: str, longest: int = _LONGEST_PART) -> str:
    """A title as part of a file's name: without separators, and characters that file systems refuse or nobody sees."""
    encodable = title.encode("utf-8", "replace").decode()
    marks = ("_" if mark in _FORBIDDEN or unicodedata.category(mark)[0] == "C" else mark for mark in encodable)
    short = "".join(marks).encode()[:longest].decode("utf-8", "ignore")
    return short.strip(" .") or "_"


def name_of(text: str) -> str:
    """A text as the name of a folder, or of a file without its extension."""
    name = safe(text, _LONGEST_NAME)
    return f"_{name}" if _RESERVED.fullmatch(name) else name
