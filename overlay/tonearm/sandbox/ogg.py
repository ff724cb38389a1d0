"""Chained Ogg files: recordings one after the other, each with headers of its own.

FFmpeg reads them as one recording that is as the first one says.
"""

from __future__ import annotations

import io
import os
from itertools import pairwise
from typing import BinaryIO

_MARK, _HEADER = b"OggS", 27
_LONGEST = _HEADER + 255
_FLAGS, _COUNT = 5, 26
_BEGINS = 2


def links(file: BinaryIO) -> list[Part]:
    """Give the links of an Ogg file, one after the other, by the headers of its pages; leave its position."""
    before, size = file.tell(), file.seek(0, os.SEEK_END)
    borders, position, beginning = [0], 0, True
    while position < size:
        header = _read(file, position, _LONGEST)
        segments = header[_HEADER : _HEADER + header[_COUNT]] if len(header) > _COUNT else b""
        after = position + _HEADER + len(segments) + sum(segments)
        if header.startswith(_MARK) and (after == size or _read(file, after, len(_MARK)) == _MARK):
            begins = bool(header[_FLAGS] & _BEGINS)
            if begins and not beginning:
                borders.append(position)
            position, beginning = after, begins
        else:  # lost between two pages
            found = header.find(_MARK, 1)
            position += found if found > 0 else max(1, len(header) - len(_MARK) + 1)
    file.seek(before)
    return [Part(file, start, end) for start, end in pairwise([*borders, size])]


def _read(file: BinaryIO, position: int, size: int) -> bytes:
    file.seek(position)
    return file.read(size)


class Part(io.RawIOBase):
    """Bytes of a file as a file; closing it does not close the other."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file, self._start, self._end, self._at = file, start, end, start

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a position and return it."""
        origin = {os.SEEK_SET: self._start, os.SEEK_CUR: self._at, os.SEEK_END: self._end}[whence]
        self._at = max(self._start, origin + offset)
        return self._at - self._start

    def read(self, size: int = -1) -> bytes:
        """Read on, to the end of the part at most."""
        self._file.seek(self._at)
        block = self._file.read(max(0, self._end - self._at if size < 0 else min(size, self._end - self._at)))
        self._at += len(block)
        return block

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def readable(self) -> bool:
        """Say yes."""
        return True
