"""Write behind: each block is written to the file and hashed while the next one arrives."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import IO

from .._base.threads import starting

_SIZE = 512 * 1024
"""Bytes of a buffer; large writes cost the system less than many small ones."""

_BUFFERS = 3
"""One is filled, one waits and one is written; when all are full, the caller waits."""

_ALONE = 2 * 1024 * 1024
"""Bytes that the caller's thread writes and hashes itself: a shorter file is done before another thread pays off."""

_LARGE = 64 * 1024
"""Bytes of a block at least that the caller's thread writes as it is; smaller ones are collected in a buffer."""

_PAUSE = 0.1
"""Seconds after which a buffer is written although it is not full, so that a slow download reaches the disk."""

_WINDOW = 16 * 1024 * 1024
"""Bytes after which the system is called to forget what it has written to the disk."""

_WINDOWS_AT_ONCE = 4
"""Windows that each of these calls covers: only what has reached the disk can leave memory."""

_advise: Callable[[int, int, int, int], None] | None = getattr(os, "posix_fadvise", None)
_NOT_NEEDED: int = getattr(os, "POSIX_FADV_DONTNEED", 0)  # macOS and Windows have neither


class WriteBehind:
    """Writes blocks to a file and hashes them, in order; from 2 MiB on in another thread.

    Blocks are collected up to 512 KiB, or for 0.1 s.
    Without a file (None) the blocks are only hashed. The next `write` or `drain` after a failure raises it, and nothing
    more is written.

    Attributes:
        position: how many bytes are in the file and hashed, from its beginning.
    """

    def __init__(self, file: IO[bytes] | None) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self._free: SimpleQueue[memoryview] = SimpleQueue()
        self._to_make = _BUFFERS  # on first use: each is cleared by the system, which costs more than a short file does
        self._given: SimpleQueue[tuple[memoryview, int] | None] = SimpleQueue()
        self._buffer: memoryview | None = None
        self._filled = 0
        self._due = 0.0
        self.position = 0
        self._unreported = 0
        self._thread: Thread | None = None
        self._error: Exception | None = None

    def known(self, block: bytes) -> None:
        """Hash a block that the file already has, before anything is written."""
        self._sha256.update(block)
        self.position += len(block)

    def write(self, block: bytes) -> None:
        """Write the next block.

        Raises:
            OSError: an earlier block could not be written.
        """
        self._raise()
        if self._buffer is None and len(block) >= _LARGE and self._is_alone(len(block)):
            self._store(block)
            return
        rest = memoryview(block)
        while rest:
            if self._buffer is None:
                self._buffer, self._filled, self._due = self._empty(), 0, time.monotonic() + _PAUSE
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
        """Write the remaining blocks and end the thread."""
        if self._thread is not None:
            self._hand_over()
            self._given.put(None)
            self._thread.join()
            self._thread = None
        else:
            self._store_buffer()

    def _empty(self) -> memoryview:
        """A buffer to be filled; waits for one when there are enough of them."""
        if self._to_make and self._free.empty():
            self._to_make -= 1
            return memoryview(bytearray(_SIZE))
        return self._free.get()

    def _is_alone(self, more: int) -> bool:
        """Whether the caller's thread writes the next `more` bytes itself."""
        return self._thread is None and self.position + more <= _ALONE

    def _hand_over(self) -> None:
        if self._is_alone(self._filled) or not self._has_thread():
            self._store_buffer()
            return
        buffer, self._buffer = self._buffer, None  # first, so that Ctrl-C in between writes nothing twice
        if buffer is not None:
            self._given.put((buffer, self._filled))

    def _has_thread(self) -> bool:
        """Start the thread on first use; False where the system refuses one, and the caller's thread writes."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="tonearm-write-behind", daemon=True)
            try:
                with starting():
                    self._thread.start()
            except OSError:
                self._thread = None
                return False
        return True

    def _store_buffer(self) -> None:
        buffer, self._buffer = self._buffer, None  # first, as above
        if buffer is not None:
            try:
                self._store(buffer[: self._filled])
            finally:  # Ctrl-C comes here, too
                self._free.put(buffer)

    def _run(self) -> None:
        while (given := self._given.get()) is not None:
            buffer, size = given
            self._store(buffer[:size])
            self._free.put(buffer)

    def _store(self, data: bytes | memoryview) -> None:
        size = len(data)
        try:
            if self._error is None:
                if self._file is not None:
                    write_all(self._file, data)
                    self._forget(self._file, size)
                self._sha256.update(data)
                self.position += size
        except Exception as error:  # of any kind: the next `write` raises it
            self._error = error

    def _forget(self, file: IO[bytes], size: int) -> None:
        """Let the system write new bytes to the disk, without waiting for it, and forget those that it has written.

        So `sync` has little to wait for at the end, and a long download does not push the files of others out of
        memory. (POSIX_FADV_DONTNEED: Linux drops the clean pages of the range, and begins to write the others.)
        """
        self._unreported += size
        if _advise is not None and self._unreported >= _WINDOW:
            end = file.tell()
            start = max(0, end - _WINDOWS_AT_ONCE * _WINDOW)
            with suppress(OSError):  # an advice
                _advise(file.fileno(), start, end - start, _NOT_NEEDED)
            self._unreported = 0

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error


def write_all(file: IO[bytes], block: bytes | memoryview) -> None:
    """Write all of a block to a file, also to an unbuffered one, which writes what fits, and returns how much."""
    count = file.write(block)
    while 0 < (count or 0) < len(block):
        block = block[count:]
        count = file.write(block)
