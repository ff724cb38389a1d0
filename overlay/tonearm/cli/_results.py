"""Where paid results go: nothing is requested that has no place, and no existing file is lost for it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from itertools import chain, count
from pathlib import Path

from .. import InvalidInput, TonearmError
from .._files import Draft, state_folder
from . import _ends, _out


class Elsewhere(TonearmError):
    """A result could not go where it was to go; it is in another place, which the message names."""


def apart(targets: Iterable[Path], words: Iterable[str]) -> None:
    """Refuse to put a result into a file that is read.

    Raises:
        InvalidInput: a target is one of the inputs.
    """
    read = {_identity(0 if word == _ends.STANDARD else word) for word in words} - {None}
    for target in targets:
        if _identity(target) in read:
            raise InvalidInput(f"{str(target)!r} is what is read: the result needs another name")


def check_writable(targets: Iterable[Path]) -> None:
    """Make a draft beside each target and take it away again.

    Raises:
        InvalidInput: a target is no regular file, or nothing can be made beside it.
    """
    for target in targets:
        try:
            Draft.beside(target).discard()
        except OSError as error:
            raise InvalidInput(f"{str(target)!r} cannot be written: {error.strerror}") from error


def save(body: bytes, path: Path | None, name: str) -> None:
    """Write a result into a file, or to standard output; where that fails, to the other of the two.

    Args:
        body: the result.
        path: the file; None for standard output.
        name: of the file that is made when standard output takes nothing, in the folder for state or a temporary one.

    Raises:
        Elsewhere: it is not where it was to go, but kept.
        OSError: it is nowhere.
    """
    try:
        _out.to_file(lambda file: file.write(body), path)
    except BrokenPipeError:
        raise  # who reads has seen enough
    except (OSError, KeyboardInterrupt) as error:
        reason = getattr(error, "strerror", None) or "interrupted"
        other = spare(_kept() / name) if path is None else None
        if other is not None:
            _ends.unread()  # or Python would try again when it ends
        _out.to_file(lambda file: file.write(body), other)
        raise Elsewhere(
            f"{path or 'standard output'}: {reason}; the result is in {other or 'standard output'}"
        ) from error


def spare(path: Path) -> Path:
    """A name that nothing has yet: this one, or the next with a number."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(name for name in chain((path,), numbered) if not name.exists())


def _kept() -> Path:
    """The folder for results that have no other place: in the folder for state, or among temporary files."""
    try:
        folder = state_folder() / "results"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        check_writable((folder / "result",))
    except (OSError, InvalidInput):
        return Path(tempfile.mkdtemp(prefix="tonearm-results-"))
    return folder


def _identity(place: str | Path | int) -> tuple[int, int] | None:
    """By what a file is known under all of its names; None when there is none."""
    try:
        status = os.stat(place)  # noqa: PTH116  # also of what is open
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
