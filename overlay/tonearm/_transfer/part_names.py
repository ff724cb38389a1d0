"""The names of a partial file and of its state; both are moved and removed together."""

from __future__ import annotations

from pathlib import Path

from .._files import read_state, write_state


def beside(path: Path) -> Path:
    """The partial file of a target."""
    return path.with_name(path.name + ".part")


def state_of(part: Path) -> Path:
    """The state of a partial file, which identifies its download."""
    return part.with_name(part.name + ".json")


def move_part(old: Path, new: Path) -> None:
    """Move a partial file to another name, so that a download to that name resumes it.

    The state is written first, so that an interruption leaves no unknown partial file.
    """
    part, target = beside(old), beside(new)
    state = read_state(state_of(part))
    if state is None or not part.is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    write_state(state_of(target), state)
    part.replace(target)
    state_of(part).unlink(missing_ok=True)


def end_part(path: Path) -> None:
    """Remove the state of a complete file, which a process left that was killed after the rename."""
    part = beside(path)
    if not part.exists():
        state_of(part).unlink(missing_ok=True)


def remove_part(path: Path) -> None:
    """Remove the partial file of a file that is not wanted any more."""
    part = beside(path)
    part.unlink(missing_ok=True)
    state_of(part).unlink(missing_ok=True)
