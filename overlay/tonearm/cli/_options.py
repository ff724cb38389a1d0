"""The options that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

from typer import Argument, Context, Option

from .. import InvalidInput
from . import _complete
from ._ends import STANDARD
from ._report import JSON


def _as_json(context: Context, value: bool) -> bool:
    """Remember that programs read the output, for the report of an error."""
    context.meta[JSON] = value
    return value


def a_folder(out: Path | str) -> Path | str:
    """Refuse the word for standard output as the name of a folder."""
    if str(out) == STANDARD:
        raise InvalidInput("-o names a folder here, not standard output")
    return out


Json: TypeAlias = Annotated[bool, Option("--json", callback=_as_json, help="Print JSON, one object per line.")]
Profile: TypeAlias = Annotated[
    str | None,
    Option(
        "--profile",
        metavar="NAME",
        autocompletion=_complete.profiles,
        help="Use this stored profile, and nothing from the environment.",
    ),
]
BaseUrl: TypeAlias = Annotated[
    str | None,
    Option("--base-url", metavar="URL", help="Use this server. A key is sent only to the server it belongs to."),
]
DryRun: TypeAlias = Annotated[
    bool,
    Option("--dry-run", help="Send nothing; print, without keys, the requests that do not depend on a response."),
]
KeyStdin: TypeAlias = Annotated[bool, Option("--key-stdin", help="Read the keys from standard input, one per line.")]
Keyring: TypeAlias = Annotated[bool, Option("--keyring", help="Store the keys in the system's keyring.")]
Ids: TypeAlias = Annotated[list[str], Argument(metavar="ID...", help="The ids of the objects; `list` shows them.")]
Id: TypeAlias = Annotated[str, Argument(metavar="ID", help="The id of the object; `list` shows it.")]
