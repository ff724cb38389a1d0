"""`tonearm aioz playlists` and `playlist`: objects in an order."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from .. import InvalidInput
from . import _clients, _inputs, _out
from ._aioz import Pairs, Tags, app
from ._options import BaseUrl, DryRun, Json, Profile

PLAYLISTS: _out.Columns = {
    "id": lambda playlist: playlist.id,
    "name": lambda playlist: playlist.name,
    "items": lambda playlist: playlist.item_count,
    "duration": lambda playlist: _out.clock(playlist.duration),
    "tags": lambda playlist: ", ".join(playlist.tags) or None,
    "created": lambda playlist: playlist.created_at,
}
DETAILS: _out.Columns = {
    **PLAYLISTS,
    "metadata": lambda playlist: ", ".join(f"{name}={value}" for name, value in playlist.metadata.items()) or None,
    "cover": lambda playlist: playlist.thumbnail_url or None,
    "player": lambda playlist: playlist.url or None,
}
ITEMS: _out.Columns = {
    "item": lambda item: item.id,
    "object": lambda item: item.media_id,
    "title": lambda item: item.title,
    "duration": lambda item: _out.clock(item.duration),
}


@app.command()
def playlists(
    search: Annotated[str | None, Option(help="Only playlists with this text in the name.")] = None,
    create: Annotated[str | None, Option(metavar="NAME", help="Create a playlist, and show it alone.")] = None,
    tag: Tags = None,
    metadata: Pairs = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """List the playlists of the account, or create one.

    Tags and metadata are those to search for, or those of the new playlist.

    Example: tonearm aioz playlists --create "Harbour mornings" --tag podcast
    """
    if create is not None and search is not None:
        raise InvalidInput("--create or --search, not both")
    given: dict[str, Any] = {"tags": tag, "metadata": _inputs.pairs("--metadata", metadata or ()), "search": search}
    options: Any = {name: value for name, value in given.items() if value}
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        if create is not None:
            _out.item(aioz.create_playlist(create, **options), DETAILS, json=json)
        else:
            _out.items(aioz.playlists(**options), PLAYLISTS, json=json)


@app.command()
def playlist(
    id: Annotated[str, Argument(metavar="ID", help="The id of the playlist; `playlists` shows it.")],
    add: Annotated[list[str] | None, Option(metavar="OBJECT", help="Put this object at the end; repeatable.")] = None,
    remove: Annotated[list[str] | None, Option(metavar="ITEM", help="Take this item out; repeatable.")] = None,
    move: Annotated[str | None, Option(metavar="ITEM", help="Move this item to the front, or behind --after.")] = None,
    after: Annotated[str | None, Option(metavar="ITEM", help="The item to move another one behind.")] = None,
    name: Annotated[str | None, Option(help="The new name, 1 to 255 characters.")] = None,
    tag: Tags = None,
    cover: Annotated[Path | None, Option(metavar="FILE", help="A PNG or JPEG file, at most 10 MiB.")] = None,
    delete: Annotated[bool, Option("--delete", help="Delete the playlist; its objects stay.")] = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Change a playlist and show its items.

    Items have ids of their own, which this command shows.

    Example: tonearm aioz playlist ID --add OBJECT --cover cover.png
    """
    changes: dict[str, Any] = {"name": name, "tags": tag or None, "cover": cover}
    changes_given = [
        word for word, given in {"--add": add, "--remove": remove, "--move": move, **changes}.items() if given
    ]
    if delete and changes_given:
        raise InvalidInput("--delete stands alone")
    if after is not None and move is None:
        raise InvalidInput("--after needs --move")
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        if delete:
            aioz.delete_playlist(id)
            return
        if any(value is not None for value in changes.values()):
            aioz.update_playlist(id, **changes)
        for item in remove or ():
            aioz.remove_from_playlist(id, item)
        for media in add or ():
            aioz.add_to_playlist(id, media)
        if move is not None:
            aioz.move_in_playlist(id, move, after=after)
        shown = aioz.playlist(id)
        if json:
            _out.line(shown)
        else:
            _out.item(shown, DETAILS, json=False)
            typer.echo()
            _out.items(shown.items, ITEMS, json=False)
