"""Streams that cannot seek, as sources that can be sent again, by way of a temporary file."""

from __future__ import annotations

import os
from typing import IO, TypeGuard

from attrs import define, field

from .._base.cancellation import check_stop
from .._base.validate import whole
from ..errors import InvalidInput, SourceChanged
from .atomic import scratch
from .source import BLOCK, NO_STAMP, FileWindow, Source, SourceLike, stamp_of


@define
class Spool(Source):
    """A stream of known size. Only its last window is kept, and each window follows the one before."""

    _stream: IO[bytes] = field(kw_only=True, alias="stream")

    def window(self, start: int = 0, length: int | None = None) -> FileWindow:
        """Read the next part of the stream into the temporary file.

        Raises:
            SourceChanged: the stream ends too early, or continues after the last part, which is then not sent:
                nothing is cut off silently.
        """
        length = self.size - start if length is None else length
        self._file.seek(0)
        self._file.truncate()
        copied = _copy(self._stream, self._file, length)
        if copied < length:
            reason = f"the stream ended after {start + copied} of {self.size} bytes"
            raise SourceChanged(reason, done=start, total=self.size)
        if start + length == self.size and _bytes(self._stream.read(1)):
            reason = f"the stream continues after size, which is {self.size} bytes: it would be cut off there"
            raise SourceChanged(reason, done=start, total=self.size)
        self._origin = -start
        return FileWindow(self, start, length)

    def verify(self) -> None:
        """Do nothing: nobody else has the temporary file, so it cannot change."""


def is_stream(source: SourceLike) -> TypeGuard[IO[bytes]]:
    """Whether a source can be read only once."""
    if isinstance(source, (str, os.PathLike, bytes)) or not hasattr(source, "read"):
        return False
    try:
        return not source.seekable() if hasattr(source, "seekable") else not hasattr(source, "seek")
    except ValueError:  # it is closed
        return False


def open_source(source: SourceLike, size: int | None) -> Source:
    """Open a source, also a stream that cannot seek.

    Args:
        source: what to send.
        size: the bytes of a stream up to its end: only one part at a time is then kept. Without it, the stream is first
            copied whole into a temporary file. Any other source must have this size.

    Raises:
        InvalidInput: it cannot be sent, or has another size.
    """
    if not is_stream(source):
        opened = Source.open(source)
        if size is not None and size != opened.size:
            opened.close()
            raise InvalidInput(
                f"size is {size}, but {opened.name or 'the source'} has {opened.size} bytes",
                argument="size",
                value=size,
                expected=f"the size of the source, {opened.size}",
            )
        return opened
    _bytes(source.read(0))
    if size is not None:
        return Spool(None, whole(size, "size", least=1), scratch(), 0, True, NO_STAMP, stream=source)
    file = scratch()
    try:
        copied = _copy(source, file, None)
        file.flush()
        if copied == 0:
            raise InvalidInput(
                "the stream is empty: there is nothing to send",
                argument="source",
                value=source,
                expected="a stream that is not empty",
            )
    except BaseException:
        file.close()
        raise
    return Source(None, copied, file, 0, True, stamp_of(file))


def _copy(stream: IO[bytes], to: IO[bytes], most: int | None) -> int:
    """Copy up to `most` bytes, or all; returns how many there were."""
    copied = 0
    while most is None or copied < most:
        check_stop()
        block = _bytes(stream.read(BLOCK if most is None else min(BLOCK, most - copied)))
        if not block:
            break
        to.write(block)
        copied += len(block)
    return copied


def _bytes(block: object) -> bytes:
    if not isinstance(block, bytes):
        raise InvalidInput(
            f"the stream returns {type(block).__name__}, not bytes",
            argument="source",
            value=block,
            expected="a stream of bytes",
            hint="open it in binary mode, blocking",
        )
    return block
