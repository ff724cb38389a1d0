"""One row of a ledger, and how SQLite stores it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from attrs import frozen

from .. import Answer, InvalidInput
from .jobs import Job

State: TypeAlias = Literal["waiting", "running", "done", "failed"]


@frozen(repr=False)
class Row(Answer):
    """One job in the ledger; times are in seconds since 1970."""

    id: int
    input: str
    output: str
    options: Mapping[str, Any]
    state: State
    attempts: int
    outputs: tuple[str, ...] = ()
    made: str | None = None
    error: str | None = None
    kind: str | None = None
    seconds: float | None = None
    bytes: int | None = None
    price: float | None = None
    worker: str | None = None
    began: float | None = None
    ended: float | None = None

    @property
    def job(self) -> Job:
        """The job for the task."""
        return Job(self.input, self.output, self.options)


@frozen
class Due:
    """A job that has to be done; `known` says that the ledger had it before, so that it may have begun."""

    row: Row
    known: bool


_FIRST = "id, input, output, options, state, attempts, outputs"
COLUMNS = f"{_FIRST}, made, error, kind, seconds, bytes, price, worker, began, ended"


def stored(text: str) -> str | bytes:
    """A text for SQLite: bytes if it is not UTF-8, which names of files need not be."""
    try:
        text.encode()
    except UnicodeEncodeError:
        pass
    else:
        return text
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raise InvalidInput.of("jobs", text, "jobs whose texts can be encoded") from None


def error_text(error: str) -> str | bytes:
    """The text of an error for SQLite; it may hold characters that no file name has."""
    try:
        return stored(error)
    except InvalidInput:
        return error.encode("utf-8", "backslashreplace").decode()


def text_of(value: str | bytes) -> str:
    """A text that `stored` has stored."""
    return value if isinstance(value, str) else value.decode("utf-8", "surrogateescape")


def row_of(columns: Sequence[Any]) -> Row:
    """A row of the columns above."""
    number, text, output, options, state, attempts, outputs, made, error, *rest = columns
    leading = number, text_of(text), text_of(output), json.loads(options), state, attempts, tuple(json.loads(outputs))
    return Row(*leading, made, error and text_of(error), *rest)
