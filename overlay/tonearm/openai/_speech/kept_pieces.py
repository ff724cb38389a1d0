"""Keeps the finished chunks of a long speech on disk until the file is complete, so that none is paid for twice."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Self, cast

from attrs import define

from ..._audio import Reader, Take
from ..._base import validate
from ..._files import STATE_HINT, Draft, Source, StateLog, read_state, state_folder
from ...errors import InvalidInput, WorkInterrupted

_KIND, _VERSION = "speech", 1
_LOG = "job.jsonl"


@define
class Takes:
    """A private folder with a WAV file for each finished piece, and a log that names the speech; one call owns it.

    `numbers` are the numbers from 0 of the pieces that are spoken, and `done` the numbers of the finished ones.
    """

    folder: Path
    numbers: Sequence[int]
    done: set[int]
    _log: StateLog
    _left: bool = False

    @classmethod
    def open(cls, state: str | os.PathLike[str] | None, job: str, total: int, numbers: Sequence[int]) -> Self:
        """Resume the work of an earlier call, or start.

        Args:
            state: the folder; when None a folder named after the job, in the state folder.
            job: a digest of all that the speech depends on.
            total: the number of pieces.
            numbers: the numbers of the pieces that are spoken.

        Raises:
            InvalidInput: another call uses the folder, it belongs to other work, or it cannot be written.
        """
        folder = _folder(state, job)
        log = _open_log(folder)
        try:
            record = {"kind": _KIND, "version": _VERSION, "job": job, "pieces": total}
            recorded = log.lines()
            if not recorded:
                log.append(record)
            elif recorded != [record]:
                raise InvalidInput(
                    f"{str(folder)!r} belongs to another text, or to the same one spoken in another way",
                    argument="state",
                    value=folder,
                    expected="a folder of the same text and options",
                    hint="name another folder, or remove this one",
                )
            takes = cls(folder, numbers, set(), log)
            takes.look()
        except OSError as error:
            log.leave()
            raise InvalidInput(
                f"the state folder {str(folder)!r} cannot be written: {error}",
                argument="state",
                value=folder,
                expected="a folder that can be written",
                hint=STATE_HINT,
            ) from error
        except BaseException:
            log.close()
            raise
        return takes

    @property
    def total(self) -> int:
        """How many pieces are spoken."""
        return len(self.numbers)

    def missing(self) -> Iterator[int]:
        """The numbers of the pieces that are not finished."""
        return (number for number in self.numbers if number not in self.done)

    def draft(self, number: int) -> Draft:
        """A file for a piece, which is finished once it is committed."""
        return Draft.beside(self._path(number), 0o600)

    @contextmanager
    def take(self, number: int) -> Generator[Take]:
        """Open a finished piece."""
        path = self._path(number)
        with Source.open(path) as source:
            piece = Take.of(cast("IO[bytes]", Reader(source)))
            if piece is None or piece.size == 0:
                raise InvalidInput(
                    f"{str(path)!r} is not the chunk of speech that it was",
                    argument="state",
                    value=path,
                    expected="a folder that nobody else changes",
                    hint="remove the file",
                )
            yield piece

    def look(self) -> None:
        """Find the finished pieces, and remove incomplete ones."""
        for path in self.folder.glob(".[0-9]*.wav.*.part"):
            path.unlink(missing_ok=True)
        self.done = set()
        for number in self.numbers:
            with suppress(InvalidInput), self.take(number):
                self.done.add(number)

    def interrupted(self, reason: str) -> WorkInterrupted:
        """The error of an interrupted speech."""
        done, total = len(self.done), self.total
        kept = f"{done} of {total} pieces are kept in {str(self.folder)!r}"
        return WorkInterrupted(f"{reason}; {kept}", done=done, total=total, state=self.folder)

    def remove(self) -> None:
        """Remove the chunks, because the file is complete."""
        self._left = True
        for path in (*self.folder.glob("[0-9]*.wav"), *self.folder.glob(".[0-9]*.wav.*.part")):
            path.unlink(missing_ok=True)
        self._log.remove()
        with suppress(OSError):
            self.folder.rmdir()

    def leave(self) -> None:
        """Keep the finished pieces for a later call, also those that were finished after the plan had ended."""
        if self._left:
            return
        self.look()
        if self.done:
            self._log.close()
        else:
            self.remove()

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:05}.wav"


def left(state: str | os.PathLike[str] | None, job: str) -> bool:
    """Whether an earlier call left finished pieces of a job."""
    record = read_state(_folder(state, job) / _LOG)
    return record is not None and record.get("job") == job


def _folder(state: str | os.PathLike[str] | None, job: str) -> Path:
    return state_folder() / f"openai-speech-{job[:32]}" if state is None else validate.path(state, "state")


def _open_log(folder: Path) -> StateLog:
    log = folder / _LOG
    try:
        fresh = not log.exists()
        foreign = fresh and folder.is_dir() and any(folder.iterdir())
    except OSError as error:
        raise InvalidInput(
            f"the state folder {str(folder)!r} cannot be used: {error}",
            argument="state",
            value=folder,
            expected="a folder that can be read and written",
            hint=STATE_HINT,
        ) from error
    if foreign:
        raise InvalidInput(
            f"{str(folder)!r} has other files in it",
            argument="state",
            value=folder,
            expected="a folder for this text alone",
            hint="name a folder of its own",
        )
    return StateLog.make(log) if fresh else StateLog.take_up(log)
