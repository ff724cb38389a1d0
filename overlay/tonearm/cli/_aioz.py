"""What the commands of `tonearm aioz` share: the group, its options, and how objects are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer
from typer import Option

from . import _complete, _out
from ._bars import Bars

if TYPE_CHECKING:
    import tonearm

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Presets: TypeAlias = Annotated[
    list[str] | None,
    Option(
        "--preset",
        metavar="NAME",
        autocompletion=_complete.of(*_complete.AIOZ_PRESETS),
        help="standard, good, highest, lossless, or dash:NAME; repeatable.",
    ),
]
Title: TypeAlias = Annotated[str | None, Option(help="The title, 1 to 255 characters.")]
Description: TypeAlias = Annotated[str | None, Option(help="The description, at most 1000 characters.")]
Tags: TypeAlias = Annotated[list[str] | None, Option("--tag", metavar="TAG", help="A tag; repeatable.")]
Pairs: TypeAlias = Annotated[
    list[str] | None,
    Option("--metadata", metavar="NAME=VALUE", help="A pair of metadata; repeatable."),
]
Public: TypeAlias = Annotated[bool | None, Option("--public/--private", help="Whether anyone may play it.")]

MEDIA: _out.Columns = {
    "id": lambda media: media.id,
    "title": lambda media: media.title,
    "status": lambda media: media.status,
    "duration": lambda media: _out.clock(media.duration),
    "size": lambda media: _out.size(media.size),
    "qualities": lambda media: (
        ", ".join(f"{quality.name}/{quality.type}: {quality.status}" for quality in media.qualities) or None
    ),
    "tags": lambda media: ", ".join(media.tags) or None,
    "created": lambda media: media.created_at,
}
DETAILS: _out.Columns = {
    **MEDIA,
    "description": lambda media: media.description,
    "metadata": lambda media: ", ".join(f"{name}={value}" for name, value in media.metadata.items()) or None,
    "public": lambda media: media.is_public,
    "hls": lambda media: media.assets.hls_url,
    "dash": lambda media: media.assets.dash_url,
    "player": lambda media: media.assets.hls_player_url or media.assets.dash_player_url,
}


def watch(bars: Bars) -> Callable[[tonearm.aioz.Media], None]:
    """A callback that shows the status of an object while it is transcoded."""
    return lambda media: bars.wait(f"{media.title or media.id}: {media.status}")
