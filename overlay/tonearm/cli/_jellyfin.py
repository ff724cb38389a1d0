"""What the commands of `tonearm jellyfin` share: the group, and its arguments."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer
from typer import Argument, Option

from . import _complete

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Ids: TypeAlias = Annotated[list[str], Argument(metavar="ITEM...", help="The ids of the items; `search` shows them.")]
Id: TypeAlias = Annotated[str, Argument(metavar="ITEM", help="The id of the item; `search` shows it.")]
Preset: TypeAlias = Annotated[
    str | None,
    Option(
        metavar="NAME",
        autocompletion=_complete.of(*_complete.JELLYFIN_PRESETS),
        help="original, mp3_256, mp3_128, aac_256, aac_128, opus_128, opus_96, vorbis_192 or flac.",
    ),
]
WaitServer: TypeAlias = Annotated[
    float, Option(metavar="SECONDS", help="How long to wait for a server that goes away once it has answered.")
]
RunTime: TypeAlias = Annotated[
    str,
    Option(
        metavar="HOW",
        autocompletion=_complete.of("measure", "trust"),
        help="Where encoded audio is not as long as the server says: measure the original, or trust the server.",
    ),
]
UserId: TypeAlias = Annotated[
    str | None, Option("--user-id", metavar="ID", help="The user whose library to use, for an API key.")
]
Start: TypeAlias = Annotated[float | None, Option(metavar="SECONDS", help="The second to start at.")]
