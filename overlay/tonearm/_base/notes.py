"""Notes (PEP 678) of an error, passed on to the error that replaces it."""

from __future__ import annotations

from typing import TypeVar

from ..errors import TonearmError
from .resuming import may_pass, reason

E = TypeVar("E", bound=BaseException)


def with_notes(error: E, cause: BaseException) -> E:
    """The same error, with the notes of its cause. After a refusal it has the hint of that, as no resume would help."""
    refusal = reason(cause)
    if isinstance(error, TonearmError) and isinstance(refusal, TonearmError) and not may_pass(refusal):
        error.hint = refusal.hint
    for note in getattr(cause, "__notes__", ()):
        error.add_note(note)
    return error
