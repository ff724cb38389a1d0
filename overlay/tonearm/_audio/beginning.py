"""Finds where a container begins behind tags or other bytes, such as the header of a download, which FFmpeg refuses."""

from __future__ import annotations

import os
import re
from typing import IO

_TAG = 10  # bytes of an ID3v2 header, and of the footer that may follow the tag
_FOOTER = 0x10
_TAGS = 8  # that are skipped; programs that overlook a tag put another one before it
_MOST = 64 * 1024
"""Bytes behind the tags in which a container may begin."""
_CONTAINER = re.compile(
    rb"(?:RIFF|RF64|BW64)....WAVE|FORM....AIF[FC]|fLaC[\0\x80]\0\0\x22|OggS\0\x02|\x1aE\xdf\xa3|\0\0..ftyp", re.DOTALL
)
"""First bytes of containers that are long enough not to appear by chance."""


def beginning(file: IO[bytes]) -> int | None:
    """The byte at which the container of a file begins, if it is not the first one; else None."""
    start = _tags_end(file)
    file.seek(start)
    match = _CONTAINER.search(file.read(_MOST))
    return start + (match.start() if match else 0) or None


def _tags_end(file: IO[bytes]) -> int:
    """Where the leading ID3v2 tags of a file end; if one is longer than the file, where its header ends."""
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
