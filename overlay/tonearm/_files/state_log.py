"""Records that outlive the process: one private file each, which grows line by line and has one owner at a time."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self, cast

from attrs import define

from ..errors import InvalidInput, MissingFile
from .atomic import open_log
from .kept import STATE_HINT
from .lock import locked
from .named_file import remove_open, sync
from .refusals import unwritable

Line = dict[str, Any]


@define
class StateLog:
    """A file of mode 600 whose lines are JSON objects; it is locked from opening to closing.

    A line is on the disk before `append` returns. A line that a crash cut short is not read, and is overwritten.
    `_end` is the end of the last whole line, and `_ends_there` whether the file is known to have nothing behind it.
    """

    path: Path
    _file: IO[bytes]
    _status: os.stat_result
    _end: int = 0
    _ends_there: bool = False

    @classmethod
    def make(cls, path: Path) -> Self:
        """Make the file, or use an empty one.

        Raises:
            InvalidInput: the path exists and is no empty file, another process has it, or it cannot be written.
        """
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            log = cls._locked(path, create=True)
            taken = path.stat().st_size > 0
        except InvalidInput:
            raise
        except (OSError, ValueError) as error:
            raise unwritable(path, error, state=True, hint=STATE_HINT) from error
        if taken:
            log.close()
            raise InvalidInput(
                f"the state file {str(path)!r} exists already",
                argument="state",
                value=path,
                expected="a path that is free",
                hint="resume what it records, or remove it",
            )
        return log

    @classmethod
    def take_up(cls, path: Path, *, share: bool = False) -> Self:
        """Open the file that an earlier process left; with `share` beside others that only read it.

        Raises:
            MissingFile: it does not exist.
            InvalidInput: another process has it, or it cannot be opened.
        """
        try:
            return cls._locked(path, create=False, share=share)
        except FileNotFoundError as error:
            raise MissingFile(
                f"there is no state file {str(path)!r}",
                argument="state",
                value=path,
                expected="a state file that exists",
            ) from error
        except InvalidInput:
            raise
        except (OSError, ValueError) as error:
            raise InvalidInput(
                f"the state file {str(path)!r} cannot be opened: {error}",
                argument="state",
                value=path,
                expected="a state file that can be opened",
                hint=STATE_HINT,
            ) from error

    @classmethod
    def claim(cls, path: Path) -> Self | None:
        """Open the file, or make it; None while another process has it.

        Raises:
            InvalidInput: it cannot be opened or made.
        """
        try:
            file = locked(path, lambda: open_log(path, create=True))
            return cls(path, file, os.fstat(file.fileno()))
        except BlockingIOError:
            return None
        except InvalidInput:
            raise
        except (OSError, ValueError) as error:
            raise unwritable(path, error, state=True) from error

    @classmethod
    def _locked(cls, path: Path, *, create: bool, share: bool = False) -> Self:
        try:
            file = locked(path, lambda: open_log(path, create=create), share=share)
            return cls(path, file, os.fstat(file.fileno()))
        except BlockingIOError as error:
            raise InvalidInput(
                f"another transfer uses the state file {str(path)!r}",
                argument="state",
                value=path,
                expected="a state file that no other transfer uses",
                hint="wait until that transfer ends",
            ) from error

    def lines(self) -> list[Line]:
        """The lines that are recorded so far.

        Raises:
            InvalidInput: the file holds something else.
        """
        self._file.seek(0)
        content = self._file.read().rstrip(b"\0")  # a loss of power may leave zeros instead of the last bytes
        if content[:1] not in (b"", b"{"):
            raise self._foreign()
        whole, end, _ = content.rpartition(b"\n")
        try:
            lines: list[object] = [json.loads(line) for line in whole.splitlines()]
        except ValueError as error:
            raise self._foreign() from error
        if not all(isinstance(line, dict) for line in lines):
            raise self._foreign()
        self._end, self._ends_there = len(whole + end), False
        return cast("list[Line]", lines)

    def append(self, line: Mapping[str, Any]) -> None:
        """Add a line, and wait until it is on the disk."""
        end = self._end
        self.write(line)
        try:
            self.settle()
        except OSError:
            self._end, self._ends_there = end, False
            raise

    def write(self, line: Mapping[str, Any]) -> None:
        """Add a line, which `settle` makes durable; until then it outlives the process, and no loss of power."""
        text = json.dumps(line).encode() + b"\n"
        if not self._ends_there:  # a line that a crash or a full disk cut short may follow
            self._file.truncate(self._end)
        self._ends_there = False
        self._file.write(text)
        self._file.flush()
        self._end += len(text)
        self._ends_there = True

    def settle(self) -> None:
        """Wait until all lines are on the disk; others may write meanwhile."""
        sync(self._file)

    def remove(self) -> None:
        """Remove the file, as its work has ended. A file that has replaced it stays."""
        with suppress(FileNotFoundError):
            if os.path.samestat(self.path.lstat(), self._status):
                remove_open(self.path, self._file)
        self.close()

    def leave(self) -> None:
        """Close the file, and remove it if nothing is recorded in it."""
        if self._end:
            self.close()
        else:
            self.remove()

    def close(self) -> None:
        """Close the file, so that others can open it; what `append` could not write stays unwritten."""
        with suppress(OSError):  # a full disk: `append` has raised it
            self._file.close()

    def _foreign(self) -> InvalidInput:
        return InvalidInput(
            f"{str(self.path)!r} is not a state file of this library",
            argument="state",
            value=self.path,
            expected="a state file of this library",
        )
