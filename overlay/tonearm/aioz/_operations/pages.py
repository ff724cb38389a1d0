"""Reads lists of the service page by page, to their end."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar, cast

from attrs import define, field

from tonearm_generated.aioz.types import UNSET, Unset
from tonearm_generated.reading import given

from ..._base.answers import Answer, Answers
from ..._engine import Plan
from ..._http import logger
from . import bodies as to

A = TypeVar("A", bound=Answer)
M = TypeVar("M")
Page: TypeAlias = tuple[Sequence[A], bool]
"""The rows of a page, and whether there are more."""

LIMIT = 100
"""Rows of one page, the most that the service returns."""


@define
class Rows:
    """Finds the new rows of each page of a list.

    A service that ignores the offset sends the same page again and again: a page without new rows is the end. Rows that
    are repeated, because others were added before them meanwhile, are left out.
    """

    _seen: set[object] = field(factory=set[object], init=False)

    def new(self, rows: Sequence[A]) -> list[A]:
        """The rows that no earlier page had, by their id, or without an id by all their fields."""
        keys = [_key(row) for row in rows]
        fresh = [row for row, key in zip(rows, keys, strict=True) if key not in self._seen]
        self._seen.update(keys)
        if rows and not fresh:
            logger.warning("a page of a list has only what earlier pages had: it is taken for the end of the list")
        return fresh


def _key(row: Answer) -> object:
    """The identity of a row; two rows may differ only in fields without an attribute."""
    if found := getattr(row, "id", None):
        return cast("object", found)
    raw = getattr(row, "raw", None)
    return row if raw is None else json.dumps(raw, sort_keys=True)


def whole(page: Callable[[int], Plan[Page[A]]]) -> Plan[Answers[A]]:
    """Read all rows of a list, from a plan that reads the page at an offset."""
    listed, read = Rows(), list[A]()
    offset, more = 0, True
    while more:
        rows, more = yield from page(offset)
        fresh = listed.new(rows)
        read += fresh
        offset += len(rows)
        more = more and bool(fresh)
    return Answers(read)


def page_of(
    rows: Sequence[M] | Unset | None, total: int | Unset | None, offset: int, make: Callable[[M], A]
) -> Page[A]:
    """Make a page from its rows and the number of all rows; the response may lack either."""
    present, every = given(rows) or (), given(total)
    more = len(present) == LIMIT if every is None else bool(present) and offset + len(present) < every
    return [make(row) for row in present], more


def searched(text: str | None) -> str | Unset:
    """The text to search for, as an optional field."""
    return UNSET if text is None else to.search(text)
