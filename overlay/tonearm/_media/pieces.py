"""Writes parts of a recording as files of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from .spans import Span


@frozen
class Piece:
    """A part of a recording in a file.

    `start` and `end` are what the file really holds, in seconds of the recording: a time in the piece plus `start` is the
    time in the recording. The first `start` may be some milliseconds below zero. `size` is in bytes.
    """

    span: Span
    path: Path
    name: str
    content_type: str
    start: float
    end: float
    size: int


def write_pieces(file: BinaryIO, spans: Sequence[Span], folder: Path, *, most: int | None = None) -> Iterator[Piece]:
    """Write spans of a recording into files of their own, each of which can be decoded by itself.

    The file is read once, as the pieces are asked for; each is whole on the disk (mode 600) when it is given out, and
    may be removed then. The same recording and spans give the same bytes.

    Args:
        file: a seekable binary file that holds the recording.
        spans: the parts to write, in order.
        folder: where to write them.
        most: bytes that a piece may have; one that would have more is encoded again at a low bit rate.

    Raises:
        InvalidInput: the file cannot be read as audio, or a piece cannot be as small as `most`.
        ConfigurationError: the extra that reads audio is not installed.
    """
    raise NotImplementedError
