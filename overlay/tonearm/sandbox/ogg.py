"""Chained Ogg files: recordings one after the other, each with its own headers.

FFmpeg reads them as one recording with the headers of the first one.
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
    """Return the links of an Ogg file, in order, by the headers of its pages; the position stays."""
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
            next_mark = header.find(_MARK, 1)
            position += next_mark if next_mark > 0 else max(1, len(header) - len(_MARK) + 1)
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
        """Read the next bytes, up to the end of the part."""
        self._file.seek(self._at)
        block = self._file.read(max(0, self._end - self._at if size < 0 else min(size, self._end - self._at)))
        self._at += len(block)
        return block

    def seekable(self) -> bool:
        """True."""
        return True

    def readable(self) -> bool:
        """True."""
        return True
