"""Finds where a container begins behind tags or other bytes, such as the header of a download, which FFmpeg refuses."""

from __future__ import annotations

import os
import re
from typing import IO

_TAG = 10  # bytes of an ID3v2 header, and of the footer that may follow the tag
_FOOTER = 0x10
_TAGS = 8  # that are skipped; programs that do not see a tag put one before it
_MOST = 64 * 1024
"""Bytes behind the tags in which a container may begin."""
_CONTAINER = re.compile(
    rb"(?:RIFF|RF64|BW64)....WAVE|FORM....AIF[FC]|fLaC[\0\x80]\0\0\x22|OggS\0\x02|\x1aE\xdf\xa3|\0\0..ftyp", re.DOTALL
)
"""How containers begin whose first bytes no other bytes are by chance."""


def beginning(file: IO[bytes]) -> int | None:
    """The byte at which to begin with a file that cannot be read from its first one; None when there is none."""
    start = _tags_end(file)
    file.seek(start)
    found = _CONTAINER.search(file.read(_MOST))
    return start + (found.start() if found else 0) or None


def _tags_end(file: IO[bytes]) -> int:
    """Where the ID3v2 tags end that a file begins with; of one that is longer than the file, where its header ends."""
    end, position = file.seek(0, os.SEEK_END), 0
    for _ in range(_TAGS):
        file.seek(position)
        size = tag_size(file.read(_TAG))
        if position + size >= end:
            return position + min(size, _TAG)
        position += size
    return position


def tag_size(head: bytes) -> int:
    """Bytes of the ID3v2 tag that begins with `head`, with its header; 0 when there is none."""
    if len(head) < _TAG or not head.startswith(b"ID3") or max(head[6:_TAG]) > 127:
        return 0
    size = 0
    for byte in head[6:_TAG]:  # of 7 bits each
        size = size << 7 | byte
    return _TAG + size + _TAG * bool(head[5] & _FOOTER)
