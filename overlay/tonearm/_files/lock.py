"""Locks files, so that each has one owner at a time."""

from __future__ import annotations

import errno
import logging
import os
import stat
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO, Any

_NO_LOCKS = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP})
"""Errors of file systems without locks, such as Lustre, some NFS mounts and some FUSE file systems."""


_LOCKED_BYTE = 2**31 - 2
"""The byte that Windows locks. Nobody can read a locked byte, so it is one that no file of ours has."""

_POLL = 0.05
"""Seconds between two attempts to lock a file that another one has locked."""


def is_locked(path: Path) -> bool:
    """Whether somebody, in this process or another, has locked a file; False where that is unknown.

    Only a regular file is opened: a pipe would wait for a writer.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        with path.open("rb") as file:
            _lock(file, share=True, wait=False)
    except BlockingIOError:
        return True
    except OSError:  # it is gone, cannot be read, or its file system has no locks
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
    while True:
        file = opening()
        try:
            try:
                _lock(file, share=share, wait=wait)
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
        file.close()  # its last owner renamed or removed it meanwhile: try again


def _lock(file: IO[bytes], *, share: bool, wait: bool) -> None:
    """Lock an open file until it is closed."""
    try:
        posix: Any = import_module("fcntl")  # here, as Windows has none
    except ModuleNotFoundError:
        _lock_on_windows(file, wait=wait)
        return
    posix.flock(file, (posix.LOCK_SH if share else posix.LOCK_EX) | (0 if wait else posix.LOCK_NB))


def _lock_on_windows(file: IO[bytes], *, wait: bool) -> None:
    """The same on Windows, which has no shared locks."""
    windows: Any = import_module("msvcrt")
    position = file.tell()
    try:
        while True:
            file.seek(_LOCKED_BYTE)
            try:
                windows.locking(file.fileno(), windows.LK_NBLCK, 1)
                return
            except PermissionError as error:
                if not wait:
                    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
            time.sleep(_POLL)
    finally:
        file.seek(position)
