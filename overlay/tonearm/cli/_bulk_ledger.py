"""`tonearm bulk status`, `failures` and `export`: what a ledger tells."""

from __future__ import annotations

import csv
import json as jsonlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from attrs import asdict, fields
from typer import Argument, Option

from .. import InvalidInput
from . import _out
from ._options import Json

LedgerFile: TypeAlias = Annotated[Path, Argument(metavar="LEDGER", help="The ledger of a run.")]

STATUS: _out.Columns = {
    "done": lambda found: found["done"] or None,
    "failed": lambda found: found["failed"] or None,
    "waiting": lambda found: found["waiting"] or None,
    "running": lambda found: found["running"] or None,
    "price": lambda found: f"{found['price']:.2f} USD" if found["price"] else None,
    "work": lambda found: _out.clock(found["seconds"]),
}
FAILURES: _out.Columns = {
    "input": lambda row: row.input,
    "attempts": lambda row: row.attempts,
    "error": lambda row: row.error,
}


def status(ledger: LedgerFile, json: Json = False) -> None:
    """Show how many jobs of a run are done, failed or waiting; also while it runs."""
    from ..bulk import Ledger

    with Ledger.read(ledger) as book:
        counts, (price, seconds) = book.counts(), book.totals()
    states = {name: counts.get(name, 0) for name in ("done", "failed", "waiting", "running")}
    _out.item({**states, "price": price, "seconds": seconds}, STATUS, json=json)


def failures(ledger: LedgerFile, json: Json = False) -> None:
    """List the jobs that failed, and why."""
    from ..bulk import Ledger

    with Ledger.read(ledger) as book:
        _out.items(book.rows("failed"), FAILURES, json=json)


def export(
    ledger: LedgerFile,
    to: Annotated[str, Option("--to", metavar="FORM", help="csv or jsonl.")] = "csv",
) -> None:
    """Print all jobs of a ledger as a table for other programs.

    Example: tonearm bulk export shows.ledger > shows.csv
    """
    from ..bulk import Ledger, Row

    if to not in ("csv", "jsonl"):
        raise InvalidInput(f"--to is csv or jsonl, not {to!r}")
    with Ledger.read(ledger) as book:
        if to == "jsonl":
            _out.items(book.rows(), {}, json=True)
            return
        writer = csv.DictWriter(sys.stdout, [field.name for field in fields(Row)])
        writer.writeheader()
        writer.writerows(_flat(book.rows()))


def _flat(rows: Iterator[Any]) -> Iterator[dict[str, Any]]:
    """Rows of one line: what is several values is separated by blanks, or JSON."""
    for row in rows:
        yield asdict(row) | {"outputs": " ".join(row.outputs), "options": jsonlib.dumps(dict(row.options))}
