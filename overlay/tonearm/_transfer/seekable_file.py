"""The base class of files on a server that are read at any position."""

from __future__ import annotations

import io
import os
from abc import abstractmethod


class SeekableFile(io.RawIOBase):
    """A file of a known size with a position; subclasses read the bytes at the position."""

    def __init__(self) -> None:
        self._position: int = 0

    @property
    @abstractmethod
    def size(self) -> int:
        """Bytes of it."""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be sought."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a position in bytes and return it; no request is sent."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError(f"a position cannot be negative ({base + offset})")
        self._position = base + offset
        return self._position
