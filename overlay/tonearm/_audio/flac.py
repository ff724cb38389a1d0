"""Puts the length into the header of a FLAC file that was written as a stream (RFC 9639)."""

from __future__ import annotations

import os
from typing import IO

from attrs import frozen

from .._base.cancellation import check_stop

_STREAMINFO, _RATE_TO_SAMPLES = 8, 18
"""Where STREAMINFO begins in a file, and in it the 64 bits that end with the total of samples."""
_TOTAL = (1 << 36) - 1
_LARGEST_FRAME = 1024 * 1024
"""Bytes; twice the 16,384 samples of a frame in the streamable subset, with 8 channels of 32 bits."""
_TRIES = 4
"""How many places that look like a frame's header are tried; a few bytes of sound do so by chance."""
_SYNC = 0b111111111111100
_SAMPLES = {
    1: 192,
    **{code: 576 << (code - 2) for code in range(2, 6)},
    **{code: 256 << (code - 8) for code in range(8, 16)},
}


def _table(polynomial: int, bits: int) -> list[int]:
    top, mask = 1 << (bits - 1), (1 << bits) - 1
    table: list[int] = []
    for byte in range(256):
        value = byte << (bits - 8)
        for _ in range(8):
            value = (value << 1 ^ (polynomial if value & top else 0)) & mask
        table.append(value)
    return table


_CRC8, _CRC16 = _table(0x07, 8), _table(0x8005, 16)


@frozen
class _Frame:
    """The header of a frame; `number` counts frames, or with `by_sample` samples."""

    by_sample: bool
    number: int
    samples: int


def fill_length(file: IO[bytes]) -> bool:
    """Write the number of samples that a streaming encoder had to leave open; it follows from the last frame.

    Returns:
        Whether the file was changed: not if it has a number, does not end with a whole frame of at most 1 MiB, or is no
        FLAC.
    """
    start = _audio(file)
    if start is None:
        return False
    file.seek(_RATE_TO_SAMPLES)
    facts = int.from_bytes(file.read(8), "big")
    if facts & _TOTAL:
        return False
    file.seek(start)
    first = _header(file.read(16))
    last = _last(file, start)
    if first is None or last is None:
        return False
    step = 1 if last.by_sample else first.samples
    total = (last.number - first.number) * step + last.samples
    if not 0 < total <= _TOTAL:
        return False
    file.seek(_RATE_TO_SAMPLES)
    file.write((facts | total).to_bytes(8, "big"))
    return True


def _audio(file: IO[bytes]) -> int | None:
    """Where the first frame begins, or None when this is no FLAC file."""
    file.seek(0)
    if file.read(4) != b"fLaC":
        return None
    position = 4
    while len(head := file.read(4)) == 4:
        position += 4 + int.from_bytes(head[1:], "big")
        if head[0] & 0x80:
            return position
        file.seek(position)
    return None


def _last(file: IO[bytes], start: int) -> _Frame | None:
    """The header of the frame that ends where the file ends."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(start, end - _LARGEST_FRAME))
    tail = file.read()
    at, tries = len(tail), 0
    while tries < _TRIES and (at := tail.rfind(0xFF, 0, at)) >= 0:
        frame = _header(tail[at : at + 16])
        if frame is None:
            continue
        check_stop()
        if _crc(tail[at:], _CRC16, 16) == 0:
            return frame
        tries += 1
    return None


def _header(data: bytes) -> _Frame | None:
    """Read the header of a frame; None when there is none, or a broken one."""
    if len(data) < 6 or data[0] << 7 | data[1] >> 1 != _SYNC or data[3] & 1:
        return None
    ones = 8 - (data[4] ^ 0xFF).bit_length()
    size = max(1, ones)
    if ones in (1, 8) or len(data) < 8 + size:
        return None
    number = data[4] & (0x7F >> ones)
    for byte in data[5 : 4 + size]:
        number = number << 6 | byte & 0x3F
    samples_code, rate_code = data[2] >> 4, data[2] & 15
    position = 4 + size
    samples = _SAMPLES.get(samples_code, 0)
    if samples_code in (6, 7):
        length = samples_code - 5
        samples = int.from_bytes(data[position : position + length], "big") + 1
        position += length
    position += {12: 1, 13: 2, 14: 2}.get(rate_code, 0)
    if not samples or position >= len(data) or _crc(data[: position + 1], _CRC8, 8):
        return None
    return _Frame(bool(data[1] & 1), number, samples)


def _crc(data: bytes, table: list[int], bits: int) -> int:
    value, shift, mask = 0, bits - 8, (1 << bits) - 1
    for byte in data:
        value = (value << 8 & mask) ^ table[value >> shift ^ byte]
    return value
