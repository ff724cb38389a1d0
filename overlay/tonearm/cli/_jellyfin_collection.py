"""`tonearm jellyfin mix`, `favorite`, `playlist`, `cover` and `playback`: what a user does with a library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from .. import InvalidInput
from . import _clients, _out
from ._ends import STANDARD, each
from ._jellyfin import Id, Ids, UserId, app
from ._options import BaseUrl, DryRun, Json, Profile

if TYPE_CHECKING:
    import tonearm

    from .. import Jellyfin

MIXED: _out.Columns = {
    "id": lambda item: item.id,
    "name": lambda item: item.name,
    "artist": lambda item: item.album_artist or ", ".join(item.artists) or None,
    "album": lambda item: item.album,
    "duration": lambda item: _out.clock(item.duration),
}
COVER: _out.Columns = {
    "path": lambda done: str(done["path"]),
    "type": lambda done: done["content_type"],
    "size": lambda done: _out.size(done["size"]),
}
PLAYABLE: _out.Columns = {
    "source": lambda playable: playable.source.id,
    "format": lambda playable: playable.source.container,
    "how": lambda playable: "as it is" if playable.direct else "encoded" if playable.url else "not at all",
    "url": lambda playable: playable.url,
}
LISTED: _out.Columns = {"entry": lambda item: item.entry_id, **MIXED}


@app.command()
def mix(
    id: Id,
    similar: Annotated[bool, Option("--similar", help="List items of the same type that are like it instead.")] = False,
    limit: Annotated[int, Option(min=1, help="The most items to list.")] = 50,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
    dry_run: DryRun = False,
) -> None:
    """Mix audio that goes with an item, an album or an artist.

    Example: tonearm jellyfin mix ALBUM --limit 20
    """
    with _clients.jellyfin(profile, base_url, user_id=user_id, dry_run=dry_run, json=json) as jellyfin:
        items = jellyfin.similar(id, limit=limit) if similar else jellyfin.instant_mix(id, limit=limit)
        _out.items(items, MIXED, json=json)


@app.command()
def favorite(
    context: typer.Context,
    ids: Ids,
    remove: Annotated[bool, Option("--remove", help="Make them favourites no more.")] = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
    dry_run: DryRun = False,
) -> None:
    """Make items favourites; `search --favorites` lists them.

    Example: tonearm jellyfin favorite ITEM
    """
    with _clients.jellyfin(profile, base_url, user_id=user_id, dry_run=dry_run, json=json) as jellyfin:

        def change_one(id: str) -> None:
            state = jellyfin.set_favorite(id, favorite=not remove)
            if json:
                _out.line(state)

        each(context, "ids", ids, change_one)


@app.command()
def playlist(
    id: Annotated[str | None, Argument(metavar="[PLAYLIST]", help="The id of the playlist.")] = None,
    create: Annotated[str | None, Option(metavar="NAME", help="Make a playlist, and print its id.")] = None,
    add: Annotated[list[str] | None, Option(metavar="ITEM", help="Put this item at its end; may be repeated.")] = None,
    remove: Annotated[
        list[str] | None, Option(metavar="ENTRY", help="Take this entry off it; may be repeated.")
    ] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
    dry_run: DryRun = False,
) -> None:
    """List a playlist with its entries, make one, or change it.

    Example: tonearm jellyfin playlist --create Evening --add ITEM
    """
    if (id is None) == (create is None):
        raise InvalidInput("name a playlist by its id, or give --create NAME")
    if create is not None and remove:
        raise InvalidInput("--remove takes entries off a playlist that exists, so it does not go with --create")
    with _clients.jellyfin(profile, base_url, user_id=user_id, dry_run=dry_run, json=json) as jellyfin:
        if create is not None:
            made = jellyfin.create_playlist(create, add or [])
            _out.line({"id": made}) if json else print(made)
            return
        _change(jellyfin, str(id), add, remove)
        if not (add or remove):
            _out.items(jellyfin.playlist(str(id)), LISTED, json=json)


@app.command()
def cover(
    context: typer.Context,
    ids: Ids,
    out: Annotated[
        str, Option("-o", "--out", metavar="PATH", help="A file, a folder, or - for standard output.")
    ] = ".",
    max_width: Annotated[int | None, Option(min=1, help="The most pixels in width; as stored by default.")] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
    dry_run: DryRun = False,
) -> None:
    """Download the covers of albums, artists or playlists.

    Example: tonearm jellyfin cover ALBUM -o cover.jpg
    """
    to, several = (None, False) if out == STANDARD and len(ids) == 1 else _out.place(out, len(ids), "covers")
    if several and to is not None and not dry_run:
        _out.make_folder(to)
    with _clients.jellyfin(profile, base_url, user_id=user_id, dry_run=dry_run, json=json) as jellyfin:

        def save_one(id: str) -> None:
            picture = jellyfin.cover(id, max_width=max_width)
            path = to / f"{id}.{picture.extension}" if several and to is not None else to
            _out.to_file(lambda file: file.write(picture.data), path)
            if path is not None:
                _out.item(
                    {"path": path, "content_type": picture.content_type, "size": len(picture.data)}, COVER, json=json
                )

        each(context, "ids", ids, save_one)


@app.command()
def playback(
    id: Id,
    formats: Annotated[
        list[str],
        Option("--format", metavar="FORMAT", help="What the player supports: flac, or 'mp4|aac'; may be repeated."),
    ],
    to: Annotated[
        str | None, Option(metavar="FORMAT", help="What to encode to otherwise: mp3, or ts with --hls, when left out.")
    ] = None,
    hls: Annotated[bool, Option("--hls", help="Ask for a list of segments instead of one stream.")] = False,
    max_bit_rate: Annotated[int | None, Option(min=1, help="The most bits per second.")] = None,
    with_key: Annotated[
        bool, Option("--with-key", help="Print the token in the URL, where logs and histories keep it.")
    ] = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
    dry_run: DryRun = False,
) -> None:
    """Ask how a player gets an item: as it is, or encoded.

    Example: tonearm jellyfin playback ITEM --format flac --format mp3
    """
    with _clients.jellyfin(profile, base_url, user_id=user_id, dry_run=dry_run, json=json) as jellyfin:
        params: tonearm.jellyfin.PlayerParams = {"hls": hls, "with_key": with_key}
        if to is not None:
            params["transcoding_container"] = to
        if max_bit_rate is not None:
            params["max_streaming_bitrate"] = max_bit_rate
        answer = jellyfin.playback(id, formats, **params)
        if json:
            _out.line(answer)
        elif answer.sources:
            _out.items(answer.sources, PLAYABLE, json=False)
        else:
            print(f"nothing can be played: {answer.error_code or 'the server names no file'}")


def _change(jellyfin: Jellyfin, id: str, add: list[str] | None, remove: list[str] | None) -> None:
    if remove:
        jellyfin.remove_from_playlist(id, remove)
    if add:
        jellyfin.add_to_playlist(id, add)
