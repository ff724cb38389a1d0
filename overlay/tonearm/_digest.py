"""The SHA-256 of what is being received, reckoned beside it, and what else takes time and need not be waited for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from queue import SimpleQueue
from threading import Semaphore, Thread

_BATCH = 512 * 1024
"""Bytes that are handed over at once. Four times as many may be held: collected, waiting twice, and being hashed."""

_WAITING = 2
"""Batches that may wait; whoever hands over another one waits, so that memory is bounded."""


class Digest:
    """Hashes blocks in order; from the first 512 KiB on in a thread of its own, as hashing leaves the lock free."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._blocks: list[bytes] = []
        self._size = 0
        self._batches: SimpleQueue[tuple[list[bytes], Callable[[], object]] | None] = SimpleQueue()
        self._places = Semaphore(_WAITING)
        self._thread: Thread | None = None
        self._error: OSError | None = None

    def update(self, block: bytes, after: Callable[[], object] | None = None) -> None:
        """Take the next block; `after` is done once it is hashed, at the latest with the hash of all.

        Raises:
            OSError: what was to be done after an earlier block failed.
        """
        self._blocks.append(block)
        self._size += len(block)
        if self._size < _BATCH and after is None:
            return
        if self._thread is None:
            self._thread = Thread(target=self._run, name="tonearm-sha256", daemon=True)
            self._thread.start()
        self._places.acquire()
        self._batches.put((self._blocks, after or _nothing))
        self._blocks, self._size = [], 0
        self._raise()

    def hexdigest(self) -> str:
        """The hash of all blocks so far, in lower-case hexadecimal digits.

        Raises:
            OSError: what was to be done after a block failed.
        """
        self.close()
        self._raise()
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

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        while (given := self._batches.get()) is not None:
            blocks, after = given
            for block in blocks:
                self._sha256.update(block)
            try:
                after()
            except OSError as error:
                self._error = error
            self._places.release()


def _nothing() -> None:
    """Do nothing after a block."""
