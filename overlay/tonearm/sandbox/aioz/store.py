"""The objects and their parts, kept in SQLite."""

import json
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from tonearm.sandbox.aioz.checks import Filter
from tonearm.sandbox.aioz.objects import Media, Quality

_SCHEMA = """
CREATE TABLE IF NOT EXISTS media (
    id TEXT PRIMARY KEY, title TEXT, description TEXT, is_public INTEGER, metadata TEXT, tags TEXT, qualities TEXT,
    player_theme_id TEXT, status TEXT, duration REAL, size INTEGER, file_name TEXT, created_at INTEGER,
    updated_at INTEGER
);
CREATE TABLE IF NOT EXISTS part (
    media_id TEXT, number INTEGER, start INTEGER, stop INTEGER, total INTEGER, md5 TEXT,
    PRIMARY KEY (media_id, number)
);
CREATE TABLE IF NOT EXISTS attachment (
    media_id TEXT, kind TEXT, language TEXT, content BLOB, PRIMARY KEY (media_id, kind, language)
);
CREATE TABLE IF NOT EXISTS record (kind TEXT, id TEXT, body TEXT, PRIMARY KEY (kind, id));
CREATE TABLE IF NOT EXISTS chosen (media_id TEXT, kind TEXT, language TEXT, PRIMARY KEY (media_id, kind));
"""
COVER = "thumbnail"
"""The kind of the attachment that is the cover picture; it has no language."""

_JSON = ("metadata", "tags", "qualities")


@frozen
class Part:
    """One accepted part: its index, the bytes `start` to `stop` (exclusive) of `total`, and their MD5."""

    number: int
    start: int
    stop: int
    total: int
    md5: str


class Store:
    """The database. Code that first checks and then writes holds `lock`."""

    def __init__(self, path: Path) -> None:
        self.lock = threading.RLock()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self._database.create_function("folded", 1, str.casefold, deterministic=True)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        with self.lock:
            self._database.close()

    def add(self, media: Media) -> None:
        row = _row(asdict(media))
        self._run(f"INSERT INTO media ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", *row.values())

    def get(self, media_id: str) -> Media | None:
        """Return an object, or None when it never existed or is deleted."""
        rows = self._run("SELECT * FROM media WHERE id = ? AND status != 'deleted'", media_id)
        return _media(rows[0]) if rows else None

    def change(self, media_id: str, **columns: Any) -> None:
        """Set columns of an object, and the time of its last change."""
        row = _row({**columns, "updated_at": time.time_ns()})
        self._run(f"UPDATE media SET {', '.join(f'{name} = ?' for name in row)} WHERE id = ?", *row.values(), media_id)

    def find(self, wanted: Filter) -> tuple[list[Media], int]:
        """Return one page of a list, and the number of all objects in it."""
        terms, values = _where(wanted)
        where = f"FROM media WHERE {' AND '.join(terms)}"
        order = "DESC" if wanted.descending else "ASC"
        with self.lock:
            total = self._run(f"SELECT count(*) {where}", *values)[0][0]
            page = self._run(
                f"SELECT * {where} ORDER BY {wanted.sort_by} {order}, rowid {order} LIMIT ? OFFSET ?",
                *values,
                wanted.limit,
                wanted.offset,
            )
        return [_media(row) for row in page], total

    def in_status(self, status: str) -> list[str]:
        """Return the ids of the objects in a status, oldest first."""
        return [row["id"] for row in self._run("SELECT id FROM media WHERE status = ? ORDER BY rowid", status)]

    def put_part(self, media_id: str, part: Part) -> None:
        """Keep a part; it replaces an earlier one with the same index."""
        values = (part.number, part.start, part.stop, part.total, part.md5)
        self._run("INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?)", media_id, *values)

    def parts(self, media_id: str) -> list[Part]:
        """Return the parts of an object in the order of their indices."""
        rows = self._run(
            "SELECT number, start, stop, total, md5 FROM part WHERE media_id = ? ORDER BY number", media_id
        )
        return [Part(*row) for row in rows]

    def drop_parts(self, media_id: str) -> None:
        self._run("DELETE FROM part WHERE media_id = ?", media_id)

    def attach(self, media_id: str, kind: str, language: str, content: bytes) -> None:
        """Keep an attachment; it replaces an earlier one of its kind and language."""
        self._run(
            "INSERT INTO attachment VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET content = excluded.content",
            media_id,
            kind,
            language,
            content,
        )

    def attached(self, media_id: str, kind: str, language: str) -> bytes | None:
        """Return the bytes of an attachment."""
        where = "media_id = ? AND kind = ? AND language = ?"
        rows = self._run(f"SELECT content FROM attachment WHERE {where}", media_id, kind, language)
        return rows[0]["content"] if rows else None

    def languages(self, media_id: str, kind: str) -> list[str]:
        """Return the languages of the attachments of a kind, oldest first."""
        where = "media_id = ? AND kind = ?"
        return [
            row["language"]
            for row in self._run(f"SELECT language FROM attachment WHERE {where} ORDER BY rowid", media_id, kind)
        ]

    def choose(self, media_id: str, kind: str, language: str) -> None:
        """Store the default language of a kind; an empty text means none."""
        self._run("INSERT OR REPLACE INTO chosen VALUES (?, ?, ?)", media_id, kind, language)

    def chosen(self, media_id: str, kind: str) -> str | None:
        """Return the default language, or None if it was never set."""
        rows = self._run("SELECT language FROM chosen WHERE media_id = ? AND kind = ?", media_id, kind)
        return rows[0]["language"] if rows else None

    def detach(self, media_id: str, kind: str, language: str) -> bool:
        """Remove an attachment; return whether it existed."""
        where = "media_id = ? AND kind = ? AND language = ?"
        return bool(self._run(f"DELETE FROM attachment WHERE {where} RETURNING 1", media_id, kind, language))

    def put_record(self, kind: str, id: str, body: dict[str, Any]) -> None:
        """Keep a record, such as a playlist; it replaces an earlier one of its kind and id."""
        self._run(
            "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
            kind,
            id,
            json.dumps(body),
        )

    def records(self, kind: str) -> list[dict[str, Any]]:
        """Return the records of a kind, oldest first."""
        return [
            json.loads(row["body"]) for row in self._run("SELECT body FROM record WHERE kind = ? ORDER BY rowid", kind)
        ]

    def record(self, kind: str, id: str) -> dict[str, Any] | None:
        """Return a record, or None when there is none."""
        rows = self._run("SELECT body FROM record WHERE kind = ? AND id = ?", kind, id)
        return json.loads(rows[0]["body"]) if rows else None

    def uses_theme(self, theme_id: str) -> bool:
        """Return whether an object that is not deleted has a player theme."""
        return bool(self._run("SELECT 1 FROM media WHERE player_theme_id = ? AND status != 'deleted'", theme_id))

    def drop_record(self, kind: str, id: str) -> None:
        self._run("DELETE FROM record WHERE kind = ? AND id = ?", kind, id)

    def drop_attachments(self, media_id: str) -> None:
        self._run("DELETE FROM attachment WHERE media_id = ?", media_id)
        self._run("DELETE FROM chosen WHERE media_id = ?", media_id)

    def _run(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        with self.lock:
            return self._database.execute(statement, values).fetchall()


def _where(wanted: Filter) -> tuple[list[str], list[Any]]:
    terms, values = ["1"], list[Any]()
    statuses = wanted.statuses or ["new", "transcoding", "done", "fail"]
    terms.append(f"status IN ({', '.join('?' * len(statuses))})")
    values += statuses
    if wanted.type not in (None, "audio"):
        terms.append("0")
    for tag in wanted.tags:
        terms.append("EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)")
        values.append(tag)
    for pair in wanted.metadata:
        terms.append(
            "EXISTS (SELECT 1 FROM json_each(metadata)"
            " WHERE json_extract(value, '$.key') = ? AND json_extract(value, '$.value') = ?)"
        )
        values += [pair["key"], pair["value"]]
    if wanted.search:
        terms.append("instr(folded(title || char(10) || description), folded(?))")
        values.append(wanted.search)
    return terms, values


def _row(columns: dict[str, Any]) -> dict[str, Any]:
    lists = {name: columns[name] for name in _JSON if name in columns}
    return columns | {name: json.dumps(value, default=asdict) if value else None for name, value in lists.items()}


def _media(row: sqlite3.Row) -> Media:
    columns: dict[str, Any] = dict(row)
    columns |= {name: json.loads(columns[name]) for name in _JSON if columns[name]}
    columns["qualities"] = [Quality(**quality) for quality in columns["qualities"] or ()]
    columns["is_public"] = bool(columns["is_public"])
    return Media(**columns)
