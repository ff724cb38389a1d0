"""The SHA-256 of what is being received, reckoned beside it."""

from __future__ import annotations

import hashlib
from queue import SimpleQueue
from threading import Semaphore, Thread

_BATCH = 1024 * 1024
"""Bytes that are handed over at once."""

_WAITING = 2
"""Batches that may wait; whoever hands over another one waits, so that memory is bounded."""


class Digest:
    """Hashes blocks in order; from the first megabyte on in a thread of its own, as hashing leaves the lock free."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._blocks: list[bytes] = []
        self._size = 0
        self._batches: SimpleQueue[list[bytes] | None] = SimpleQueue()
        self._places = Semaphore(_WAITING)
        self._thread: Thread | None = None

    def update(self, block: bytes) -> None:
        """Take the next block."""
        self._blocks.append(block)
        self._size += len(block)
        if self._size < _BATCH:
            return
        if self._thread is None:
            self._thread = Thread(target=self._run, name="tonearm-sha256", daemon=True)
            self._thread.start()
        self._places.acquire()
        self._batches.put(self._blocks)
        self._blocks, self._size = [], 0

    def hexdigest(self) -> str:
        """The hash of all blocks so far, in lower-case hexadecimal digits."""
        self.close()
        for block in self._blocks:
            self._sha256.update(block)
        self._blocks, self._size = [], 0
        return self._sha256.hexdigest()

    def close(self) -> None:
        """End the thread, once it has done what it was given."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._batches.put(None)
            thread.join()

    def _run(self) -> None:
        while (batch := self._batches.get()) is not None:
            for block in batch:
                self._sha256.update(block)
            self._places.release()
