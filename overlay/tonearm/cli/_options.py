"""The options that many commands share."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from typer import Argument, Context, Option

from . import _complete
from ._report import JSON


def _as_json(context: Context, value: bool) -> bool:
    """Remember that programs read the output, for the report of an error."""
    context.meta[JSON] = value
    return value


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
