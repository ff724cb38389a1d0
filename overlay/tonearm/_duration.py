"""How long a file of audio is."""

from __future__ import annotations

import io
import os

from ._files import Source
from ._spool import Spool
from .errors import ConfigurationError, InvalidInput


class _Reader(io.RawIOBase):
    """A source as a file of its own, for libraries that read files."""

    def __init__(self, source: Source) -> None:
        self._source, self._position = source, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._source.size}[whence]
        self._position = base + offset
        return self._position

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._source.size - self._position)
        block = self._source.read_at(self._position, left if size < 0 else min(size, left))
        self._position += len(block)
        return block


def duration_of(source: Source) -> float:
    """The length of a source in seconds, as its container tells it.

    Raises:
        InvalidInput: it does not tell, or is a stream that is read once only.
        ConfigurationError: the extra that reads audio is not installed.
    """
    if isinstance(source, Spool):
        raise InvalidInput("duration= is needed: a stream does not tell how long it is before it is sent")
    try:
        import av
        from av.error import FFmpegError
    except ImportError as error:
        raise ConfigurationError(
            "reading how long the audio is needs PyAV: pip install 'tonearm[media]', or give duration="
        ) from error
    try:
        with av.open(_Reader(source), "r") as container:
            length = container.duration
    except FFmpegError as error:
        raise InvalidInput(f"duration= is needed: the source cannot be read as audio ({error})") from error
    if length is None:
        raise InvalidInput("duration= is needed: the source does not tell how long it is")
    return length / av.time_base
