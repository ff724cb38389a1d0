"""Gives a file one owner at a time."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

_NO_LOCKS = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP})
"""What a file system answers that has no locks, as Lustre, some NFS mounts and some FUSE file systems."""


def is_locked(path: Path) -> bool:
    """Whether somebody, in this process or another, has a file locked; False where that cannot be told."""
    import fcntl

    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # it is gone, a folder, not ours to read, or where there are no locks
        return False
    return False


def locked(path: Path, opening: Callable[[], IO[bytes]], *, share: bool = False, wait: bool = False) -> IO[bytes]:
    """Open a file and lock it until it is closed; with `share` beside others that only read it.

    Where the file system has no locks, the file is used without one, and a warning says so.

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
            try:
                fcntl.flock(file, how)
            except OSError as error:
                if error.errno not in _NO_LOCKS:
                    raise
                logging.getLogger("tonearm").warning(
                    "%s is used without a lock, as its file system has none: run one transfer to it at a time", path
                )
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        except FileNotFoundError:
            pass
        except BaseException:
            file.close()
            raise
        file.close()  # who had it renamed or removed it meanwhile: look again
