"""`tonearm aioz themes`: how players look."""

from __future__ import annotations

from typing import Annotated, Any

from typer import Option

from .. import InvalidInput
from . import _clients, _out
from ._aioz import app
from ._options import BaseUrl, DryRun, Json, Profile

THEMES: _out.Columns = {
    "id": lambda theme: theme.id,
    "name": lambda theme: theme.name,
    "default": lambda theme: theme.is_default,
    "main color": lambda theme: theme.main_color,
    "text color": lambda theme: theme.text_color,
    "created": lambda theme: theme.created_at,
}


@app.command()
def themes(
    search: Annotated[str | None, Option(help="Only themes with this text in the name.")] = None,
    create: Annotated[str | None, Option(metavar="NAME", help="Make a theme.")] = None,
    update: Annotated[str | None, Option(metavar="ID", help="Change this theme.")] = None,
    main_color: Annotated[str | None, Option(metavar="COLOR", help="Its main colour, such as '#2563eb'.")] = None,
    text_color: Annotated[str | None, Option(metavar="COLOR", help="The colour of its text.")] = None,
    default: Annotated[bool, Option("--default", help="Objects without a theme of their own have it.")] = False,
    use: Annotated[str | None, Option(metavar="ID", help="Give this theme to the objects of --media.")] = None,
    media: Annotated[list[str] | None, Option(metavar="ID", help="With --use: an object; repeatable.")] = None,
    delete: Annotated[list[str] | None, Option(metavar="ID", help="Delete this theme; repeatable.")] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Make, change, give, delete and list player themes.

    Example: tonearm aioz themes --create Night --main-color "#2563eb" --default
    """
    given: dict[str, Any] = {"main_color": main_color, "text_color": text_color, "is_default": default or None}
    options = {name: value for name, value in given.items() if value is not None}
    if create is not None and update is not None:
        raise InvalidInput("--create or --update, not both")
    if bool(options) and create is None and update is None:
        raise InvalidInput("--main-color, --text-color and --default need --create or --update")
    if (use is None) != (media is None):
        raise InvalidInput("--use and --media need each other")
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        for id in delete or ():
            aioz.delete_player_theme(id)
        if create is not None:
            aioz.create_player_theme(name=create, **options)
        if update is not None:
            aioz.update_player_theme(update, **options)
        for id in media or ():
            aioz.add_player_theme(id, use or "")
        _out.items(aioz.player_themes(search=search), THEMES, json=json)
