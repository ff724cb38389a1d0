"""The record of a folder: which item each file is, in which form, and as of when."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from attrs import define, evolve, field

from ..._base.coerce import text
from ..._files import SharedLog, StateLog, read_object, write_whole
from ..._transfer import beside
from ...errors import InvalidInput
from .entry import Entry, made_by_0_1

RECORD = ".tonearm.json"
"""The record as it is between two runs: an object with one line for each file."""

JOURNAL = ".tonearm.jsonl"
"""What a run has changed so far, one line for each change. It exists, and is locked, while a run is at work."""


@define
class Record:
    """The record of a folder, which has one writer at a time.

    A change is on the disk before the file that it tells of takes its name, so a run that was killed leaves no file
    that nobody knows.
    """

    folder: Path
    _log: SharedLog
    _files: dict[str, Entry] = field(factory=dict[str, Entry], init=False)
    _changed: bool = field(default=False, init=False)

    @classmethod
    def open(cls, folder: Path) -> Self | None:
        """Read the record of a folder and lock it; None while another run is at work there.

        Raises:
            InvalidInput: the folder cannot be written, or the record is not one of this library.
        """
        log = StateLog.claim(folder / JOURNAL)
        if log is None:
            return None
        record = cls(folder, SharedLog(log))
        try:
            lines = log.lines()
        except BaseException:
            log.close()
            raise
        try:
            record._read(lines)
        except BaseException:
            log.leave()
            raise
        return record

    @property
    def files(self) -> Mapping[str, Entry]:
        """What is known, by file."""
        return self._files

    @property
    def has_files(self) -> bool:
        """Whether any file is there, or a part of one."""
        paths = (self.path(file) for file in self._files)
        return any(path.exists() or beside(path).exists() for path in paths)

    def path(self, file: str) -> Path:
        """Where a file of the record is."""
        return self.folder / file

    def put(self, entry: Entry) -> None:
        """Record a file that is about to be there."""
        # A claim need not survive a loss of power: nothing has its name yet, and a later run takes the same one. It is
        # on the disk before the file is, as the line that records the file follows it.
        self._write({"file": entry.file, **entry.line()}, durable=not entry.is_claim)
        self._files[entry.file] = entry

    def rename(self, old: str, entry: Entry) -> None:
        """Rename a file to what an entry says.

        Raises:
            InvalidInput: the system refuses; the file and its record stay as they were.
        """
        before = self._files[old]
        self._write({"file": entry.file, **entry.line(), "was": old})
        try:
            self._move(old, entry.file)
        except OSError as error:
            self._write({"file": old, **before.line(), "was": entry.file})
            raise InvalidInput(
                f"{str(self.path(old))!r} cannot be renamed: {error}",
                argument="folder",
                value=self.folder,
                expected="a folder whose files can be renamed",
            ) from error
        del self._files[old]
        self._files[entry.file] = entry

    def remove(self, entry: Entry) -> None:
        """Remove a file and forget it."""
        path = self.path(entry.file)
        path.unlink(missing_ok=True)
        self.drop(entry)
        _remove_empty(self.folder, path.parent)

    def drop(self, entry: Entry) -> None:
        """Forget a file."""
        self._write({"file": entry.file, "gone": True})
        self._files.pop(entry.file, None)

    def close(self) -> None:
        """Write the record whole, and let others have it; when that cannot be, the journal stays."""
        log = self._log.take()
        if log is None:
            return
        if self._changed:
            with suppress(OSError):
                self._compact()
                log.remove()
        else:
            log.leave()
        log.close()

    def _compact(self) -> None:
        rows = [f"{_dump(file)}: {_dump(entry.line())}" for file, entry in sorted(self._files.items())]
        content = ("{\n" + ",\n".join(rows) + "\n}\n").encode()
        write_whole(self.folder / RECORD, lambda file: file.write(content), mode=0o600, alone=True)

    def _write(self, line: Mapping[str, Any], *, durable: bool = True) -> None:
        try:
            self._log.append(line, durable=durable)
        except ValueError:
            raise InvalidInput(
                f"the copy into {str(self.folder)!r} has ended",
                argument="folder",
                value=self.folder,
                expected="a folder whose copy has not ended",
            ) from None
        self._changed = True

    def _read(self, lines: Sequence[Mapping[str, Any]]) -> None:
        whole = self._whole()
        found: dict[str, Entry | None] = {}
        if all("form" not in raw for raw in whole.values()):
            found.update(made_by_0_1(self.folder))
        found.update((file, Entry.of(file, raw)) for file, raw in whole.items())
        moved: tuple[str, str] | None = None
        for line in lines:
            file, was = text(line.get("file")) or "", text(line.get("was"))
            moved = None if was is None else (was, file)
            found.pop(was or file, None)
            found[file] = None if line.get("gone") else Entry.of(file, line)
        self._files = {file: entry for file, entry in found.items() if entry is not None}
        self._changed = bool(lines)
        if moved is not None and not self.path(moved[1]).exists() and self.path(moved[0]).exists():
            self._end_rename(*moved)

    def _end_rename(self, old: str, new: str) -> None:
        """Do what a run was about to do when it was killed, unless the owner has changed the file meanwhile.

        Where the system refuses, because of what the owner has put in the way, the file keeps its old name.
        """
        entry, found = self._files[new], self.path(old).stat()
        if found.st_size == entry.size and entry.time in (None, found.st_mtime_ns):
            with suppress(OSError):
                self._move(old, new)
                return
        self._files[old] = evolve(self._files.pop(new), file=old)

    def _whole(self) -> dict[str, Mapping[str, Any]]:
        try:
            found = read_object(self.folder / RECORD) or {}
        except (OSError, ValueError) as error:
            raise self._foreign() from error
        if not all(isinstance(raw, dict) for raw in found.values()):
            raise self._foreign()
        return found

    def _foreign(self) -> InvalidInput:
        path = str(self.folder / RECORD)
        return InvalidInput(
            f"{path!r} is not a record of this library, or was damaged",
            argument="folder",
            value=path,
            expected="a folder with a record that can be read, or without one",
            hint="move it away to begin a new one",
        )

    def _move(self, old: str, new: str) -> None:
        target = self.path(new)
        target.parent.mkdir(parents=True, exist_ok=True)
        self.path(old).rename(target)
        _remove_empty(self.folder, self.path(old).parent)


def _remove_empty(folder: Path, parent: Path) -> None:
    """Remove the folders that became empty, below the folder of the copy."""
    with suppress(OSError):
        while parent != folder:
            parent.rmdir()
            parent = parent.parent


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
