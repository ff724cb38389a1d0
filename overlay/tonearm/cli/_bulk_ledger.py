"""`tonearm bulk status`, `failures`, `export` and `report`: the contents of a ledger."""

from __future__ import annotations

import csv
import io
import json as jsonlib
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Annotated, Any, TypeAlias

from attrs import asdict, fields
from typer import Argument, Option

from .. import InvalidInput
from .._base import tables
from . import _complete, _out, _results
from ._ends import STANDARD
from ._options import Json

LedgerFile: TypeAlias = Annotated[Path, Argument(metavar="LEDGER", help="The ledger of a run.")]

STATUS: _out.Columns = {
    "done": lambda totals: totals["done"] or None,
    "failed": lambda totals: totals["failed"] or None,
    "waiting": lambda totals: totals["waiting"] or None,
    "running": lambda totals: totals["running"] or None,
    "price": lambda totals: f"{totals['price']:.2f} USD" if totals["price"] else None,
    "work": lambda totals: _out.clock(totals["seconds"]),
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


def report(
    ledger: LedgerFile,
    out: Annotated[str, Option("-o", "--out", metavar="FILE", help="The page to write, or -.")] = STANDARD,
) -> None:
    """Write a web page about a run: progress, throughput, prices, failures by cause. It needs no network.

    Example: tonearm bulk report shows.ledger -o report.html
    """
    from ..bulk import Ledger

    path = _path(out, ledger)
    with Ledger.read(ledger) as book:
        page = book.to_html().encode()
    _results.save(page, path, "report.html")


def export(
    ledger: LedgerFile,
    to: Annotated[
        str,
        Option(
            "--to",
            metavar="FORM",
            autocompletion=_complete.of("csv", "jsonl", "parquet"),
            help="csv, jsonl or parquet.",
        ),
    ] = "csv",
    out: Annotated[str, Option("-o", "--out", metavar="FILE", help="The table to write, or -.")] = STANDARD,
) -> None:
    """Write all jobs of a ledger as a table for other programs.

    Example: tonearm bulk export shows.ledger > shows.csv
    """
    from ..bulk import Ledger

    if to not in _FORMS:
        raise InvalidInput(f"--to is {', '.join(_FORMS)}, not {to!r}")
    path = _path(out, ledger)
    if to == "parquet" and path is None and sys.stdout.isatty():
        raise InvalidInput("Parquet cannot be shown in a terminal: name a file with -o")
    with Ledger.read(ledger) as book:
        _out.to_file(partial(_FORMS[to], book.rows()), path)


def _path(out: str, ledger: Path) -> Path | None:
    """The file for a result, which must not be the ledger; None for standard output."""
    path = _out.file_of(out)
    if path is not None:
        _results.apart([path], [str(ledger)])
    return path


def _csv(rows: Iterator[Any], file: IO[bytes]) -> None:
    """Write each row as a line; names of files that are not UTF-8 stay as they are."""
    from ..bulk import Row

    text = io.TextIOWrapper(file, "utf-8", "surrogateescape", newline="")
    writer = csv.DictWriter(text, [field.name for field in fields(Row)], lineterminator="\n")
    try:
        writer.writeheader()
        for row in rows:
            several = {"outputs": " ".join(row.outputs), "options": jsonlib.dumps(dict(row.options))}
            writer.writerow(asdict(row) | several)
    finally:
        text.detach()


def _jsonl(rows: Iterator[Any], file: IO[bytes]) -> None:
    for row in rows:
        file.write(f"{jsonlib.dumps(_out.plain(row))}\n".encode())


def _parquet(rows: Iterator[Any], file: IO[bytes]) -> None:
    from ..bulk import Row

    tables.write_parquet(Row, rows, file)


_FORMS: Mapping[str, Callable[[Iterator[Any], IO[bytes]], None]] = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}
