"""Opens the target of a download, so that errors of the place are raised before anything is sent."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from .._files import BLOCK, check_replaceable, locked, open_part, unwritable
from ..errors import InvalidInput
from .part_names import beside

_LONGEST_NAME = 245
"""Bytes of a file's name, so that the names of its partial file and state have at most 255."""


def opened(to: Path) -> IO[bytes]:
    """The partial file of a target, locked.

    Raises:
        InvalidInput: the place cannot be written or is no place for a file, its name is too long, or another download
            to it is running.
    """
    if len(to.name.encode(errors="replace")) > _LONGEST_NAME:
        raise InvalidInput(
            f"the file name {to.name!r} is longer than {_LONGEST_NAME} bytes",
            argument="to",
            value=to,
            expected=f"a file name of at most {_LONGEST_NAME} bytes",
        )
    try:
        check_replaceable(to)
        return locked(beside(to), lambda: open_part(beside(to)))
    except BlockingIOError as error:
        raise InvalidInput(
            f"another download to {str(to)!r} has not ended",
            argument="to",
            value=to,
            expected="a file that no other download writes",
            hint="wait until that download ends, or name another file",
        ) from error
    except InvalidInput:
        raise
    except (OSError, ValueError) as error:
        raise unwritable(to, error) from error


def origin(file: IO[bytes]) -> int:
    """The position of an open file, after checking that bytes can be written there."""
    try:
        file.write(b"")
        return file.tell() if file.seekable() else 0
    except (AttributeError, OSError, TypeError, ValueError) as error:
        raise InvalidInput(
            f"the target is neither a path nor a file open for writing bytes: {error}",
            argument="to",
            value=file,
            expected="a path, or a file that is open for writing bytes",
        ) from error


def durable_length(file: IO[bytes], state: Mapping[str, Any]) -> int:
    """Bytes of a partial file that can be trusted: after a loss of power it may be longer than its written bytes.

    The state records the number of durable bytes. Zeros at the end are never trusted, as a disk shows them for bytes
    that were never written.
    """
    length, stored = file.seek(0, os.SEEK_END), state.get("stored")
    if "key" not in state:
        return length
    end = min(length, stored) if isinstance(stored, int) else length
    while end:
        start = max(0, end - BLOCK)
        file.seek(start)
        kept = file.read(end - start).rstrip(b"\0")
        if kept:
            return start + len(kept)
        end = start
    return 0
