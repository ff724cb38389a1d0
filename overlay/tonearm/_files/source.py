"""What is sent: a path, bytes or an open file as a source with a known size."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import IO, Self, TypeAlias, cast

from attrs import define, field, frozen

from .._base.cancellation import check_stop
from ..errors import InvalidInput, MissingFile, SourceChanged

BLOCK = 256 * 1024
"""Bytes read or written at a time."""

NO_STAMP = (-1, -1)
"""The stamp of a source that is no file on a disk."""

SourceLike: TypeAlias = "str | os.PathLike[str] | bytes | IO[bytes]"
"""What can be sent: the path of a file, its bytes, or a seekable binary file (from its position).

Clients also accept a web address of a recording, of which only the needed ranges are read (`_transfer.open_input`)."""


@define
class Source:
    """An open source of known size. Each read says its position, so that parts may be read side by side."""

    name: str | None
    size: int
    _file: IO[bytes]
    _origin: int
    _owned: bool
    _stamp: tuple[int, int]
    _lock: Lock = field(factory=Lock)

    @classmethod
    def open(cls, source: SourceLike) -> Source:
        """Open a source.

        Raises:
            MissingFile: there is no such file.
            InvalidInput: it is a folder, empty, cannot be read, or is a stream that cannot be sought.
        """
        opened = _open_path(source) if isinstance(source, (str, os.PathLike)) else _open_object(source)
        if opened.size == 0:
            opened.close()
            raise InvalidInput(
                f"{opened.name or 'the source'} is empty: there is nothing to send",
                argument="source",
                value=opened.name,
                expected="audio that is not empty",
            )
        return opened

    def window(self, start: int = 0, length: int | None = None) -> FileWindow:
        """A part of the source as a body that can be read again; `start` and `length` in bytes."""
        return FileWindow(self, start, self.size - start if length is None else length)

    @property
    def modified(self) -> int | None:
        """When the file was last modified, in nanoseconds; None for what is no file on a disk."""
        return None if self._stamp == NO_STAMP else self._stamp[1]

    def head(self) -> bytes:
        """The first bytes, which show the format."""
        return self.read_at(0, min(self.size, 512))

    def read_at(self, position: int, size: int) -> bytes:
        """Exactly `size` bytes from `position`, or SourceChanged when they are no longer there."""
        with self._lock:
            self._file.seek(self._origin + position)
            block = self._file.read(size)
            while block and len(block) < size and (more := self._file.read(size - len(block))):  # as raw files may
                block += more
        if len(block) != size:
            raise self._changed("is shorter than it was")
        return block

    def verify(self) -> None:
        """Raise SourceChanged when the source is not as it was when it was opened."""
        with self._lock:
            if self._stamp != stamp_of(self._file):
                raise self._changed("was changed")
            if self._file.seek(0, os.SEEK_END) - self._origin != self.size:
                raise self._changed("has another size than it had")

    def close(self) -> None:
        """Close the file, if it was opened here."""
        if self._owned:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def _changed(self, how: str) -> SourceChanged:
        return SourceChanged(f"{self.name or 'the source'} {how} while it was sent", done=0, total=self.size)


@frozen
class FileWindow:
    """A part of a source, as a body that can be read many times."""

    source: Source
    start: int
    length: int

    def blocks(self) -> Iterator[bytes]:
        """The bytes of the window, 256 KiB at a time."""
        position, end = self.start, self.start + self.length
        while position < end:
            check_stop()
            block = self.source.read_at(position, min(BLOCK, end - position))
            position += len(block)
            if position == end:  # before the last bytes are sent, so that no server takes a mixture for whole
                self.source.verify()
            yield block

    def md5(self) -> str:
        """The MD5 of the window in lower-case hexadecimal digits."""
        digest = hashlib.md5(usedforsecurity=False)
        for block in self.blocks():
            digest.update(block)
        return digest.hexdigest()


def _open_path(source: str | os.PathLike[str]) -> Source:
    if not os.fspath(source):
        raise InvalidInput(
            "the path of the source is empty", argument="source", value=source, expected="a path that is not empty"
        )
    path = Path(source)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InvalidInput(
                f"{str(path)!r} is not a regular file", argument="source", value=path, expected="a regular file"
            )
        file = path.open("rb")
    except InvalidInput:
        raise
    except FileNotFoundError as error:
        raise MissingFile(
            f"there is no file {str(path)!r}", argument="source", value=path, expected="a file that exists"
        ) from error
    except (OSError, ValueError) as error:
        raise InvalidInput(
            f"{str(path)!r} cannot be read: {error}", argument="source", value=path, expected="a file that can be read"
        ) from error
    size, _ = stamp = stamp_of(file)
    return Source(path.name, size, file, 0, True, stamp)


def _open_object(source: object) -> Source:
    if isinstance(source, bytes):
        return Source(None, len(source), io.BytesIO(source), 0, True, NO_STAMP)
    if not hasattr(source, "read") or not hasattr(source, "seek"):
        raise InvalidInput.of("source", source, "a path, bytes or a binary file")
    file = cast("IO[bytes]", source)
    try:
        origin = file.tell()
        size = file.seek(0, os.SEEK_END) - origin
        file.seek(origin)
        blank = cast("object", file.read(0))
    except (AttributeError, OSError, TypeError, ValueError) as error:
        raise InvalidInput(
            f"the file cannot be sought: {error}",
            argument="source",
            value=source,
            expected="a path, bytes or a seekable file",
            hint="give a path, bytes or a seekable file",
        ) from error
    if not isinstance(blank, bytes):
        raise InvalidInput(
            "the file was opened as text",
            argument="source",
            value=source,
            expected="a binary file",
            hint="open it in binary mode",
        )
    if origin and size <= 0:
        raise InvalidInput(
            "the file stands at its end, where there is nothing to send",
            argument="source",
            value=source,
            expected="a file with something left to read",
            hint="seek(0) goes back to its beginning",
        )
    name = getattr(file, "name", None)
    return Source(Path(name).name if isinstance(name, str) else None, size, file, origin, False, stamp_of(file))


def sendable(name: str) -> str:
    """The name of a file as text that can be sent: bytes that are not UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def stamp_of(file: IO[bytes]) -> tuple[int, int]:
    """The size and the time of a file, which show whether it was changed."""
    try:
        status = os.fstat(file.fileno())
    except (AttributeError, OSError):
        return NO_STAMP
    return (status.st_size, status.st_mtime_ns)
