"""The error for a path that cannot be written."""

from __future__ import annotations

from pathlib import Path

from ..errors import InvalidInput


def unwritable(path: Path, error: Exception, *, state: bool = False, hint: str | None = None) -> InvalidInput:
    """The error for a path that cannot be written, after an error of the system.

    Args:
        path: the path.
        error: the error of the system.
        state: whether it is a state file, not the file that a call is to make.
        hint: what the user can try.
    """
    what = f"the state file {str(path)!r}" if state else repr(str(path))
    return InvalidInput(
        f"{what} cannot be written: {getattr(error, 'strerror', None) or error}",
        argument="state" if state else "to",
        value=path,
        expected="a path that can be written" if state else "a place that can be written",
        hint=hint,
    )
