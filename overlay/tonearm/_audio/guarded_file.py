"""A file for FFmpeg that keeps the exceptions of its reads and writes.

A signal waits while FFmpeg works, and Python handles it in the next line that it runs, which is in a read or a write.
PyAV only prints what is raised there and is no `Exception`, such as KeyboardInterrupt, and FFmpeg continues without
those bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from types import TracebackType
from typing import IO, Self

WRITING = {"flush_packets": "0"}
"""Options for a container that is written: FFmpeg then hands over blocks of 32 KiB, and not each packet by itself."""


class GuardedFile:
    """A file for FFmpeg. An exception of a read or a write is raised again by `reraise`, and at the end of the block.

    Until then reads return nothing, and writes are discarded.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._raised = file, list[BaseException]()
        reads, writes = _reads(file, self._raised), _writes(file, self._raised)
        next(reads)
        next(writes)
        # Python handles a waiting signal before the first line of a function, but inside a generator that is resumed.
        self.read: Callable[[int], bytes] = reads.send
        self.write: Callable[[bytes], int] = writes.send
        self.tell = file.tell
        self.name: object = getattr(file, "name", "<none>")

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a position in bytes and return it."""
        try:
            return self._file.seek(offset, whence)
        except Exception:  # such as a position outside the file, which FFmpeg may do without
            raise
        except BaseException as error:
            self._raised.append(error)
            raise OSError from error

    def reraise(self) -> None:
        """Raise the first exception of a read or a write."""
        if self._raised:
            raise self._raised[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.reraise()


def _reads(file: IO[bytes], raised: list[BaseException]) -> Generator[bytes, int]:
    """Yield blocks of the sizes that are sent; empty ones once a read has failed."""
    block = b""
    while True:
        try:
            size = yield block
            block = b"" if raised else file.read(size)
        except GeneratorExit:
            raise
        except BaseException as error:
            raised.append(error)
            block = b""


def _writes(file: IO[bytes], raised: list[BaseException]) -> Generator[int, bytes]:
    """Write the blocks that are sent, until a write has failed."""
    size = 0
    while True:
        try:
            block = yield size
            size = len(block)
            if not raised:
                file.write(block)
        except GeneratorExit:
            raise
        except BaseException as error:
            raised.append(error)
