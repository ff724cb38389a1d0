"""A part of a recording in its own file, and the draft that writes one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from attrs import define, frozen

from .._files import open_new
from .cuts import Span

TYPES = {
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "webm": "audio/webm",
}
"""Media types of pieces by their extensions."""


@frozen
class Piece:
    """A part of a recording in a file.

    `start` and `end` say what the file really holds, in seconds of the recording: a time in the piece plus `start` is
    the time in the recording. The first `start` may be some milliseconds below zero. `size` is in bytes.
    """

    span: Span
    path: Path
    name: str
    content_type: str
    start: float
    end: float
    size: int


@define
class Draft:
    """A piece that is being written."""

    span: Span
    path: Path
    file: IO[bytes]

    @classmethod
    def new(cls, path: Path, span: Span) -> Draft:
        """Begin a piece, in the format of its extension."""
        return cls(span, path, open_new(path))

    def finish(self, start: float, end: float) -> Piece:
        """Close the file and say what it holds, in seconds of the recording."""
        size = self.file.seek(0, os.SEEK_END)
        self.file.close()
        name = self.path.name
        return Piece(self.span, self.path, name, TYPES[self.path.suffix[1:]], start, end, size)

    def discard(self) -> None:
        """Close and remove the file."""
        self.file.close()
        self.path.unlink(missing_ok=True)
