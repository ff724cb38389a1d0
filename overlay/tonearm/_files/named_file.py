"""Files whose errors name them: the system names a file when it cannot be opened, but not when its disk is full."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


_ONLY_CLOSED = os.name == "nt"
"""Whether the system renames and removes only files that nobody has open, as Windows does."""


class NamedFile(io.FileIO):
    """An unbuffered file.

    Args:
        descriptor: the open file, which this one owns.
        mode: how it was opened.
        path: the path that its errors name: the file that people know, or the folder of a file without a name.
    """

    def __init__(self, descriptor: int, mode: str, path: Path) -> None:
        super().__init__(descriptor, mode)
        self.path = path

    def write(self, block: ReadableBuffer, /) -> int:
        """Write what fits of a block, and return how many bytes that is."""
        with _Naming(self.path):
            return super().write(block)

    def truncate(self, size: int | None = None, /) -> int:
        """Cut the file, or make it longer."""
        with _Naming(self.path):
            return super().truncate(size)


def named_file(descriptor: int, mode: str, path: Path) -> IO[bytes]:
    """A buffered file for reading and writing; see NamedFile."""
    return cast("IO[bytes]", io.BufferedRandom(NamedFile(descriptor, mode, path)))


def sync(file: IO[bytes]) -> None:
    """Write everything to the disk."""
    raw = getattr(file, "raw", file)
    with _Naming(raw.path if isinstance(raw, NamedFile) else None):
        file.flush()
        os.fsync(file.fileno())


def remove_open(path: Path, file: IO[bytes]) -> None:
    """Remove an open file, which keeps its lock until it is closed; on Windows close it before."""
    if _ONLY_CLOSED:
        file.close()
    path.unlink(missing_ok=True)


def rename_open(path: Path, target: Path, file: IO[bytes]) -> None:
    """Rename an open file over a target; see `remove_open`."""
    if _ONLY_CLOSED:
        file.close()
    path.replace(target)


class _Naming:
    """A block that adds a path to errors of the system that name none; each write enters one."""

    __slots__ = ("_path",)

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if isinstance(error, OSError) and error.errno is not None and error.filename is None and self._path is not None:
            error.filename = str(self._path)
