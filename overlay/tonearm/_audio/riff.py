"""The chunks of a WAV file: where its samples are, and how many, whatever its header says. Needs no extra.

Recorders that lose power, programs that stream, and sizes of more than 32 bits leave headers that declare too few
bytes. Bytes after the declared samples that are no chunk are samples, too.
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
_UNKNOWN_SIZES = (
    range(0x7FFFF000, 0x80000000),
    range(0xFFFFFF00, 0x100000000),
)  # sizes that SoX and FFmpeg write for unknown
_KNOWN = frozenset(
    b"LIST INFO id3  ID3  bext iXML axml cue  fact smpl inst plst note labl ltxt adtl JUNK junk PAD  FLLR DISP PEAK "
    b"acid afsp _PMX levl umid chna link minf elm1 regn ovwf slnt wavl AFAn SAUR strc".split(b" ")
)
"""Chunks that may follow the samples, even if the file ends within them."""
_TAGS = (b"ID3", b"TAG", b"APETAGEX", b"RIFF")
_NOTHING = 8  # bytes at the end that are too few for a chunk
_MOST_CHUNKS = 10_000  # that are read
_PADDING = 64 * 1024  # zeros at the end that are padding; more may be a recorder's silence


@frozen
class Chunk:
    """A chunk of a RIFF file: its kind, and the position and size of its contents in bytes."""

    kind: bytes
    at: int
    size: int

    @property
    def end(self) -> int:
        """Where the next chunk begins."""
        return self.at + self.size + self.size % 2


@frozen
class Layout:
    """The layout of a WAV file: the format of its samples, and their position and size in bytes.

    `at` is None if there are no samples. `declared` is the size in the header, None if that means "unknown". `is_long`
    says that the header has sizes of 64 bits.
    """

    form: bytes
    at: int | None = None
    size: int = 0
    declared: int | None = None
    is_long: bool = False

    @property
    def byte_rate(self) -> int:
        """Bytes per second."""
        return int.from_bytes(self.form[8:12], "little")


def layout(file: IO[bytes]) -> Layout | None:
    """Read the layout of a WAV file; None when it is none."""
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
            declared = long if chunk.size == _LARGEST and long else chunk.size
            unknown = long is None and any(declared in sizes for sizes in _UNKNOWN_SIZES)
            size = end - chunk.at if unknown else _true_size(file, chunk.at, declared, end)
            return Layout(form, chunk.at, size, None if unknown else declared, is_long=long is not None)
    return Layout(form, is_long=long is not None)


def chunks(file: IO[bytes], end: int, position: int = 12) -> Iterator[Chunk]:
    """The chunks of a RIFF file of `end` bytes from a position, by their headers; the last may be cut off."""
    while position + 8 <= end:
        file.seek(position)
        kind, size = struct.unpack("<4sI", file.read(8))
        chunk = Chunk(kind, position + 8, size)
        yield chunk
        position = chunk.end


def believable(file: IO[bytes]) -> int | None:
    """Where to end a RIFF file so that FFmpeg does not read its metadata, as they declare more bytes than the file has.

    FFmpeg would allocate that much memory. None if the metadata are right.
    """
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(4) in _MARKS:
        for chunk in islice(chunks(file, end), _MOST_CHUNKS):
            if chunk.kind == b"LIST" and chunk.end > end + 1 and _contents(file, chunk, 4) == b"INFO":
                return chunk.at - 8
    return None


def repair(file: IO[bytes]) -> float | None:
    """Correct the sizes in the header of a WAV file, for example of one that was sent while it was made.

    Returns:
        Its length in seconds, 0.0 when it has no samples, or None when it is no WAV file.
    """
    wav = layout(file)
    if wav is None:
        return None
    if not wav.is_long:
        end = file.seek(0, os.SEEK_END)
        file.seek(4)
        whole = int.from_bytes(file.read(4), "little") + 8
        wrong = wav.at is not None and wav.size != wav.declared
        if wav.at is not None and wrong:
            _write_size(file, wav.at - 4, wav.size)
        if wrong or not 8 < whole <= end:
            _write_size(file, 4, end - 8)
    if wav.at is None:
        return 0.0
    return wav.size / wav.byte_rate if wav.byte_rate else None


def missing(file: IO[bytes]) -> int:
    """How many bytes of its declared samples a WAV file lacks; 0 if its header declares no size."""
    wav = layout(file)
    if wav is None or wav.declared is None or wav.declared >= _UNKNOWN_SIZES[0].start:
        return 0
    return max(0, wav.declared - wav.size)


def _true_size(file: IO[bytes], at: int, declared: int, end: int) -> int:
    """The bytes of samples: up to the chunks at the end of the file, or else to its end."""
    for size in range(declared, end - at + 1, _LARGEST + 1):  # 32 bits hold only the remainder of a larger size
        if _are_chunks(file, at + size + size % 2, end):
            return size
    return end - at


def _are_chunks(file: IO[bytes], position: int, end: int) -> bool:
    """Whether a position is followed by chunks, or by tags or padding that programs put behind them."""
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
