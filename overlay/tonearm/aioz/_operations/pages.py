"""Lists that the service gives page by page, read to their end."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

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
"""What a page has, and whether there are more."""

LIMIT = 100
"""Rows that are asked for at a time, the most that the service gives."""


@define
class Rows:
    """What is new on each page of one list.

    A service that takes no notice of the offset sends the same page again and again: one that brings nothing new is
    taken for the end. What comes twice because rows were added in front meanwhile is left out.
    """

    _seen: set[object] = field(factory=set[object], init=False)

    def new(self, rows: Sequence[A]) -> list[A]:
        """The rows that no page before had: by their id, or by all that was sent of them where they have none."""
        keys = [_key(row) for row in rows]
        fresh = [row for row, key in zip(rows, keys, strict=True) if key not in self._seen]
        self._seen.update(keys)
        if rows and not fresh:
            logger.warning("a page of a list has only what earlier pages had: it is taken for the end of the list")
        return fresh


def _key(row: Answer) -> object:
    """What tells a row from others; two rows may differ only in what is read into no attribute."""
    raw = getattr(row, "raw", None)
    return getattr(row, "id", None) or (row if raw is None else json.dumps(raw, sort_keys=True))


def whole(page: Callable[[int], Plan[Page[A]]]) -> Plan[Answers[A]]:
    """Read all rows of a list, from a plan that reads the page at an offset."""
    listed, found = Rows(), list[A]()
    offset, more = 0, True
    while more:
        rows, more = yield from page(offset)
        fresh = listed.new(rows)
        found += fresh
        offset += len(rows)
        more = more and bool(fresh)
    return Answers(found)


def page_of(
    rows: Sequence[M] | Unset | None, total: int | Unset | None, offset: int, make: Callable[[M], A]
) -> Page[A]:
    """The page at an offset, of rows that may be missing as a whole, and of a number of all that may be missing."""
    found, every = given(rows) or (), given(total)
    more = len(found) == LIMIT if every is None else bool(found) and offset + len(found) < every
    return [make(row) for row in found], more


def searched(text: str | None) -> str | Unset:
    """Text to search for, or nothing."""
    return UNSET if text is None else to.search(text)
