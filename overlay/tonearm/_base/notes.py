"""Notes (PEP 678) that go with an error when another one takes its place."""

from __future__ import annotations

from typing import TypeVar

from ..errors import TonearmError
from .resuming import may_pass, reason

E = TypeVar("E", bound=BaseException)


def with_notes(error: E, cause: BaseException) -> E:
    """The same error, with the notes of what caused it. After a refusal its hint is about that, and not to resume."""
    found = reason(cause)
    if isinstance(error, TonearmError) and isinstance(found, TonearmError) and not may_pass(found):
        error.hint = found.hint
    for note in getattr(cause, "__notes__", ()):
        error.add_note(note)
    return error
