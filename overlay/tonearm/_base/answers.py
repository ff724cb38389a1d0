"""The base of all answers: a short `repr`, a view for notebooks, and plain data."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from math import isfinite
from typing import Any, TypeVar, cast

from . import shown

A_co = TypeVar("A_co", bound="Answer", covariant=True)

_LONGEST = 200
"""About how many characters a `repr` has at most."""


class Answer:
    """What a service answered, as data: the base of what the methods of the clients return.

    `repr` shows the known fields, shortened, and only the number of entries of a long list. Notebooks show a table, or
    a player for audio: nothing is loaded from the network for it, and it is small however long the answer is.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return _called(type(self).__name__, (f"{name}={shown.short(value)}" for name, value in shown.known(self)))

    def _repr_html_(self) -> str:
        return shown.card(type(self).__name__, shown.facts(self))

    def to_dict(self) -> dict[str, Any]:
        """All fields as values of JSON, without `raw`, which is what the server sent.

        Returns:
            Times in ISO 8601, paths and errors as text, bytes in base64, lists for tuples, None for what is not known.
        """
        return cast("dict[str, Any]", plain(self, without=("raw",)))


class Answers(tuple[A_co, ...]):
    """Several answers: a tuple that notebooks show as a table. Methods that return a whole list return one.

    `tonearm.Answers(aioz.list(search="talk"))` makes one of what a client lists page by page.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return _called(type(self).__name__, chain([str(len(self))], map(repr, self))) if self else "Answers()"

    def _repr_html_(self) -> str:
        return shown.card(f"{len(self)} answers", shown.table(self))

    def to_dicts(self) -> list[dict[str, Any]]:
        """What `to_dict` makes of each."""
        return [answer.to_dict() for answer in self]


def plain(value: object, *, without: Collection[str]) -> Any:
    """A value in the types of JSON: objects become mappings, times ISO 8601, and what JSON lacks becomes text.

    Args:
        value: the value.
        without: the names of fields to leave out, at any depth; private fields are always left out.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return {str(name): plain(member, without=without) for name, member in pairs}
    if isinstance(value, (list, tuple)):
        return [plain(member, without=without) for member in cast("Sequence[object]", value)]
    if not shown.is_answer(value):
        return str(value)
    names = (field.name for field in shown.fields_of(value))
    return {name: plain(getattr(value, name), without=without) for name in names if name not in without}


def _called(name: str, parts: Iterable[str]) -> str:
    """The text of a call, with as many arguments as fit."""
    room = _LONGEST - len(name) - len("(, ...)")
    shown_parts: list[str] = []
    for part in parts:
        room -= len(part) + 2
        if room < 0:
            shown_parts.append("...")
            break
        shown_parts.append(part)
    return f"{name}({', '.join(shown_parts)})"
