"""Writing behind: each block is written to the file and hashed while the next one arrives."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import IO

_SIZE = 512 * 1024
"""Bytes of a buffer; large writes cost the system less than many small ones."""

_BUFFERS = 3
"""One that is filled, one that waits and one that is written: whoever fills faster than that waits."""

_PAUSE = 0.1
"""Seconds after which a buffer is written although it is not full, so that a slow download reaches the disk."""

_WINDOW = 16 * 1024 * 1024
"""Bytes after which the system learns that it need not keep them in memory."""

_TOLD = 4
"""Windows that each such call covers: only what has reached the disk can leave memory."""

_advise: Callable[[int, int, int, int], None] | None = getattr(os, "posix_fadvise", None)
_NOT_NEEDED: int = getattr(os, "POSIX_FADV_DONTNEED", 0)  # macOS and Windows have neither


class WriteBehind:
    """Writes blocks to a file and hashes them, in order; from 512 KiB (or 0.1 s) on in a thread of its own.

    A file that is None is somebody else's to write, and its blocks are only hashed. What fails is raised to whoever
    gives the next block, or drains; nothing is written after it.
    """

    def __init__(self, file: IO[bytes] | None) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self._free: SimpleQueue[memoryview] = SimpleQueue()
        for _ in range(_BUFFERS):
            self._free.put(memoryview(bytearray(_SIZE)))
        self._given: SimpleQueue[tuple[memoryview, int] | None] = SimpleQueue()
        self._buffer: memoryview | None = None
        self._filled = 0
        self._due = 0.0
        self._untold = 0
        self._thread: Thread | None = None
        self._error: Exception | None = None

    def known(self, block: bytes) -> None:
        """Hash a block that is in the file already, before anything is written."""
        self._sha256.update(block)

    def write(self, block: bytes) -> None:
        """Take the next block.

        Raises:
            OSError: an earlier block could not be written.
        """
        self._raise()
        rest = memoryview(block)
        while rest:
            if self._buffer is None:
                self._buffer, self._filled, self._due = self._free.get(), 0, time.monotonic() + _PAUSE
            count = min(len(rest), _SIZE - self._filled)
            self._buffer[self._filled : self._filled + count] = rest[:count]
            self._filled += count
            rest = rest[count:]
            if self._filled == _SIZE or time.monotonic() >= self._due:
                self._hand_over()

    def drain(self) -> None:
        """Wait until all blocks are written and hashed.

        Raises:
            OSError: a block could not be written.
        """
        self.close()
        self._raise()

    def sha256(self) -> str:
        """The hash of all blocks so far, in lower-case hexadecimal digits.

        Raises:
            OSError: a block could not be written.
        """
        self.drain()
        return self._sha256.hexdigest()

    def close(self) -> None:
        """Write what was given and end the thread."""
        if self._thread is not None:
            self._hand_over()
            self._given.put(None)
            self._thread.join()
            self._thread = None
        elif self._buffer is not None:
            buffer, self._buffer = self._buffer, None
            self._store(buffer, self._filled)

    def _hand_over(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._run, name="tonearm-write-behind", daemon=True)
            self._thread.start()
        buffer, self._buffer = self._buffer, None  # first, so that Ctrl-C in between has nothing written twice
        if buffer is not None:
            self._given.put((buffer, self._filled))

    def _run(self) -> None:
        while (given := self._given.get()) is not None:
            self._store(*given)

    def _store(self, buffer: memoryview, size: int) -> None:
        data = buffer[:size]
        try:
            if self._error is None:
                if self._file is not None:
                    write_all(self._file, data)
                    self._let_go(self._file, size)
                self._sha256.update(data)
        except Exception as error:  # of any kind: the next `give` raises it
            self._error = error
        finally:
            self._free.put(buffer)

    def _let_go(self, file: IO[bytes], size: int) -> None:
        """Have the system write to the disk what is new, without waiting for it, and forget what has reached it.

        So the end has little to wait for, and a long download does not push out of memory what others read. (What
        Linux does with a range of a file that is said not to be needed: it begins to write the rest of it.)
        """
        self._untold += size
        if _advise is not None and self._untold >= _WINDOW:
            end = file.tell()
            start = max(0, end - _TOLD * _WINDOW)
            with suppress(OSError):  # an advice
                _advise(file.fileno(), start, end - start, _NOT_NEEDED)
            self._untold = 0

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error


def write_all(file: IO[bytes], block: bytes | memoryview) -> None:
    """Write all of a block to a file, which may be an unbuffered one: that takes what fits, and says how much."""
    count = file.write(block)
    while 0 < (count or 0) < len(block):
        block = block[count:]
        count = file.write(block)
