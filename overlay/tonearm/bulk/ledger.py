"""The ledger: one SQLite file with a row for each job, from which an interrupted run is continued."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from attrs import define, field

from .. import ConfigurationError
from .._files import exists, is_remote, locked, open_log, path_of
from .inputs import versions
from .jobs import Job
from .page import page
from .rows import COLUMNS, Due, Row, State, error_text, row_of, stored, text_of
from .schema import meta, next_run, opened, place_of
from .stamps import Stamp, key_of, options_of, stamp_of, written_since
from .work import unlimited

_INSERT = """
INSERT INTO jobs (key, input, output, place, run, size, version, options, task, state)
VALUES (?,?,?,?,?,?,?,?,?,'waiting')
"""

_ASKED = 400
"""Jobs that one query asks for; SQLite takes at most 999 parameters in old versions."""


@define(eq=False)
class Ledger:
    """An open ledger. One process writes it at a time; any number may read it meanwhile.

    `name` is what tells it from all other ledgers, wherever its file is moved.
    """

    path: Path
    _base: sqlite3.Connection
    _lock: IO[bytes] | None = field(default=None, repr=False)
    _run: int = 0
    name: str = ""
    _written: dict[int, Stamp] = field(factory=dict[int, "Stamp"])
    """Size and version of files that were written while their jobs are under way."""

    @classmethod
    def write(cls, path: str | os.PathLike[str]) -> Self:
        """Open a ledger to work on it; it is made if it does not exist.

        Raises:
            ConfigurationError: another run works on it, or it cannot be opened, or is no ledger.
        """
        path = Path(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f"{path.name}.lock")
            lock = locked(beside, lambda: open_log(beside, create=True))
        except BlockingIOError:
            raise ConfigurationError(f"another run works on the ledger {path}") from None
        except OSError as error:
            raise ConfigurationError(f"the ledger {path} cannot be written: {error.strerror}") from error
        try:
            return cls(path, base := opened(path, make=True), lock, next_run(base), meta(base, "name"))
        except BaseException:
            lock.close()
            raise

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Self:
        """Open a ledger to look at it.

        Raises:
            ConfigurationError: it does not exist, or is no ledger.
        """
        path = Path(path)
        if not path.is_file():
            raise ConfigurationError(f"the ledger {path} does not exist")
        return cls(path, opened(path, make=False))

    def close(self) -> None:
        """Close it; what was committed stays."""
        self._base.close()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def take_up(self, jobs: Sequence[Job], task: str, *, retry_failed: bool, repeats: bool = False) -> list[Due]:
        """Enter jobs, and return those that are to be done, in their order.

        A job that is done is done again when its file, its options, or the task have changed, or an output is gone.

        Args:
            jobs: what a run is to do.
            task: what says how it is done; another text means another result.
            retry_failed: whether jobs that failed are tried again.
            repeats: whether jobs that earlier runs have done are done again, as only the task knows what has changed.
        """
        todo: list[Due] = []
        for start in range(0, len(jobs), _ASKED):
            todo += self._take_up(jobs[start : start + _ASKED], task, retry_failed=retry_failed, repeats=repeats)
        self._base.commit()
        return todo

    def _take_up(self, jobs: Sequence[Job], task: str, *, retry_failed: bool, repeats: bool) -> list[Due]:
        marks = ",".join("?" * len(jobs))
        asked = f"SELECT key, run, size, version, options, task, {COLUMNS} FROM jobs WHERE key IN ({marks})"
        known = {text_of(found[0]): found for found in self._base.execute(asked, [stored(key_of(job)) for job in jobs])}
        told = versions([job.input for job in jobs if job.version is None and is_remote(job.input)])
        todo: dict[int, bool] = {}
        for job in jobs:
            options = options_of(job) if job.options else "{}"
            found = known.get(key_of(job))
            looks = (*stamp_of(job, told, found), options, task)
            if found is None:
                known[key_of(job)] = (None, self._run)
                todo[self._enter(job, looks)] = False
            elif (
                repeats or self._due(found, looks, retry_failed=retry_failed)
                if found[1] != self._run
                else written_since(found, looks)
            ):
                self._base.execute(
                    "UPDATE jobs SET run=?, size=?, version=?, options=?, task=?, state='waiting', attempts=0 "
                    "WHERE id=?",
                    (self._run, *looks, found[6]),
                )
                todo[found[6]] = True
            elif found[1] == self._run and found[0] is not None:
                self._note(found, looks)
            elif tuple(found[2:4]) != tuple(looks[:2]):  # nothing was told of it when it was done
                self._base.execute("UPDATE jobs SET size=?, version=? WHERE id=?", (*looks[:2], found[6]))
        return [Due(row, todo[row.id]) for row in self._rows(todo)]

    def _note(self, found: Sequence[Any], looks: Sequence[Any]) -> None:
        """Note that the file of a job was written before the job has ended: one that is under way has to be done anew.

        One that waits reads it as it is now.
        """
        if tuple(found[2:4]) == tuple(looks[:2]):
            self._written.pop(found[6], None)
        elif found[10] == "running":
            self._written[found[6]] = looks[0], looks[1]
        else:
            changed = "UPDATE jobs SET size=?, version=? WHERE id=? AND state='waiting'"
            self._base.execute(changed, (*looks[:2], found[6]))

    def _due(self, found: Sequence[Any], looks: Sequence[Any], *, retry_failed: bool) -> bool:
        """Whether a job that is known is to be done; called for each one, so nothing is read that is not needed."""
        state, outputs = found[10], found[12]
        is_new = tuple(found[2:4]) != tuple(looks[:2])
        if is_new and tuple(found[2:4]) == (None, None) and state == "done":  # where nothing was told, nothing changed
            is_new = not is_remote(text_of(found[7]))
        if is_new or found[4] != looks[2] or (found[5] != looks[3] and unlimited(found[5]) != looks[3]):
            return True
        if state == "failed":
            return retry_failed
        return state != "done" or (outputs != "[]" and not all(map(exists, json.loads(outputs))))

    def _enter(self, job: Job, looks: Sequence[Any]) -> int:
        """Enter a new job; a name that another job's result has is told apart by the suffix, or else by a number."""
        path = path_of(job.input)
        name, suffix = job.output or path.stem, path.suffix
        number = 0
        while True:
            output = (name, f"{name}{suffix}")[number] if number < 2 else f"{name}{suffix}-{number}"
            try:
                named = map(stored, (key_of(job), job.input, output, place_of(output)))
                return self._base.execute(_INSERT, (*named, self._run, *looks)).lastrowid or 0
            except sqlite3.IntegrityError:
                number += 1

    def begin(self, rows: Iterable[tuple[int, float, int]]) -> None:
        """Note that jobs have begun: which attempt, when, the job's id. `commit` writes it."""
        begun = list(rows)
        self._base.executemany("UPDATE jobs SET state='running', attempts=?, began=? WHERE id=?", begun)
        for *_, number in begun:
            if (stamp := self._written.pop(number, None)) is not None:  # another attempt, which reads the file anew
                self._base.execute("UPDATE jobs SET size=?, version=? WHERE id=?", (*stamp, number))

    def end(self, rows: Sequence[Mapping[str, Any]]) -> list[Due]:
        """Note how jobs have ended, and return those whose files were written meanwhile. `commit` writes it."""
        self._base.executemany(
            "UPDATE jobs SET state=:state, outputs=:outputs, made=:made, error=:error, kind=:kind, seconds=:seconds, "
            "bytes=:bytes, price=:price, worker=:worker, ended=:ended WHERE id=:id",
            ({**row, "error": row["error"] and error_text(row["error"])} for row in rows),
        )
        anew = {number: stamp for row in rows if (stamp := self._written.pop(number := row["id"], None)) is not None}
        self._base.executemany(
            "UPDATE jobs SET size=?, version=?, state='waiting', attempts=0 WHERE id=?",
            [(*stamp, number) for number, stamp in anew.items()],
        )
        return [Due(row, known=True) for row in self._rows(anew)]

    def _rows(self, numbers: Iterable[int]) -> list[Row]:
        asked = f"SELECT {COLUMNS} FROM jobs WHERE id=?"
        return [row_of(self._base.execute(asked, (number,)).fetchone()) for number in numbers]

    def commit(self) -> None:
        """Make everything noted so far durable; returns once the disk has it."""
        self._base.commit()

    def release(self) -> None:
        """Let the jobs that a run has not ended wait for the next one."""
        self._base.execute("UPDATE jobs SET state='waiting' WHERE state='running'")
        self._base.commit()

    def counts(self) -> dict[str, int]:
        """How many jobs are in each state."""
        with _reading(self.path):
            return Counter(dict(self._base.execute("SELECT state, count(*) FROM jobs GROUP BY state")))

    def totals(self) -> tuple[float, float]:
        """The price of all jobs, in USD, and the seconds of work."""
        with _reading(self.path):
            found = self._base.execute("SELECT total(price), total(seconds) FROM jobs").fetchone()
        return float(found[0]), float(found[1])

    def rows(self, state: State | None = None) -> Iterator[Row]:
        """The jobs in the order in which they were entered."""
        where, values = ("", ()) if state is None else ("WHERE state=?", (state,))
        with _reading(self.path):
            yield from map(row_of, self._base.execute(f"SELECT {COLUMNS} FROM jobs {where} ORDER BY id", values))

    def to_html(self) -> str:
        """A web page of one file, which needs no network: progress over time, throughput, prices, failures by cause."""
        return page(self.path.name, self.rows())


@contextmanager
def _reading(path: Path) -> Generator[None]:
    """Say in plain words that a ledger is damaged, or cannot be read any more."""
    try:
        yield
    except sqlite3.Error as error:
        raise ConfigurationError(f"the ledger {path} cannot be read: {error}") from error
