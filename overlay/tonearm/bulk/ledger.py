"""The ledger: one SQLite file with a row for each job, from which an interrupted run is continued."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from attrs import define, field

from .. import ConfigurationError, InvalidInput
from .._files import exists, locked, open_log, path_of
from .jobs import Job
from .page import page
from .rows import COLUMNS, Due, Row, State, row_of, stored, text_of

VERSION = 2
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE, -- input, and the output that was asked for
    input TEXT NOT NULL,
    output TEXT NOT NULL,
    place TEXT NOT NULL UNIQUE, -- the output as a disk has it that takes Talk and talk for one name
    run INTEGER NOT NULL, -- the last run that took the job up
    size INTEGER, mtime_ns INTEGER,
    options TEXT NOT NULL, task TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    outputs TEXT NOT NULL DEFAULT '[]', made TEXT, error TEXT, kind TEXT,
    seconds REAL, bytes INTEGER, price REAL, worker TEXT, began REAL, ended REAL
);
CREATE INDEX jobs_by_state ON jobs (state, id);
"""
_INSERT = """
INSERT INTO jobs (key, input, output, place, run, size, mtime_ns, options, task, state)
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
    _written: dict[int, tuple[int | None, int | None]] = field(factory=dict[int, "tuple[int | None, int | None]"])
    """Size and time of files that were written while their jobs are under way."""

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
            return cls(path, base := _opened(path, make=True), lock, _next_run(base), _meta(base, "name"))
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
        return cls(path, _opened(path, make=False))

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
        asked = f"SELECT key, run, size, mtime_ns, options, task, {COLUMNS} FROM jobs WHERE key IN ({marks})"
        known = {text_of(found[0]): found for found in self._base.execute(asked, [stored(_key(job)) for job in jobs])}
        todo: dict[int, bool] = {}
        for job in jobs:
            options = _options(job) if job.options else "{}"
            looks = (*_stamp(job.input), options, task)
            found = known.get(_key(job))
            if found is None:
                known[_key(job)] = (None, self._run)
                todo[self._enter(job, looks)] = False
            elif (
                repeats or self._due(found, looks, retry_failed=retry_failed)
                if found[1] != self._run
                else _written_since(found, looks)
            ):
                self._base.execute(
                    "UPDATE jobs SET run=?, size=?, mtime_ns=?, options=?, task=?, state='waiting', attempts=0 "
                    "WHERE id=?",
                    (self._run, *looks, found[6]),
                )
                todo[found[6]] = True
            elif found[1] == self._run and found[0] is not None:
                self._note(found, looks)
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
            changed = "UPDATE jobs SET size=?, mtime_ns=? WHERE id=? AND state='waiting'"
            self._base.execute(changed, (*looks[:2], found[6]))

    def _due(self, found: Sequence[Any], looks: Sequence[Any], *, retry_failed: bool) -> bool:
        """Whether a job that is known is to be done; called for each one, so nothing is read that is not needed."""
        state, outputs = found[10], found[12]
        if tuple(found[2:6]) != tuple(looks):
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
                named = map(stored, (_key(job), job.input, output, _place(output)))
                return self._base.execute(_INSERT, (*named, self._run, *looks)).lastrowid or 0
            except sqlite3.IntegrityError:
                number += 1

    def begin(self, rows: Iterable[tuple[int, float, int]]) -> None:
        """Note that jobs have begun: which attempt, when, the job's id. `commit` writes it."""
        begun = list(rows)
        self._base.executemany("UPDATE jobs SET state='running', attempts=?, began=? WHERE id=?", begun)
        for *_, number in begun:
            if (stamp := self._written.pop(number, None)) is not None:  # another attempt, which reads the file anew
                self._base.execute("UPDATE jobs SET size=?, mtime_ns=? WHERE id=?", (*stamp, number))

    def end(self, rows: Sequence[Mapping[str, Any]]) -> list[Due]:
        """Note how jobs have ended, and return those whose files were written meanwhile. `commit` writes it."""
        self._base.executemany(
            "UPDATE jobs SET state=:state, outputs=:outputs, made=:made, error=:error, kind=:kind, seconds=:seconds, "
            "bytes=:bytes, price=:price, worker=:worker, ended=:ended WHERE id=:id",
            ({**row, "error": row["error"] and _told(row["error"])} for row in rows),
        )
        anew = {number: stamp for row in rows if (stamp := self._written.pop(number := row["id"], None)) is not None}
        self._base.executemany(
            "UPDATE jobs SET size=?, mtime_ns=?, state='waiting', attempts=0 WHERE id=?",
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


def _written_since(found: Sequence[Any], looks: Sequence[Any]) -> bool:
    """Whether a job that this run has ended is there again with another file, as in a folder that is watched."""
    if found[0] is None:  # entered a moment ago
        return False
    return found[10] in ("done", "failed") and tuple(found[2:4]) != tuple(looks[:2]) and found[4:6] == tuple(looks[2:])


@contextmanager
def _reading(path: Path) -> Generator[None]:
    """Say in plain words that a ledger is damaged, or cannot be read any more."""
    try:
        yield
    except sqlite3.Error as error:
        raise ConfigurationError(f"the ledger {path} cannot be read: {error}") from error


def _told(error: str) -> str | bytes:
    """The text of an error as SQLite takes it; it may have what no file name has."""
    try:
        return stored(error)
    except InvalidInput:
        return error.encode("utf-8", "backslashreplace").decode()


def _options(job: Job) -> str:
    try:
        return json.dumps(dict(job.options), sort_keys=True)
    except (TypeError, ValueError) as error:
        raise InvalidInput.of("options", job.options, "values that JSON has") from error


def _key(job: Job) -> str:
    return job.input if job.output is None else f"{job.input}\n{job.output}"


def _place(output: str) -> str:
    return unicodedata.normalize("NFC", output).casefold()


def _next_run(base: sqlite3.Connection) -> int:
    """Count the runs; what one has taken up, it does not take up again."""
    base.execute("UPDATE meta SET value = value + 1 WHERE name='runs'")
    base.commit()
    return int(_meta(base, "runs"))


def _meta(base: sqlite3.Connection, name: str) -> str:
    return str(base.execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()[0])


def _stamp(text: str) -> tuple[int | None, int | None]:
    """Size and time of a job's file; nothing for an input that is no file here."""
    with suppress(OSError, ValueError):
        status = Path(text).stat()
        return status.st_size, status.st_mtime_ns
    return None, None


def _opened(path: Path, *, make: bool) -> sqlite3.Connection:
    try:
        base = sqlite3.connect(path, timeout=60.0, check_same_thread=False)
        try:
            if make:
                base.execute("PRAGMA journal_mode=WAL")
                base.execute("PRAGMA synchronous=FULL")
            _check(base, path, make=make)
        except BaseException:
            base.close()
            raise
    except sqlite3.Error as error:
        raise ConfigurationError(f"{path} is not a ledger that can be used: {error}") from error
    return base


def _check(base: sqlite3.Connection, path: Path, *, make: bool) -> None:
    tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    if make and not tables:
        base.executescript(_SCHEMA)
        made = "INSERT INTO meta VALUES ('version', ?), ('runs', 0), ('name', ?)"
        base.execute(made, (str(VERSION), secrets.token_hex(8)))
        base.commit()
        return
    found = base.execute("SELECT value FROM meta WHERE name='version'").fetchone() if "meta" in tables else None
    if found is None or found[0] != str(VERSION):
        raise ConfigurationError(f"{path} is not a ledger of this version of tonearm")
