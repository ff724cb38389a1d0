"""Files that are written whole or not at all, and the private files that keep state."""

from __future__ import annotations

import json
import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Self, TextIO, cast

from attrs import define

from ..errors import InvalidInput
from .named_file import NamedFile, named_file, sync
from .refusals import unwritable
from .write_behind import write_all

_LITTLE = 64 * 1024
"""Bytes of a state file at most."""


_MOST_LINKS = 40
"""How many links are followed, as Linux does."""

_OPEN_FILES = "/proc"
"""Where Linux has links to the open files of each process."""


def is_folder(path: Path) -> bool:
    """Whether the target is an existing folder; InvalidInput when the system does not say."""
    try:
        return path.is_dir()
    except OSError as error:
        raise unwritable(path, error) from error


def link_target(path: Path) -> Path:
    """The file that a symbolic link leads to, so that the link stays; any other path as it is.

    Raises:
        InvalidInput: links that lead in a circle, or to a file that is open, as /dev/stdout does: a new file in its
            place would take away what others have written there.
    """
    target = path
    for _ in range(_MOST_LINKS):
        try:
            if not target.is_symlink():
                return target
            folder = target.parent.resolve()
            leads = folder / target.readlink()
        except (OSError, ValueError):  # whoever opens it raises the reason
            return path
        if folder.is_relative_to(_OPEN_FILES):
            raise _unusable(path, "it is a file that is open already", "the path of a file")
        target = leads
    raise _unusable(path, "its links lead in a circle", "a path whose links lead somewhere")


def _unusable(path: Path, reason: str, expected: str) -> InvalidInput:
    message = f"{str(path)!r} cannot be written: {reason}"
    return InvalidInput(message, argument="to", value=path, expected=expected)


def check_replaceable(path: Path) -> None:
    """Refuse a device, a pipe or a folder, which a new file would replace."""
    if path.exists() and not path.is_file():
        raise InvalidInput(
            f"{str(path)!r} is no regular file, which a new one could replace",
            argument="to",
            value=path,
            expected="a regular file, or no file yet",
        )


def open_part(path: Path) -> IO[bytes]:
    """Open a partial file for reading and writing, unbuffered, as it is, or make it."""
    return cast("IO[bytes]", NamedFile(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b", path))


def open_log(path: Path, *, create: bool) -> IO[bytes]:
    """Open a private file (mode 600) for reading and for writing at its end; one with contents keeps its mode.

    Raises:
        InvalidInput: it is a device, a pipe, a folder or a symbolic link, none of which is ever opened or changed.
    """
    check_private(path)
    kind = os.O_RDWR | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, kind | (os.O_CREAT if create else 0), 0o600)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):  # it replaced the file that was checked
        os.close(descriptor)
        raise _irregular(path)
    if create and status.st_size == 0:
        _make_private(descriptor)
    return named_file(descriptor, "a+b", path)


def check_private(path: Path) -> None:
    """Refuse an existing path that is no regular file: the target of a link is not ours."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise _irregular(path)


def _irregular(path: Path) -> InvalidInput:
    return InvalidInput(
        f"{str(path)!r} is no regular file: state goes only into a new file or one that was made for it",
        argument="state",
        value=path,
        expected="a regular file, or no file yet",
    )


def open_new(path: Path) -> IO[bytes]:
    """Open a private file (mode 600) for writing and reading; an existing one is emptied."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    _make_private(descriptor)
    return named_file(descriptor, "w+b", path)


def _make_private(descriptor: int) -> None:
    """Let only the owner read and write a file; on Windows the permissions of the folder decide."""
    if sys.platform != "win32":  # pragma: no branch  # the other way is Windows
        os.fchmod(descriptor, 0o600)


def open_text(path: Path) -> TextIO:
    """Open a text file in UTF-8 for reading, with its line ends as they are and without a byte order mark."""
    return path.open(encoding="utf-8-sig", newline="")


def scratch() -> IO[bytes]:
    """An empty temporary file, which is removed when it is closed."""
    with tempfile.TemporaryFile() as file:
        return named_file(os.dup(file.fileno()), "r+b", Path(tempfile.gettempdir()))


@define
class Draft:
    """A file that is written beside its target, and renamed over it once it is whole."""

    target: Path
    file: IO[bytes]
    _path: Path

    @classmethod
    def beside(cls, target: Path, mode: int = 0o666, *, alone: bool = False) -> Self:
        """Make an empty draft.

        Args:
            target: the file to make or replace; of a symbolic link, what it leads to.
            mode: the permissions of the file, less the process's umask.
            alone: whether the target is a file of ours, which nobody else writes meanwhile: the draft of a killed
                process is then replaced, and does not stay for good, and no link is followed.

        Raises:
            InvalidInput: no file can take its place.
        """
        check_replaceable(target)
        target = target if alone else link_target(target)
        mark = sha256(os.fsencode(target.name)).hexdigest()[:8] if alone else secrets.token_hex(4)
        path = target.with_name(f".{target.name[:60]}.{mark}.part")  # a name has 255 bytes at most
        if alone:
            path.unlink(missing_ok=True)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        except OSError as error:  # who called knows the target, and no draft
            raise OSError(error.errno, error.strerror, str(target)) from None
        return cls(target, named_file(descriptor, "w+b", target), path)

    def stamp(self) -> int:
        """When the draft was last written, in nanoseconds: the time that the file will have."""
        self.file.flush()
        return os.fstat(self.file.fileno()).st_mtime_ns

    def commit(self, *, durable: bool = True) -> None:
        """Rename the draft over its target; make the contents durable before that, unless `durable` says no."""
        if durable:
            sync(self.file)
        self.file.close()
        self._path.replace(self.target)

    def discard(self) -> None:
        """Remove the draft; the target stays as it is."""
        with suppress(OSError):
            self.file.close()
        self._path.unlink(missing_ok=True)


def write_whole(
    path: Path,
    write: Callable[[IO[bytes]], object],
    *,
    mode: int = 0o666,
    alone: bool = False,
    durable: bool = True,
) -> None:
    """Write a file completely or not at all: beside the target first, then renamed over it.

    Args:
        path: the file to make or replace; of a symbolic link, what it leads to.
        write: writes the contents into the open file that it receives.
        mode: the permissions of the file, less the process's umask; 0o600 for private state.
        alone: whether it is a file of ours, as in `Draft.beside`.
        durable: whether the contents are on the disk before the file has its name. Else a loss of power may leave an
            empty file (`is_blank`), but never half of one.
    """
    draft = Draft.beside(path, mode, alone=alone)
    try:
        write(draft.file)
        draft.commit(durable=durable)
    except BaseException:
        draft.discard()
        raise


def write_state(path: Path, state: dict[str, Any], *, durable: bool = True) -> None:
    """Replace a private state file (mode 600) that has one writer at a time; `durable` as for `write_whole`.

    A new one that need not be durable is written without a draft: a killed process leaves it blank or whole, as it is
    short enough for the system to take it at once.
    """
    text = json.dumps(state, ensure_ascii=False).encode()
    if not durable and _write_new(path, text):
        return
    write_whole(path, lambda file: file.write(text), mode=0o600, alone=True, durable=durable)


def _write_new(path: Path, text: bytes) -> bool:
    """Write a short private file unless there is one, and return whether there was none."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    try:
        with NamedFile(descriptor, "wb", path) as file:
            write_all(file, text)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return True


def is_blank(path: Path) -> bool:
    """Whether a file has nothing but zeros, if anything: a loss of power leaves a new one so that was not durable."""
    try:
        found = path.stat()
        return stat.S_ISREG(found.st_mode) and found.st_size <= _LITTLE and not path.read_bytes().strip(b"\0")
    except OSError:
        return False


def read_object(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file; None when there is no file.

    Raises:
        OSError: it cannot be read.
        ValueError: it holds something else.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would wait for a writer
            raise ValueError("it is no regular file")
        value: object = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    if not isinstance(value, dict):
        raise ValueError("there is no object")
    return cast("dict[str, Any]", value)


def read_state(path: Path) -> dict[str, Any] | None:
    """The contents of a state file; None when it does not exist or is not ours."""
    try:
        return read_object(path)
    except (OSError, ValueError):
        return None
