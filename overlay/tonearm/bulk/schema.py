"""The tables of a ledger, and how its file is opened."""

from __future__ import annotations

import secrets
import sqlite3
import unicodedata
from contextlib import suppress
from pathlib import Path

from .. import ConfigurationError
from .rows import stored, text_of

VERSION = 2
_META = "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
_JOBS = """
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE, -- input, and the output that was asked for
    input TEXT NOT NULL,
    output TEXT NOT NULL,
    place TEXT NOT NULL UNIQUE, -- the output as a disk has it that takes Talk and talk for one name
    run INTEGER NOT NULL, -- the last run that took the job up
    size INTEGER, version, -- what changes with the input: nanoseconds since 1970, or what its place tells
    options TEXT NOT NULL, task TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    outputs TEXT NOT NULL DEFAULT '[]', made TEXT, error TEXT, kind TEXT,
    seconds REAL, bytes INTEGER, price REAL, worker TEXT, began REAL, ended REAL
)
"""
_INDEX = "CREATE INDEX jobs_by_state ON jobs (state, id)"
_AS_BEFORE = (
    "id, key, input, output, run, size, options, task, state, attempts, outputs, made, error, kind, seconds, bytes, "
    "price, worker, began, ended"
)
"""The columns that all versions have."""


def opened(path: Path, *, make: bool) -> sqlite3.Connection:
    """Open a ledger; with `make` to write it, and create it if it does not exist.

    Raises:
        ConfigurationError: it is no ledger of this version.
    """
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
        base.execute("BEGIN IMMEDIATE")  # so that a killed process leaves no incomplete ledger
        for statement in (_META, _JOBS, _INDEX):
            base.execute(statement)
        made = "INSERT INTO meta VALUES ('version', ?), ('runs', 0), ('name', ?)"
        base.execute(made, (str(VERSION), secrets.token_hex(8)))
        base.commit()
        return
    version = base.execute("SELECT value FROM meta WHERE name='version'").fetchone() if "meta" in tables else None
    if version is None or version[0] not in ("1", str(VERSION)):
        raise ConfigurationError(f"{path} is not a ledger of this version of tonearm")
    if make and "version" not in _columns(base):
        _convert(base)


def _columns(base: sqlite3.Connection) -> set[str]:
    return {name for _, name, *_ in base.execute("PRAGMA table_info(jobs)")}


def _convert(base: sqlite3.Connection) -> None:
    """Convert a ledger of an earlier version to this version, whole or not at all."""
    has_place = "place" in _columns(base)
    base.execute("BEGIN IMMEDIATE")
    try:
        for statement in (
            "DROP INDEX IF EXISTS jobs_by_state",
            "ALTER TABLE jobs RENAME TO jobs_before",
            _JOBS,
            _INDEX,
        ):
            base.execute(statement)
        place = "place" if has_place else "'#' || id"
        base.execute(
            f"INSERT INTO jobs ({_AS_BEFORE}, version, place) SELECT {_AS_BEFORE}, mtime_ns, {place} FROM jobs_before"
        )
        for number, output in () if has_place else base.execute("SELECT id, output FROM jobs_before").fetchall():
            with suppress(sqlite3.IntegrityError):  # of two outputs that some disks take for one, the first has it
                base.execute("UPDATE jobs SET place=? WHERE id=?", (stored(place_of(text_of(output))), number))
        base.execute("DROP TABLE jobs_before")
        base.execute("INSERT OR IGNORE INTO meta VALUES ('name', ?)", (secrets.token_hex(8),))
        base.execute("UPDATE meta SET value=? WHERE name='version'", (str(VERSION),))
    except BaseException:
        base.rollback()
        raise
    base.commit()


def place_of(output: str) -> str:
    """An output as it is compared on a disk for which `Talk` and `talk` are one name."""
    return unicodedata.normalize("NFC", output).casefold()


def next_run(base: sqlite3.Connection) -> int:
    """Count the runs, and return the number of this one: a run adds each job only once."""
    base.execute("UPDATE meta SET value = value + 1 WHERE name='runs'")
    base.commit()
    return int(meta(base, "runs"))


def meta(base: sqlite3.Connection, name: str) -> str:
    """A value of the ledger's table `meta`."""
    return str(base.execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()[0])
