"""Names of files for what a server calls anything: numbered, and safe on every system."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath, PureWindowsPath

from . import presets
from .items import Item

_FORBIDDEN = frozenset('<>:"/\\|?*')
_LONGEST_TITLE = 180
"""Bytes of a title in a name, which has 255 at most with number, extension and what stands beside it meanwhile."""

_LARGEST_NUMBER = 9999


def numbered(items: Sequence[Item], *, in_order: bool) -> list[str]:
    """A name for each item, without extension: its number and its title, as ``01 - Title``.

    The number is that on the disc, with the disc's before it if there are several; else, or if `in_order` says so, the
    place among these items. So no two names are the same, whatever the titles are.
    """
    labels = _places(len(items)) if in_order else _on_disc(items) or _on_discs(items) or _places(len(items))
    return [f"{label} - {safe(item.name or item.id)}" for label, item in zip(labels, items, strict=True)]


def safe(title: str) -> str:
    """A title as a part of a file's name: no path, no character that a file system refuses or that hides others."""
    encodable = title.encode("utf-8", "replace").decode()
    marks = ("_" if mark in _FORBIDDEN or unicodedata.category(mark)[0] == "C" else mark for mark in encodable)
    short = "".join(marks).encode()[:_LONGEST_TITLE].decode("utf-8", "ignore")
    return short.strip(" .") or "_"


def extension(item: Item) -> str:
    """The extension of an item's original, as far as the server tells it."""
    source = item.sources[0] if item.sources else None
    path = source.path if source is not None and source.path else ""
    names = [*(PureWindowsPath(path).suffixes[-1:]), *PurePosixPath(path).suffixes[-1:]]
    names += (item.container or "").split(",")
    known = (presets.by_extension(name) for name in names)
    found = next(((name, made) for name, made in zip(names, known, strict=True) if made is not None), None)
    if found is None:
        return safe(names[-1]).lower() if names[-1] else "audio"
    name = found[0].lower().removeprefix(".")
    return "m4a" if name == "mp4" and not path else name


def _places(count: int) -> list[str]:
    return _padded(range(1, count + 1))


def _on_disc(items: Sequence[Item]) -> list[str] | None:
    numbers = [item.number for item in items if _is_number(item.number)]
    return _padded(numbers) if len(set(numbers)) == len(items) else None


def _on_discs(items: Sequence[Item]) -> list[str] | None:
    places = [(item.disc, item.number) for item in items if _is_number(item.disc) and _is_number(item.number)]
    if not places or len(set(places)) != len(items):
        return None
    discs, numbers = zip(*places, strict=True)
    return [f"{disc}-{number}" for disc, number in zip(discs, _padded(numbers), strict=True)]


def _padded(numbers: Sequence[int | None]) -> list[str]:
    texts = [str(number) for number in numbers]
    width = max(2, *(len(text) for text in texts)) if texts else 2
    return [text.zfill(width) for text in texts]


def _is_number(value: int | None) -> bool:
    return value is not None and 0 <= value <= _LARGEST_NUMBER
