"""A source as a file, for libraries that read files."""

from __future__ import annotations

import io
import os

from .._files import Source


class Reader(io.RawIOBase):
    """A seekable binary file over a source, with its own position; closing it leaves the source open."""

    def __init__(self, source: Source) -> None:
        self._source, self._position = source, 0
        # FFmpeg recognises some formats only by their names, which it encodes as UTF-8.
        self.name = (source.name or "the recording").encode("utf-8", "replace").decode()

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a position in bytes and return it."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._source.size}[whence]
        self._position = base + offset
        return self._position

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes, fewer at the end, or all that are left."""
        left = max(0, self._source.size - self._position)
        block = self._source.read_at(self._position, left if size < 0 else min(size, left))
        self._position += len(block)
        return block
