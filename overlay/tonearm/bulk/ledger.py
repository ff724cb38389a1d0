"""The ledger: one SQLite file with a row for each job, from which an interrupted run is resumed."""

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

_AT_A_TIME = 400
"""Jobs of one query; old versions of SQLite accept at most 999 parameters."""


@define(eq=False)
class Ledger:
    """An open ledger. One process writes it at a time; any number may read it meanwhile.

    `name` is unique among all ledgers, and stays when the file is moved.
    """

    path: Path
    _base: sqlite3.Connection
    _lock: IO[bytes] | None = field(default=None, repr=False)
    _run: int = 0
    name: str = ""
    _written: dict[int, Stamp] = field(factory=dict[int, "Stamp"])
    """Size and version of files that were written again while their jobs run."""

    @classmethod
    def write(cls, path: str | os.PathLike[str]) -> Self:
        """Open a ledger to work on it; it is made if it does not exist.

        Raises:
            ConfigurationError: another run works on it, or it cannot be opened, or is no ledger.
        """
        path = Path(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock_path = path.with_name(f"{path.name}.lock")
            lock = locked(lock_path, lambda: open_log(lock_path, create=True))
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
        """Open a ledger to read it.

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

    def add(self, jobs: Sequence[Job], task: str, *, retry_failed: bool, repeats: bool = False) -> list[Due]:
        """Add jobs to the ledger, and return those that have to be done, in their order.

        A job that was done is done again if its file, its options, or the task has changed, or an output is missing.

        Args:
            jobs: the next jobs of a run.
            task: the text that describes the task; with another text, jobs are done again.
            retry_failed: whether jobs that failed are tried again.
            repeats: whether jobs of earlier runs are done again, as only the task knows what has changed.
        """
        todo: list[Due] = []
        for start in range(0, len(jobs), _AT_A_TIME):
            todo += self._add_some(jobs[start : start + _AT_A_TIME], task, retry_failed=retry_failed, repeats=repeats)
        self._base.commit()
        return todo

    def _add_some(self, jobs: Sequence[Job], task: str, *, retry_failed: bool, repeats: bool) -> list[Due]:
        places = ",".join("?" * len(jobs))
        query = f"SELECT key, run, size, version, options, task, {COLUMNS} FROM jobs WHERE key IN ({places})"
        entries = {
            text_of(entry[0]): entry for entry in self._base.execute(query, [stored(key_of(job)) for job in jobs])
        }
        listed = versions([job.input for job in jobs if job.version is None and is_remote(job.input)])
        todo: dict[int, bool] = {}
        added: set[str] = set()
        for job in jobs:
            options = options_of(job) if job.options else "{}"
            key = key_of(job)
            if key in added:  # the same job twice
                continue
            entry = entries.get(key)
            current = (*stamp_of(job, listed, entry), options, task)
            if entry is None:
                added.add(key)
                todo[self._insert(job, current)] = False
            elif (
                repeats or self._due(entry, current, retry_failed=retry_failed)
                if entry[1] != self._run
                else written_since(entry, current)
            ):
                self._base.execute(
                    "UPDATE jobs SET run=?, size=?, version=?, options=?, task=?, state='waiting', attempts=0 "
                    "WHERE id=?",
                    (self._run, *current, entry[6]),
                )
                todo[entry[6]] = True
            elif entry[1] == self._run:
                self._note_file(entry, current)
            elif tuple(entry[2:4]) != tuple(current[:2]):  # its version was unknown when it was done
                self._base.execute("UPDATE jobs SET size=?, version=? WHERE id=?", (*current[:2], entry[6]))
        return [Due(row, todo[row.id]) for row in self._rows(todo)]

    def _note_file(self, entry: Sequence[Any], current: Sequence[Any]) -> None:
        """Note that the file of a job was written again before the job has ended.

        A running job then has to be done again; a waiting one reads the new file anyway.
        """
        if tuple(entry[2:4]) == tuple(current[:2]):
            self._written.pop(entry[6], None)
        elif entry[10] == "running":
            self._written[entry[6]] = current[0], current[1]
        else:
            changed = "UPDATE jobs SET size=?, version=? WHERE id=? AND state='waiting'"
            self._base.execute(changed, (*current[:2], entry[6]))

    def _due(self, entry: Sequence[Any], current: Sequence[Any], *, retry_failed: bool) -> bool:
        """Whether a job that the ledger has must be done; called for each one, so it parses as little as possible."""
        state, outputs = entry[10], entry[12]
        is_new = tuple(entry[2:4]) != tuple(current[:2])
        if is_new and tuple(entry[2:4]) == (None, None) and state == "done":  # an unknown version counts as unchanged
            is_new = not is_remote(text_of(entry[7]))
        if is_new or entry[4] != current[2] or (entry[5] != current[3] and unlimited(entry[5]) != current[3]):
            return True
        if state == "failed":
            return retry_failed
        return state != "done" or (outputs != "[]" and not all(map(exists, json.loads(outputs))))

    def _insert(self, job: Job, current: Sequence[Any]) -> int:
        """Insert a new job; if another job has the name of its output, its suffix or a number is appended."""
        path = path_of(job.input)
        name, suffix = job.output or path.stem, path.suffix
        number = 0
        while True:
            output = (name, f"{name}{suffix}")[number] if number < 2 else f"{name}{suffix}-{number}"
            try:
                named = map(stored, (key_of(job), job.input, output, place_of(output)))
                return self._base.execute(_INSERT, (*named, self._run, *current)).lastrowid or 0
            except sqlite3.IntegrityError:
                number += 1

    def begin(self, rows: Iterable[tuple[int, float, int]]) -> None:
        """Note that jobs have begun: number of the attempt, time, id of the job. `commit` writes it."""
        begun = list(rows)
        self._base.executemany("UPDATE jobs SET state='running', attempts=?, began=? WHERE id=?", begun)
        for *_, number in begun:
            if (stamp := self._written.pop(number, None)) is not None:  # another attempt, which reads the file again
                self._base.execute("UPDATE jobs SET size=?, version=? WHERE id=?", (*stamp, number))

    def end(self, rows: Sequence[Mapping[str, Any]]) -> list[Due]:
        """Note how jobs have ended, and return those whose files were written again meanwhile. `commit` writes it."""
        self._base.executemany(
            "UPDATE jobs SET state=:state, outputs=:outputs, made=:made, error=:error, kind=:kind, seconds=:seconds, "
            "bytes=:bytes, price=:price, worker=:worker, ended=:ended WHERE id=:id",
            ({**row, "error": row["error"] and error_text(row["error"])} for row in rows),
        )
        rewritten = {
            number: stamp for row in rows if (stamp := self._written.pop(number := row["id"], None)) is not None
        }
        self._base.executemany(
            "UPDATE jobs SET size=?, version=?, state='waiting', attempts=0 WHERE id=?",
            [(*stamp, number) for number, stamp in rewritten.items()],
        )
        return [Due(row, known=True) for row in self._rows(rewritten)]

    def _rows(self, numbers: Iterable[int]) -> list[Row]:
        query = f"SELECT {COLUMNS} FROM jobs WHERE id=?"
        return [row_of(self._base.execute(query, (number,)).fetchone()) for number in numbers]

    def commit(self) -> None:
        """Write all notes to the disk; returns once it has them."""
        self._base.commit()

    def release(self) -> None:
        """Set the unfinished jobs of a run to waiting, for the next run."""
        self._base.execute("UPDATE jobs SET state='waiting' WHERE state='running'")
        self._base.commit()

    def counts(self) -> dict[str, int]:
        """How many jobs are in each state."""
        with _reading(self.path):
            return Counter(dict(self._base.execute("SELECT state, count(*) FROM jobs GROUP BY state")))

    def totals(self) -> tuple[float, float]:
        """The price of all jobs in USD, and the seconds of work."""
        with _reading(self.path):
            totals = self._base.execute("SELECT total(price), total(seconds) FROM jobs").fetchone()
        return float(totals[0]), float(totals[1])

    def rows(self, state: State | None = None) -> Iterator[Row]:
        """The jobs, in the order in which they were added."""
        where, values = ("", ()) if state is None else ("WHERE state=?", (state,))
        with _reading(self.path):
            yield from map(row_of, self._base.execute(f"SELECT {COLUMNS} FROM jobs {where} ORDER BY id", values))

    def to_html(self) -> str:
        """A web page of one file, which needs no network: progress over time, throughput, prices, failures by cause."""
        return page(self.path.name, self.rows())


@contextmanager
def _reading(path: Path) -> Generator[None]:
    """Raise ConfigurationError for a ledger that is damaged or cannot be read any more."""
    try:
        yield
    except sqlite3.Error as error:
        raise ConfigurationError(f"the ledger {path} cannot be read: {error}") from error
