"""The folder with the pieces of a recording that are being sent, which is removed in the end."""

from __future__ import annotations

import re
from contextlib import closing, suppress
from pathlib import Path

from ..._files import STATE_HINT, StateLog, kept_paths
from ...errors import InvalidInput, MissingFile

PIECES = ".pieces"
_PIECE = re.compile(r"\d{4,}(-small)?\.[a-z0-9]+")

VOICES, RESTS = "voices", "rests"
"""The folders for samples of speakers and for rests, inside the folder of the pieces."""


def begin(folder: Path) -> None:
    clear(folder)
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise InvalidInput(
            f"pieces of the recording cannot be written to {str(folder)!r}: {error}",
            argument="state",
            value=folder,
            expected="a place where a folder can be written",
            hint=STATE_HINT,
        ) from error


def sweep(states: str) -> None:
    """Remove the pieces of killed processes; `states` is the pattern of the names of state files."""
    with suppress(InvalidInput):  # a later use of the folder reports why it cannot be used
        for folder in kept_paths(states + PIECES):
            with suppress(InvalidInput):
                _remove_left(folder)


def _remove_left(folder: Path) -> None:
    """Remove the pieces of work without a process: its state is not locked, or does not exist."""
    try:
        with closing(StateLog.take_up(folder.with_name(folder.name.removesuffix(PIECES)))):
            clear(folder)
    except MissingFile:
        clear(folder)


def clear(folder: Path) -> None:
    """Remove the pieces in a folder, and the folder if it has no other files."""
    if folder.is_symlink():
        return
    for inner in (folder / VOICES, folder / RESTS, folder):
        with suppress(OSError):
            for path in inner.glob("*"):
                if _PIECE.fullmatch(path.name):
                    path.unlink()
            inner.rmdir()
