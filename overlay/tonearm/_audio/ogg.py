"""The links of a chained Ogg file: recordings one after the other, each with its own headers (RFC 3533, section 4).

FFmpeg decodes all of them by the headers of the first one, and so returns nothing, or noise, where a link has other
channels, another rate or another codec.
"""

from __future__ import annotations

import os
import re
from binascii import crc32
from collections.abc import Iterator
from itertools import pairwise
from typing import IO

from .._base.cancellation import check_stop
from .._files import BLOCK
from .section import Section

_FIRST_PAGE = re.compile(rb"OggS\0[\x02\x03\x06\x07]")
_MARK, _HEADER, _CHECKSUM = 6, 27, slice(22, 26)
_LONGEST = 4096
"""Bytes of the first page of a stream at most; it holds only one short header."""
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_ALL = 0xFFFFFFFF


def links(file: IO[bytes]) -> tuple[Section, ...]:
    """The links of an Ogg file, in order; a file that is not chained has one.

    The file is read once without decoding, and keeps its position. Streams that play at the same time begin
    together.
    """
    position, begins, end = file.tell(), [0], None
    for start, after in _first_pages(file):
        if end is not None and start != end:
            begins.append(start)
        end = after
    size = file.seek(0, os.SEEK_END)
    file.seek(position)
    return tuple(Section(file, start, after) for start, after in pairwise((*begins, size)))


def _first_pages(file: IO[bytes]) -> Iterator[tuple[int, int]]:
    """Where the first page of each stream begins and ends."""
    position, rest = 0, b""
    while True:
        check_stop()
        file.seek(position)
        block = file.read(BLOCK)
        if not block:
            return
        bytes_read = rest + block
        for match in _FIRST_PAGE.finditer(bytes_read):
            start = position - len(rest) + match.start()
            length = _page(file, start)
            if length:
                yield start, start + length
        position += len(block)
        rest = bytes_read[1 - _MARK :]


def _page(file: IO[bytes], start: int) -> int:
    """The length of a page in bytes; 0 if its checksum is wrong."""
    file.seek(start)
    page = file.read(_LONGEST)
    if len(page) < _HEADER:
        return 0
    segments = page[_HEADER : _HEADER + page[_HEADER - 1]]
    page = page[: _HEADER + len(segments) + sum(segments)]
    stated = int.from_bytes(page[_CHECKSUM], "little")
    return len(page) if stated == _checksum(page[: _CHECKSUM.start] + bytes(4) + page[_CHECKSUM.stop :]) else 0


def _checksum(page: bytes) -> int:
    """The CRC of Ogg: that of zip files with reversed bits, and without inversion."""
    return int(f"{crc32(page.translate(_REVERSED), _ALL) ^ _ALL:032b}"[::-1], 2)
