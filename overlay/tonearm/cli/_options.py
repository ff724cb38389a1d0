"""The options that many commands share."""

from __future__ import annotations

from typing import Annotated, Optional, TypeAlias

from typer import Argument, Option

Json: TypeAlias = Annotated[bool, Option("--json", help="Print JSON, one object a line.")]
Profile: TypeAlias = Annotated[
    Optional[str],  # noqa: UP045  # read at run time
    Option("--profile", metavar="NAME", help="Use this profile of the configuration, and nothing else."),
]
BaseUrl: TypeAlias = Annotated[
    Optional[str],  # noqa: UP045
    Option("--base-url", metavar="URL", help="Use this server; a key goes there only when it belongs there."),
]
DryRun: TypeAlias = Annotated[
    bool,
    Option("--dry-run", help="Send nothing: print the requests, without keys, as far as they follow from no answer."),
]
KeyStdin: TypeAlias = Annotated[bool, Option("--key-stdin", help="Read the keys from standard input, one a line.")]
Keyring: TypeAlias = Annotated[bool, Option("--keyring", help="Keep the keys in the system's keyring.")]
Ids: TypeAlias = Annotated[list[str], Argument(metavar="ID...", help="The objects.")]
Id: TypeAlias = Annotated[str, Argument(metavar="ID", help="The object.")]
