"""Where paid results are written: checked before a request, so that no result and no existing file is lost."""

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
    """A result could not be written to its place; the message says where it is instead."""


def apart(targets: Iterable[Path], words: Iterable[str]) -> None:
    """Refuse to write a result into an input file.

    Raises:
        InvalidInput: a target is one of the inputs.
    """
    read = {_identity(0 if word == _ends.STANDARD else word) for word in words} - {None}
    for target in targets:
        if _identity(target) in read:
            raise InvalidInput(f"{str(target)!r} is the input: the result needs another name")


def check_writable(targets: Iterable[Path]) -> None:
    """Make a draft beside each target, and remove it again.

    Raises:
        InvalidInput: a target is no regular file, or no file can be made beside it.
    """
    for target in targets:
        try:
            Draft.beside(target).discard()
        except OSError as error:
            raise InvalidInput(f"{str(target)!r} cannot be written: {error.strerror}") from error


def save(body: bytes, path: Path | None, name: str) -> None:
    """Write a result to a file or standard output; if that fails, to the other of the two.

    Args:
        body: the result.
        path: the file; None for standard output.
        name: the name of a file in the folder for state, or a temporary one, if standard output fails.

    Raises:
        Elsewhere: it was written to another place.
        OSError: it could not be written at all.
    """
    try:
        _out.to_file(lambda file: file.write(body), path)
    except BrokenPipeError:
        raise  # the reader has closed the pipe
    except (OSError, KeyboardInterrupt) as error:
        reason = getattr(error, "strerror", None) or "interrupted"
        other = spare(_kept() / name) if path is None else None
        if other is not None:
            _ends.unread()  # else Python would try again at its end
        _out.to_file(lambda file: file.write(body), other)
        raise Elsewhere(
            f"{path or 'standard output'}: {reason}; the result is in {other or 'standard output'}"
        ) from error


def spare(path: Path) -> Path:
    """A free name: this one, or the next one with a number."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(name for name in chain((path,), numbered) if not name.exists())


def _kept() -> Path:
    """The folder for results without another place: in the folder for state, or a temporary one."""
    try:
        folder = state_folder() / "results"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        check_writable((folder / "result",))
    except (OSError, InvalidInput):
        return Path(tempfile.mkdtemp(prefix="tonearm-results-"))
    return folder


def _identity(place: str | Path | int) -> tuple[int, int] | None:
    """The device and inode of a file, the same under all its names; None when it does not exist."""
    try:
        status = os.stat(place)  # noqa: PTH116  # also of an open file
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
