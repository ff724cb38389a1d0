"""Lists that the service gives page by page, read to their end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from tonearm_generated.aioz.types import UNSET, Unset
from tonearm_generated.reading import given

from ..._base.answers import Answer, Answers
from ..._engine import Plan
from . import bodies as to

A = TypeVar("A", bound=Answer)
M = TypeVar("M")
Page: TypeAlias = tuple[Sequence[A], bool]
"""What a page has, and whether there are more."""

LIMIT = 100
"""Rows that are asked for at a time, the most that the service gives."""


def whole(page: Callable[[int], Plan[Page[A]]]) -> Plan[Answers[A]]:
    """Read all rows of a list, from a plan that reads the page at an offset."""
    found: list[A] = []
    more = True
    while more:
        rows, more = yield from page(len(found))
        found += rows
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
