"""Repairs the sizes of a WAV file that was written as a stream, and reads how long it is."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import IO

from attrs import frozen

_LARGEST = 0xFFFFFFFF

_UNTOLD = 0x7FFFF000
"""Bytes from which on a size stands for one that is not known: it is near to what 31 or 32 bits hold, or beyond."""


@frozen
class Chunk:
    """A chunk of a RIFF file: its kind, and where its contents begin and how many there are, in bytes."""

    kind: bytes
    at: int
    size: int


def repair(file: IO[bytes]) -> float | None:
    """Put the true sizes into a WAV file; servers that stream one send 0xFFFFFFFF in their place.

    Returns:
        Its length in seconds, 0.0 when it holds no samples, or None when it is no WAV file.
    """
    end = file.seek(0, os.SEEK_END)
    if not _is_wav(file):
        return None
    file.seek(4)
    unsized = not 8 < struct.unpack("<I", file.read(4))[0] + 8 <= end
    if unsized:
        _write_size(file, 4, end - 8)
    byte_rate = 0
    for chunk in chunks(file, end):
        if chunk.kind == b"fmt ":
            file.seek(chunk.at + 8)
            byte_rate = int.from_bytes(file.read(4), "little")
        elif chunk.kind == b"data":
            size, rest = chunk.size, end - chunk.at
            if size > rest or (unsized and size == 0):
                size = rest
                _write_size(file, chunk.at - 4, size)
            return size / byte_rate if byte_rate else None
    return 0.0


def missing(file: IO[bytes]) -> int:
    """Bytes of samples that a WAV file lacks, by what its header says; 0 where that says nothing."""
    end = file.seek(0, os.SEEK_END)
    if _is_wav(file):
        for chunk in chunks(file, end):
            if chunk.kind == b"data" and chunk.size < _UNTOLD:
                return max(0, chunk.at + chunk.size - end)
    return 0


def chunks(file: IO[bytes], end: int) -> Iterator[Chunk]:
    """The chunks of a RIFF file of `end` bytes, as their headers tell them; the last may be cut off."""
    position = 12
    while position + 8 <= end:
        file.seek(position)
        kind, size = struct.unpack("<4sI", file.read(8))
        yield Chunk(kind, position + 8, size)
        position += 8 + size + size % 2


def _is_wav(file: IO[bytes]) -> bool:
    file.seek(0)
    head = file.read(12)
    return (head[:4], head[8:]) == (b"RIFF", b"WAVE")


def _write_size(file: IO[bytes], at: int, size: int) -> None:
    file.seek(at)
    file.write(struct.pack("<I", min(size, _LARGEST)))
