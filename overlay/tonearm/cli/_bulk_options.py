"""Options that several commands of `tonearm bulk` have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

from typer import Argument, Option

from .. import InvalidInput
from .._files import is_remote
from ._options import a_folder

LEDGER = "tonearm.ledger"

Sources: TypeAlias = Annotated[
    list[str],
    Argument(metavar="SOURCE...", help="Folders, files, or tables of jobs (.csv, .jsonl) with a column `input`."),
]
Ids: TypeAlias = Annotated[
    list[str],
    Argument(metavar="ID...", help="Ids of Jellyfin, or tables (.csv, .jsonl) with ids in the column `input`."),
]
Out: TypeAlias = Annotated[
    str,
    Option(
        "-o", "--out", metavar="DIR", callback=a_folder, help="The folder for the results; also s3:// and the like."
    ),
]
Ledger: TypeAlias = Annotated[
    Path | None, Option(metavar="FILE", help="The ledger; tonearm.ledger in the folder of the results by default.")
]
MaxPrice: TypeAlias = Annotated[float | None, Option(metavar="USD", help="Stop before the run costs more.")]
Estimate: TypeAlias = Annotated[bool, Option("--estimate", help="Only count the files and estimate the price.")]
NamedLedger: TypeAlias = Annotated[Path, Option(metavar="FILE", help="The ledger, which keeps the ids.")]


def ledger_of(ledger: Path | None, out: str) -> Path:
    """The path of the ledger, which is always a local file."""
    if ledger is None and is_remote(out):
        raise InvalidInput("--ledger is needed for remote results, and names a local file")
    return ledger or Path(out) / LEDGER
