"""What the commands of `tonearm openai` share: the group, its options, and the settings of a profile."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import typer
from typer import Option

from .. import InvalidInput
from . import _complete
from ._settings import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Model: TypeAlias = Annotated[
    str | None,
    Option(metavar="NAME", autocompletion=_complete.models, help="The model; the profile's by default."),
]


def _workers(text: str) -> int | str:
    if text != "auto" and not text.isdecimal():
        raise typer.BadParameter(f"a number or auto, not {text!r}")
    return text if text == "auto" else int(text)


Workers: TypeAlias = Annotated[
    Any | None,
    Option(
        parser=_workers,
        metavar="NUMBER",
        help="How many requests to send at a time; auto begins with one, and sends more while the server keeps up.",
    ),
]


def chosen(setting: str, given: str | None, profile: str | None, base_url: str | None) -> str:
    """A model or a voice: the given one, or that of the profile.

    Raises:
        InvalidInput: neither is set.
    """
    settings = find("openai", profile, base_url)
    value = given or settings.options.get(setting)
    if not value:
        what, option = setting.rpartition("_")[2], setting.replace("_", "-")
        store = f", or store one with `{settings.service.login(f'--{option}', 'NAME')}`" if settings.stored else ""
        raise InvalidInput(f"which {what}? give --{what}{store}")
    return str(value)
