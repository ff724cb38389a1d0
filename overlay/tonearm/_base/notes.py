"""Notes (PEP 678) that go with an error when another one takes its place."""

from __future__ import annotations

from typing import TypeVar

E = TypeVar("E", bound=BaseException)


def with_notes(error: E, cause: BaseException) -> E:
    """The same error, with the notes of what caused it."""
    for note in getattr(cause, "__notes__", ()):
        error.add_note(note)
    return error
