"""A journal for several threads of a process, which wait for the disk together."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

from attrs import define, field

from .state_log import StateLog


@define
class SharedLog:
    """A state log for several threads; each continues once its own line is on the disk.

    While one thread waits for the disk, the others write their lines, and the next wait covers all of these: one sync
    for many lines, instead of one for each.
    """

    _log: StateLog | None
    _writing: Lock = field(factory=Lock, init=False)
    _waiting: Lock = field(factory=Lock, init=False)
    _written: int = field(default=0, init=False)
    _durable: int = field(default=0, init=False)
    _failure: OSError | None = field(default=None, init=False)

    def append(self, line: Mapping[str, Any], *, durable: bool = True) -> None:
        """Add a line.

        Args:
            line: the JSON object.
            durable: whether to wait until it is on the disk. Otherwise it survives the process, but a loss of power
                only if a later line was durable.

        Raises:
            OSError: the line, or one before it, cannot be written.
            ValueError: the log is closed.
        """
        with self._writing:
            self._open().write(line)
            self._written = number = self._written + 1
        if not durable:
            return
        with self._waiting:
            if self._durable < number:
                self._settle()

    def take(self) -> StateLog | None:
        """Close the log for all threads and return it, once nobody waits for the disk; None the second time."""
        with self._waiting, self._writing:
            log, self._log = self._log, None
        return log

    def _settle(self) -> None:
        """Wait for the disk.

        After a failure it does not wait again: the system reports a failure once, and then counts the lost bytes as
        written.
        """
        if self._failure is not None:
            raise self._failure
        with self._writing:
            log, number = self._open(), self._written
        try:
            log.settle()
        except OSError as error:
            self._failure = error
            raise
        self._durable = number

    def _open(self) -> StateLog:
        if self._log is None:
            raise ValueError("the log is closed")
        return self._log
