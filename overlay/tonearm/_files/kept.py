"""The folder for state: where it is, and the files in it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path

from ..errors import InvalidInput
from .atomic import check_private, open_new
from .refusals import unwritable

STATE_HINT = "set TONEARM_STATE or XDG_STATE_HOME to a folder that can be written"
"""The hint of errors about a folder for state that is missing or cannot be used."""


def state_folder() -> Path:
    """The folder for what must outlive a process: TONEARM_STATE, `$XDG_STATE_HOME/tonearm` or `~/.local/state/tonearm`.

    Raises:
        InvalidInput: there is no such variable and no home, or TONEARM_STATE is no absolute path.
    """
    folder = _folder()
    if folder is None:
        raise InvalidInput(
            "there is no folder for state: neither HOME nor TONEARM_STATE nor XDG_STATE_HOME is set",
            argument="state",
            expected="given where neither HOME nor TONEARM_STATE nor XDG_STATE_HOME is set",
            hint=STATE_HINT,
        )
    return folder


def kept_paths(pattern: str) -> list[Path]:
    """The paths in the folder for state whose names match a pattern, sorted; none where there is no folder.

    Raises:
        InvalidInput: TONEARM_STATE is no absolute path, or the folder cannot be looked into.
    """
    folder = _folder()
    try:
        names = [] if folder is None else sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise InvalidInput(
            f"the state folder {str(folder)!r} cannot be looked into: {error}",
            argument="state",
            value=folder,
            expected="a folder that can be read and written",
            hint=STATE_HINT,
        ) from error
    return [Path(folder or "", name) for name in names if fnmatchcase(name, pattern)]


def check_state(path: Path) -> None:
    """Refuse a state file that could not be opened, before anything is paid for that it should keep.

    Raises:
        InvalidInput: it is no regular file, or its folder cannot be read.
    """
    try:
        check_private(path)
    except OSError as error:
        raise unwritable(path, error, state=True) from error


def _folder() -> Path | None:
    """The folder for state; None where no variable names one and there is no home."""
    if own := os.environ.get("TONEARM_STATE"):
        if not Path(own).is_absolute():
            raise InvalidInput(
                f"TONEARM_STATE must be an absolute path, not {own!r}",
                argument="state",
                value=own,
                expected="a folder that TONEARM_STATE names by its absolute path",
            )
        return Path(own)
    given = Path(os.environ.get("XDG_STATE_HOME", ""))
    if given.is_absolute():
        return given / "tonearm"
    try:
        return Path.home() / ".local" / "state" / "tonearm"
    except RuntimeError:
        return None


def kept_text(path: Path, make: Callable[[], str]) -> str:
    """The text of a private file; if it does not exist, `make` makes the text, once for all processes.

    Raises:
        OSError: the file can neither be read nor made.
    """
    with suppress(FileNotFoundError):
        return path.read_text()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open_new(draft) as file:
            file.write(make().encode())
        with suppress(FileExistsError):
            os.link(draft, path)  # whole or not at all, and only once
    finally:
        draft.unlink(missing_ok=True)
    return path.read_text()
