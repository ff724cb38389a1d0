"""A part of a file as a file."""

from __future__ import annotations

import io
import os
from typing import IO


class Section(io.RawIOBase):
    """A part of a file, from byte `start` to `end`, as a file; closing it leaves the whole file open."""

    def __init__(self, file: IO[bytes], start: int, end: int) -> None:
        self._file, self._start, self._size, self._position = file, start, end - start, 0
        self.name = getattr(file, "name", None)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a position in bytes and return it."""
        self._position = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence] + offset
        return self._position

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes, fewer at the end, or all that are left."""
        left = max(0, self._size - self._position)
        self._file.seek(self._start + self._position)
        block = self._file.read(left if size < 0 else min(size, left))
        self._position += len(block)
        return block
