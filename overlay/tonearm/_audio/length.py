"""How long a recording is."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, cast

from .._base.cancellation import check_stop
from .._files import Source
from . import wav
from .container import frames, opened
from .reader import Reader

_TELLING = ("flac", "matroska,webm", "mov,mp4,m4a,3gp,3g2,mj2", "ogg")  # containers that hold it; others guess
_ID3_HEADER = 10


def duration(file: BinaryIO) -> float | None:
    """The length in seconds as the file's header tells it, or None when only decoding can tell.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed; plain WAV needs none.
    """
    plain = wav.read(file)
    if plain is not None:
        return plain.duration
    with opened(file) as (container, _):
        name, length = container.format.name, container.duration
    if length is None or not (name in _TELLING or (name == "mp3" and _counted(file))):
        return None
    return length / 1_000_000


def decoded_duration(source: Path | BinaryIO) -> float:
    """The length in seconds of all that can be decoded of a file; a path, or a seekable binary file.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed; plain WAV needs none.
    """
    if isinstance(source, Path):
        with Source.open(source) as opened_source:
            return decoded_duration(cast("BinaryIO", Reader(opened_source)))
    plain = wav.read(source)
    if plain is not None:
        return plain.duration
    total = 0.0
    with opened(source) as (container, stream):
        for timed in frames(container, stream):
            check_stop()
            total += timed.length
    return total


def _counted(file: BinaryIO) -> bool:
    """Whether an MP3 file begins with a header that counts its frames (Xing, Info or VBRI)."""
    file.seek(0)
    head = file.read(_ID3_HEADER)
    start = 0
    if head.startswith(b"ID3"):
        start = _ID3_HEADER + sum(byte << 7 * place for place, byte in enumerate(reversed(head[6:10])))
    file.seek(start)
    frame = file.read(64)  # the side information before it has 32 bytes at most
    for tag in (b"Xing", b"Info"):
        at = frame.find(tag)
        if at >= 0:
            return bool(frame[at + 7] & 1)
    return b"VBRI" in frame
