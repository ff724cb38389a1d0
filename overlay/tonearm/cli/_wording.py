"""What the library says, in the words of the command line: options, where the library names arguments."""

from __future__ import annotations

import re
import shlex
from ast import literal_eval
from collections.abc import Callable

_OPTIONS = ("format", "max_price", "part_size", "preset", "size", "source", "title", "workers")
"""Arguments of the library that are options of the same name."""

_Match = re.Match[str]


def _resume(found: _Match) -> str:
    return f"`{shlex.join(('tonearm', 'aioz', 'resume', literal_eval(found[1])))}` goes on"


def _option(found: _Match) -> str:
    return f"--{found[1].replace('_', '-')}"


_RULES: tuple[tuple[str, str | Callable[[_Match], str]], ...] = (
    (r"; give an http= client with auth=", ""),
    (r" or qualities=(?=:)", ""),
    (r"resume\(('.*?'|\".*?\")\) goes on", _resume),
    (r"state=False uploads", "--no-state uploads"),
    (r"list\(search=\.\.\.\) finds it", "`tonearm aioz list --search TEXT` finds it"),
    (r"give user_id= when the client is made", "store whose with `tonearm jellyfin login URL --token --user-id ID`"),
    (r"give token= or set", "`tonearm jellyfin login URL`, or set"),
    (r"; or give duration=", ""),
    (r"duration= is needed: ", "--max-price needs to know how long it is: "),
    (r", or preset=None with container=", ""),
    (r", or give another state=", ""),
    (r"with max_bytes= it is cut", "with --piece SECONDS it is cut"),
    (rf"(?<![^\s(])({'|'.join(_OPTIONS)})=(?=[\s,;:)]|$)", _option),
)


def in_options(text: str) -> str:
    """A message of the library as the command line says it."""
    for pattern, said in _RULES:
        text = re.sub(pattern, said, text)
    return text
