"""The chunks of a WAV file: where its samples are, and how many, whatever its header says. Needs no extra.

Recorders that lose power, programs that stream and sizes of more than 32 bits leave headers that tell of fewer bytes
than there are. What follows the samples, and is no chunk, is sound.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from itertools import islice
from typing import IO

from attrs import frozen

_LARGEST = 0xFFFFFFFF
_MARKS = (b"RIFF", b"RF64", b"BW64")
_UNTOLD = (range(0x7FFFF000, 0x80000000), range(0xFFFFFF00, 0x100000000))  # sizes that SoX and FFmpeg write for unknown
_KNOWN = frozenset(
    b"LIST INFO id3  ID3  bext iXML axml cue  fact smpl inst plst note labl ltxt adtl JUNK junk PAD  FLLR DISP PEAK "
    b"acid afsp _PMX levl umid chna link minf elm1 regn ovwf slnt wavl AFAn SAUR strc".split(b" ")
)
"""Chunks that stand after samples, also where the file ends within them."""
_TAGS = (b"ID3", b"TAG", b"APETAGEX", b"RIFF")
_NOTHING = 8  # bytes at the end that are too few for a chunk
_MOST_CHUNKS = 10_000  # that are looked at
_PADDING = 64 * 1024  # bytes of nothing at the end that are padding; more may be a recorder's silence


@frozen
class Chunk:
    """A chunk of a RIFF file: its kind, and where its contents begin and how many there are, in bytes."""

    kind: bytes
    at: int
    size: int

    @property
    def end(self) -> int:
        """Where the next chunk begins."""
        return self.at + self.size + self.size % 2


@frozen
class Layout:
    """What a WAV file holds, in bytes: what its header says of the samples, where they begin, and how many there are.

    `at` is None where there are none; `told` is what the header says of their number, None where that is no number.
    `is_long` says that 64 bits tell the sizes.
    """

    form: bytes
    at: int | None = None
    size: int = 0
    told: int | None = None
    is_long: bool = False

    @property
    def byte_rate(self) -> int:
        """Bytes of a second."""
        return int.from_bytes(self.form[8:12], "little")


def layout(file: IO[bytes]) -> Layout | None:
    """Read what a WAV file holds; None when it is none."""
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(12)
    if head[:4] not in _MARKS or head[8:] != b"WAVE":
        return None
    form, long = b"", None
    for chunk in chunks(file, end):
        if chunk.kind == b"fmt ":
            form = _contents(file, chunk, 1024)
        elif chunk.kind == b"ds64" and chunk.size >= 24:
            long = int.from_bytes(_contents(file, chunk, 24)[8:16], "little")
        elif chunk.kind == b"data":
            told = long if chunk.size == _LARGEST and long else chunk.size
            untold = long is None and any(told in sizes for sizes in _UNTOLD)
            size = end - chunk.at if untold else _true_size(file, chunk.at, told, end)
            return Layout(form, chunk.at, size, None if untold else told, is_long=long is not None)
    return Layout(form, is_long=long is not None)


def chunks(file: IO[bytes], end: int, position: int = 12) -> Iterator[Chunk]:
    """The chunks of a RIFF file of `end` bytes from a position, as their headers tell them; the last may be cut off."""
    while position + 8 <= end:
        file.seek(position)
        kind, size = struct.unpack("<4sI", file.read(8))
        chunk = Chunk(kind, position + 8, size)
        yield chunk
        position = chunk.end


def believable(file: IO[bytes]) -> int | None:
    """Where a RIFF file ends before metadata of more bytes than it has, for which FFmpeg takes as much memory.

    None where there is no such thing.
    """
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(4) in _MARKS:
        for chunk in islice(chunks(file, end), _MOST_CHUNKS):
            if chunk.kind == b"LIST" and chunk.end > end + 1 and _contents(file, chunk, 4) == b"INFO":
                return chunk.at - 8
    return None


def repair(file: IO[bytes]) -> float | None:
    """Put the true sizes into a WAV file whose header says less, as that of one that was sent while it was made.

    Returns:
        Its length in seconds, 0.0 when it holds no samples, or None when it is no WAV file.
    """
    found = layout(file)
    if found is None:
        return None
    if not found.is_long:
        end = file.seek(0, os.SEEK_END)
        file.seek(4)
        whole = int.from_bytes(file.read(4), "little") + 8
        lies = found.at is not None and found.size != found.told
        if found.at is not None and lies:
            _write_size(file, found.at - 4, found.size)
        if lies or not 8 < whole <= end:
            _write_size(file, 4, end - 8)
    if found.at is None:
        return 0.0
    return found.size / found.byte_rate if found.byte_rate else None


def missing(file: IO[bytes]) -> int:
    """Bytes of samples that a WAV file lacks, by what its header says; 0 where that says nothing."""
    found = layout(file)
    if found is None or found.told is None or found.told >= _UNTOLD[0].start:
        return 0
    return max(0, found.told - found.size)


def _true_size(file: IO[bytes], at: int, told: int, end: int) -> int:
    """How many bytes of samples there are: up to the chunks that end the file, or else all that is left."""
    for size in range(told, end - at + 1, _LARGEST + 1):  # 32 bits may have told what is over a multiple
        if _are_chunks(file, at + size + size % 2, end):
            return size
    return end - at


def _are_chunks(file: IO[bytes], position: int, end: int) -> bool:
    """Whether what follows a position is chunks, or tags and padding that programs put behind them."""
    while end - position >= _NOTHING:
        file.seek(position)
        head = file.read(_NOTHING)
        if head.startswith(_TAGS) or (end - position <= _PADDING and not any(head + file.read(_PADDING))):
            return True
        chunk = Chunk(head[:4], position + 8, int.from_bytes(head[4:], "little"))
        if chunk.kind not in _KNOWN and (chunk.end > end + 1 or not _is_name(chunk.kind)):
            return False
        position = chunk.end
    return True


def _is_name(kind: bytes) -> bool:
    return kind.isascii() and all(chr(byte).isalnum() or byte in b" _-" for byte in kind)


def _contents(file: IO[bytes], chunk: Chunk, most: int) -> bytes:
    file.seek(chunk.at)
    return file.read(min(chunk.size, most))


def _write_size(file: IO[bytes], at: int, size: int) -> None:
    file.seek(at)
    file.write(struct.pack("<I", min(size, _LARGEST)))
