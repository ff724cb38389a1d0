"""Where the received part of a file stands, and what identifies it; both move and leave together."""

from __future__ import annotations

from pathlib import Path

from .._files import read_state, write_state


def beside(path: Path) -> Path:
    """The partial file of a target."""
    return path.with_name(path.name + ".part")


def state_of(part: Path) -> Path:
    """The file that says what a partial file is a part of."""
    return part.with_name(part.name + ".json")


def move_part(old: Path, new: Path) -> None:
    """Move the received part of a file to another name, so that a download to that name resumes it.

    An interruption leaves nothing that a download would not know: what identifies a partial file is written first.
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
    """Remove what identified the partial file of one that is whole: a process may be killed between the two."""
    part = beside(path)
    if not part.exists():
        state_of(part).unlink(missing_ok=True)


def remove_part(path: Path) -> None:
    """Remove what was received of a file that is not wanted any more."""
    part = beside(path)
    part.unlink(missing_ok=True)
    state_of(part).unlink(missing_ok=True)
