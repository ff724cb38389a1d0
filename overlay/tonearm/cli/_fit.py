"""Tables that fit a terminal: long titles are cut first, then the last columns are left out."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from attrs import frozen
from rich.cells import cell_len, set_cell_size

_READ = frozenset({"title", "name", "artist", "album", "owner"})
"""Columns of text that may be cut; of others, such as ids, every letter counts."""

_COPIED = frozenset({"file", "hls", "ledger", "path", "source", "state", "url"})
"""Columns that are never left out, as people copy from them."""

_LEAST = 12
"""Cells to which a column is cut at most."""

_GAP = 2


@frozen
class Fitted:
    """The lines of a table, its header first, and the names of the columns for which there is no room."""

    lines: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def table(names: Sequence[str], rows: Sequence[Sequence[str]], room: float) -> Fitted | None:
    """Fit a table into so many cells of a line.

    Returns:
        None if it does not fit: if there is no room for an id and a title side by side, or for a column from which
        people copy.
    """
    shown = list(range(len(names)))
    while True:
        widths = _cut([_widest(names, rows, column) for column in shown], [names[column] for column in shown], room)
        if _total(widths) <= room:
            break
        if len(shown) <= 2 or names[shown[-1]] in _COPIED:
            return None
        shown.pop()
    lines = [
        (" " * _GAP).join(_cell(row[column], width) for column, width in zip(shown, widths, strict=True)).rstrip()
        for row in (names, *rows)
    ]
    return Fitted(tuple(lines), tuple(names[len(shown) :]))


def _widest(names: Sequence[str], rows: Sequence[Sequence[str]], column: int) -> int:
    return max(cell_len(row[column]) for row in (names, *rows))


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _cut(widths: list[int], names: Sequence[str], room: float) -> list[int]:
    """Cut the widest of the columns that may be cut, cell by cell, until the table fits or all are narrow."""
    able = [column for column, name in enumerate(names) if column and name in _READ and widths[column] > _LEAST]
    while able and _total(widths) > room:
        widest = max(able, key=lambda column: widths[column])
        if widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
    return widths


def _cell(text: str, width: int) -> str:
    """A text in so many cells, with a mark at its end where it was cut."""
    if cell_len(text) > width:
        mark = "\N{HORIZONTAL ELLIPSIS}" if sys.stdout.encoding.lower().startswith("utf") else "~"
        text = set_cell_size(text, width - 1) + mark
    return set_cell_size(text, width)
