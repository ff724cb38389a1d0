"""The files of a copy on the disk: finds whether they were changed, and renames several at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from attrs import evolve

from ..._base.cancellation import check_stop
from ..._files import BLOCK, Source
from .entry import Entry
from .record import Record

MOVING = ".moving"
"""The suffix of a file that makes room for another between two renames."""


def rename_all(record: Record, moves: Mapping[str, Entry]) -> None:
    """Rename files, each after the file that has its new name, also in a circle."""
    left = dict(moves)
    hopped: dict[str, str] = {}
    while left:
        old = next(iter(left))
        chain = [old]
        while (following := left[chain[-1]].file) in left and following != chain[-1]:
            if following in chain[:1]:  # a circle: its first file makes room
                hopped[following] = f"{following}{MOVING}"
                record.rename(following, evolve(record.files[following], file=hopped[following]))
                break
            chain.append(following)
        for old in reversed(chain):
            record.rename(hopped.get(old, old), left.pop(old))


def one_of(record: Record, older: Entry, newer: Entry) -> Entry:
    """Drop one of two files of an item: the older one, if the newer one exists."""
    if not is_intact(newer, record):
        older, newer = newer, older
    leave(record, older)
    return newer


def leave(record: Record, entry: Entry) -> None:
    """Drop a file from the record, and remove it unless its owner has changed it."""
    if is_ours(entry, record):
        record.remove(entry)
    else:
        record.drop(entry)


def is_intact(entry: Entry, record: Record) -> bool:
    """Whether a file is unchanged since it was written."""
    path = record.path(entry.file)
    return path.is_file() and intact(entry, path, path.stat()) is not None


def is_ours(entry: Entry, record: Record) -> bool:
    """Whether nobody has changed a file: it is as it was written, or still the file that was to be replaced."""
    return is_intact(entry, record) or (entry.before is not None and stamp(record.path(entry.file)) == entry.before)


def stamp(path: Path) -> tuple[int, int] | None:
    """Size and time of a file; None if it does not exist."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns


def intact(entry: Entry, path: Path, status: os.stat_result) -> Entry | None:
    """The entry, with the time of the file, if nobody has changed the file since it was written.

    A file with a name that was only reserved belongs to somebody else, also an empty file.
    """
    if entry.is_claim or not path.is_file() or status.st_size != entry.size:
        return None
    if status.st_mtime_ns == entry.time:
        return entry
    if entry.time is not None and (entry.sha256 is None or _hash(path) != entry.sha256):
        return None
    return evolve(entry, time=status.st_mtime_ns)


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with Source.open(path) as source:
        for offset in range(0, source.size, BLOCK):
            check_stop()
            digest.update(source.read_at(offset, min(BLOCK, source.size - offset)))
    return digest.hexdigest()
