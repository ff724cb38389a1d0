"""Makes the received bytes of a download durable every 16 MiB, while more arrive."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import IO

from attrs import define, field

from .._base.threads import starting
from .._files import WriteBehind, sync

_STEP = 16 * 1024 * 1024
"""Bytes after which received data are made durable."""

_MOST = 2 * _STEP
"""Bytes after which the caller waits for a slow disk, so that a loss of power costs no more."""


@define(eq=False)
class Checkpoints:
    """Makes the bytes of a file durable and records their number, in a thread, so that receiving does not wait for it.

    The next `at` or `wait` after a failure raises it, and nothing is recorded after it: the system reports a failure
    once, and then counts the lost bytes as durable.

    Attributes:
        saved: how many bytes are durable, and recorded as that.
    """

    _file: IO[bytes]
    _behind: WriteBehind
    _record: Callable[[int], object]
    saved: int = 0
    _thread: Thread | None = field(default=None, init=False)
    _error: Exception | None = field(default=None, init=False)

    def at(self, offset: int) -> None:
        """Begin a checkpoint when it is time for one.

        Args:
            offset: how many bytes were received; those that the file does not have yet are left to a later checkpoint.
        """
        ahead = offset - self.saved
        if ahead < _STEP or (ahead < _MOST and self._busy()):
            return
        self.wait()
        self._thread = Thread(target=self._run, name="tonearm-checkpoint", daemon=True)
        try:
            with starting():
                self._thread.start()
        except OSError:  # the system refuses another thread, so receiving waits
            self._run()

    def save(self, size: int) -> None:
        """Make the file durable, and record that it has `size` bytes."""
        sync(self._file)
        self._record(size)
        self.saved = size

    def wait(self) -> None:
        """Wait for the end of a checkpoint.

        Raises:
            OSError: the file or its state could not be written.
        """
        self.close()
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Wait for the end of a checkpoint, whether or not it fails."""
        if self._thread is not None and self._busy():  # Ctrl-C may have come before it was started
            self._thread.join()
        self._thread = None

    def _busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _run(self) -> None:
        try:
            self.save(self._behind.position)  # read before: what is written meanwhile may not be durable
        except Exception as error:  # of any kind: it is raised in the caller's thread
            self._error = error
