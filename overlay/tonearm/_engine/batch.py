"""Collects blocks of a body to be written together, as calling a thread costs as much as writing a block."""

from __future__ import annotations

import time

from attrs import define, field

from .._base.cancellation import check_stop
from .._http import Sink

_SIZE = 512 * 1024
"""Bytes that are enough to be written."""

_PAUSE = 0.1
"""Seconds after which fewer bytes are written, too, so that progress is reported for a slow server."""


@define
class Batch:
    """Received blocks that must still be written, in order."""

    sink: Sink
    _blocks: list[bytes] = field(factory=list[bytes], init=False)
    _size: int = field(default=0, init=False)
    _due: float = field(default=0.0, init=False)

    def take(self, block: bytes) -> bool:
        """Add the next block, and return whether it is time to write."""
        self._blocks.append(block)
        self._size += len(block)
        return self._size >= _SIZE or time.monotonic() >= self._due

    def write(self) -> None:
        """Write the collected blocks."""
        blocks, self._blocks, self._size = self._blocks, [], 0
        for block in blocks:
            check_stop()
            self.sink.write(block)
        self._due = time.monotonic() + _PAUSE
