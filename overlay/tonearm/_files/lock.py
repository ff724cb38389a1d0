"""Gives a file one owner at a time."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO


def locked(path: Path, opening: Callable[[], IO[bytes]], *, share: bool = False, wait: bool = False) -> IO[bytes]:
    """Open a file and lock it until it is closed; with `share` beside others that only read it.

    Args:
        path: where the file is.
        opening: opens it.
        share: whether others may have it too.
        wait: whether to wait until nobody has it any more.

    Raises:
        BlockingIOError: somebody has it, in this process or another, and `wait` is not set.
    """
    import fcntl

    how = (fcntl.LOCK_SH if share else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
    while True:
        file = opening()
        try:
            fcntl.flock(file, how)
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        except FileNotFoundError:
            pass
        except BaseException:
            file.close()
            raise
        file.close()  # who had it renamed or removed it meanwhile: look again
