"""The tables of a ledger, and how its file is opened."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

from .. import ConfigurationError

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
    size INTEGER, version, -- what changes with the input: nanoseconds since 1970, or what its place tells
    options TEXT NOT NULL, task TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    outputs TEXT NOT NULL DEFAULT '[]', made TEXT, error TEXT, kind TEXT,
    seconds REAL, bytes INTEGER, price REAL, worker TEXT, began REAL, ended REAL
);
CREATE INDEX jobs_by_state ON jobs (state, id);
"""


def opened(path: Path, *, make: bool) -> sqlite3.Connection:
    """Open a ledger; with `make` one that is written, and is made where there is none.

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
        base.executescript(_SCHEMA)
        made = "INSERT INTO meta VALUES ('version', ?), ('runs', 0), ('name', ?)"
        base.execute(made, (str(VERSION), secrets.token_hex(8)))
        base.commit()
        return
    found = base.execute("SELECT value FROM meta WHERE name='version'").fetchone() if "meta" in tables else None
    if found is None or found[0] != str(VERSION):
        raise ConfigurationError(f"{path} is not a ledger of this version of tonearm")


def next_run(base: sqlite3.Connection) -> int:
    """Count the runs; what one has taken up, it does not take up again."""
    base.execute("UPDATE meta SET value = value + 1 WHERE name='runs'")
    base.commit()
    return int(meta(base, "runs"))


def meta(base: sqlite3.Connection, name: str) -> str:
    """What a ledger says of itself."""
    return str(base.execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()[0])
