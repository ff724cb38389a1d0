"""The record of a folder: the item, the format and the version of each file."""

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
"""The record between two runs: a JSON object with one line for each file."""

JOURNAL = ".tonearm.jsonl"
"""The changes of a run so far, one line for each. It exists, and is locked, during a run."""


@define
class Record:
    """The record of a folder, which has one writer at a time.

    A change is on the disk before its file gets its name, so a killed run leaves no unknown file.
    """

    folder: Path
    _log: SharedLog
    _files: dict[str, Entry] = field(factory=dict[str, Entry], init=False)
    _changed: bool = field(default=False, init=False)

    @classmethod
    def open(cls, folder: Path) -> Self | None:
        """Read the record of a folder and lock it; None during another run.

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
        """The entries, by file."""
        return self._files

    @property
    def has_files(self) -> bool:
        """Whether any file or partial file exists."""
        paths = (self.path(file) for file in self._files)
        return any(path.exists() or beside(path).exists() for path in paths)

    def path(self, file: str) -> Path:
        """The path of a file of the record."""
        return self.folder / file

    def put(self, entry: Entry) -> None:
        """Record a file that is about to get its name."""
        # A claim need not survive a loss of power: nothing has its name yet, and a later run takes the same one. It is
        # on the disk before the file is, as the line that records the file follows it.
        self._write({"file": entry.file, **entry.line()}, durable=not entry.is_claim)
        self._files[entry.file] = entry

    def rename(self, old: str, entry: Entry) -> None:
        """Rename a file to the name in an entry.

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
        """Remove a file from the disk and from the record."""
        path = self.path(entry.file)
        path.unlink(missing_ok=True)
        self.drop(entry)
        _remove_empty(self.folder, path.parent)

    def drop(self, entry: Entry) -> None:
        """Remove a file from the record."""
        self._write({"file": entry.file, "gone": True})
        self._files.pop(entry.file, None)

    def close(self) -> None:
        """Write the record whole, and let others have it; when that cannot be, the journal stays."""
        log = self._log.take()
        if log is None:
            return
        try:
            if self._changed:
                with suppress(OSError):
                    self._compact()
                    log.remove()
            else:
                log.leave()
        finally:  # also where a deadline passes meanwhile: else this process would keep others out
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
        entries: dict[str, Entry | None] = {}
        if all("form" not in raw for raw in whole.values()):
            entries.update(made_by_0_1(self.folder))
        entries.update((file, Entry.of(file, raw)) for file, raw in whole.items())
        moved: tuple[str, str] | None = None
        for line in lines:
            file, was = text(line.get("file")) or "", text(line.get("was"))
            moved = None if was is None else (was, file)
            entries.pop(was or file, None)
            entries[file] = None if line.get("gone") else Entry.of(file, line)
        self._files = {file: entry for file, entry in entries.items() if entry is not None}
        self._changed = bool(lines)
        if moved is not None and not self.path(moved[1]).exists() and self.path(moved[0]).exists():
            self._end_rename(*moved)

    def _end_rename(self, old: str, new: str) -> None:
        """Finish the rename of a killed run, unless the owner has changed the file meanwhile.

        If the system refuses, for example because the owner has made a folder with this name, the file keeps its name.
        """
        entry, status = self._files[new], self.path(old).stat()
        if status.st_size == entry.size and entry.time in (None, status.st_mtime_ns):
            with suppress(OSError):
                self._move(old, new)
                return
        self._files[old] = evolve(self._files.pop(new), file=old)

    def _whole(self) -> dict[str, Mapping[str, Any]]:
        try:
            whole = read_object(self.folder / RECORD) or {}
        except (OSError, ValueError) as error:
            raise self._foreign() from error
        if not all(isinstance(raw, dict) for raw in whole.values()):
            raise self._foreign()
        return whole

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
    """Remove folders that became empty, below the folder of the copy."""
    with suppress(OSError):
        while parent != folder:
            parent.rmdir()
            parent = parent.parent


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
