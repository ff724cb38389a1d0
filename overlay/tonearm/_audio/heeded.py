"""A file as FFmpeg reads it, without losing what is raised meanwhile.

A signal waits while FFmpeg is at work, and is handled in the first line of Python that runs then, which is one that
reads or writes. PyAV prints what is raised there and is no `Exception`, as Ctrl-C is, and FFmpeg goes on without those
bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from types import TracebackType
from typing import IO, Self


class Heeded:
    """A file for FFmpeg. What a read or a write raises is raised again by `heed` and by the block.

    Until then the file has ended for who reads, and takes all from who writes, which goes nowhere.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._raised = file, list[BaseException]()
        reads, writes = _reads(file, self._raised), _writes(file, self._raised)
        next(reads)
        next(writes)
        # What waits is handled before the first line of a function, but within a generator that is resumed.
        self.read: Callable[[int], bytes] = reads.send
        self.write: Callable[[bytes], int] = writes.send
        self.tell = file.tell
        self.name: object = getattr(file, "name", "<none>")

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a position in bytes and return it."""
        try:
            return self._file.seek(offset, whence)
        except Exception:  # such as a place that is not there, which FFmpeg may do without
            raise
        except BaseException as error:
            self._raised.append(error)
            raise OSError from error

    def heed(self) -> None:
        """Raise what was raised first."""
        if self._raised:
            raise self._raised[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.heed()


def _reads(file: IO[bytes], raised: list[BaseException]) -> Generator[bytes, int]:
    """Give out blocks of the sizes that are asked for; nothing more once a read has failed."""
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
    """Write the blocks that come, until a write has failed."""
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
