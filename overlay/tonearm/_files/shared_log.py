"""A journal that several threads of a process write: they wait for the disk together."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

from attrs import define, field

from .state_log import StateLog


@define
class SharedLog:
    """A state log for several threads, each of which goes on once its own line is on the disk.

    While one thread waits for the disk the others write their lines, and the next wait is for all of these: the disk
    is asked once for many lines, and not once for each, one after the other.
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
            line: what it says.
            durable: whether to wait until it is on the disk. Else it outlives the process, and a loss of power only
                where a later line was waited for.

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
        """Close the log for all threads and hand it over, once nobody waits for the disk; None the second time."""
        with self._waiting, self._writing:
            log, self._log = self._log, None
        return log

    def _settle(self) -> None:
        """Wait for the disk.

        After a failure it is not asked again: the system reports one once, and takes what it lost for written then.
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
