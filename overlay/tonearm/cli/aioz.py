"""`tonearm aioz`: hosted audio on AIOZ Stream."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer import Argument, Option

from .. import InvalidInput
from . import _clients, _complete, _inputs, _login, _out
from ._aioz import DETAILS, MEDIA, Description, Pairs, Presets, Public, Tags, Title, app, watch
from ._aioz_account import account, keys
from ._aioz_delete import delete
from ._aioz_files import captions, chapters, cover, download, transcripts
from ._aioz_live import live
from ._aioz_playlists import playlist, playlists
from ._aioz_publish import feed, publish
from ._aioz_stats import stats
from ._aioz_themes import themes
from ._aioz_upload import forget, resume, unfinished, upload
from ._aioz_webhooks import webhooks
from ._bars import Bars
from ._ends import each
from ._options import BaseUrl, DryRun, Id, Ids, Json, Keyring, KeyStdin, Profile

if TYPE_CHECKING:
    pass

__all__ = [
    "account",
    "app",
    "captions",
    "chapters",
    "cover",
    "delete",
    "download",
    "feed",
    "forget",
    "keys",
    "live",
    "playlist",
    "playlists",
    "publish",
    "resume",
    "stats",
    "themes",
    "transcripts",
    "unfinished",
    "upload",
    "webhooks",
]

LISTED: _out.Columns = {name: MEDIA[name] for name in ("id", "title", "status", "duration", "size", "created")}

PRICE: _out.Columns = {
    "price": lambda cost: f"{cost.price} USD",
    "covered by balance": lambda cost: cost.is_enough,
}


@app.command()
def login(
    token: Annotated[bool, Option("--token", help="Store an access token instead of a pair of keys.")] = False,
    key_stdin: KeyStdin = False,
    keyring: Keyring = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Store the keys of an account; the command asks for them.

    The service checks the keys first: those that it refuses are not stored.

    Example: tonearm aioz login --profile work
    """
    base_url = None if base_url is None else _login.address(base_url)
    names = ("token",) if token else ("public_key", "secret_key")
    values = _login.keys(names, stdin=key_stdin)
    _login.save("aioz", values, profile=profile, base_url=base_url, keyring=keyring)


@app.command()
def logout(profile: Profile = None) -> None:
    """Remove the keys that `login` stored."""
    _login.forget("aioz", profile)


@app.command("list")
def list_(
    search: Annotated[str | None, Option(help="Only objects with this text in title or description.")] = None,
    status: Annotated[
        list[str] | None,
        Option(
            metavar="WORD",
            autocompletion=_complete.of("new", "transcoding", "done", "fail", "deleted"),
            help="Only objects that are new, transcoding, done, fail or deleted; repeatable.",
        ),
    ] = None,
    tag: Tags = None,
    metadata: Pairs = None,
    sort_by: Annotated[
        str,
        Option(
            metavar="FIELD",
            autocompletion=_complete.of("created_at", "updated_at", "title", "size"),
            help="created_at, updated_at, title or size.",
        ),
    ] = "created_at",
    order_by: Annotated[
        str, Option(metavar="asc|desc", autocompletion=_complete.of("asc", "desc"), help="Ascending or descending.")
    ] = "asc",
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """List the audio objects of the account."""
    given = {
        "search": search,
        "status": status,
        "tags": tag,
        "metadata": _inputs.pairs("--metadata", metadata or ()),
    }
    filters: Any = {name: value for name, value in given.items() if value}
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        objects = aioz.list(sort_by=cast("Any", sort_by), order_by=cast("Any", order_by), **filters)
        _out.items(objects, LISTED, json=json)


@app.command()
def show(
    context: typer.Context,
    ids: Ids,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Show the details of objects."""
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        each(context, "ids", ids, lambda id: _out.item(aioz.get(id), DETAILS, json=json))


@app.command()
def wait(
    context: typer.Context,
    ids: Ids,
    timeout: Annotated[
        float | None,
        Option(metavar="SECONDS", help="The longest time to wait."),
    ] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Wait until objects are transcoded.

    Example: tonearm aioz wait ID --timeout 600
    """
    with Bars() as bars, _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:

        def wait_for_one(id: str) -> None:
            media = aioz.wait(id, timeout=timeout, on_change=watch(bars))
            bars.rest()
            _out.item(media, DETAILS, json=json)

        each(context, "ids", ids, wait_for_one)


@app.command()
def cost(
    source: Annotated[
        Path | None, Argument(metavar="[FILE]", help="The audio file, which is measured and not sent.")
    ] = None,
    duration: Annotated[float | None, Option(metavar="SECONDS", help="The duration of audio without a file.")] = None,
    preset: Presets = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Ask the service for the price of transcoding.

    A file is measured here, and not sent.

    Example: tonearm aioz cost talk.flac --preset highest
    """
    if (source is None) == (duration is None):
        raise InvalidInput("give an audio file, or --duration", hint="`--duration 3600` is an hour")
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        _out.item(aioz.cost(cast("Any", preset or []), duration=duration, source=source), PRICE, json=json)


@app.command()
def update(
    id: Id,
    title: Title = None,
    description: Description = None,
    tag: Tags = None,
    metadata: Pairs = None,
    clear: Annotated[
        list[str] | None,
        Option(
            metavar="FIELD",
            autocompletion=_complete.of("description", "tags", "metadata"),
            help="Clear this field: description, tags or metadata; repeatable.",
        ),
    ] = None,
    public: Public = None,
    player_theme_id: Annotated[str | None, Option(metavar="ID", help="The id of the player theme.")] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Change the given fields of an object, and show it.

    Example: tonearm aioz update ID --title "New title" --clear tags
    """
    empty: dict[str, Any] = {"description": "", "tags": [], "metadata": {}}
    changes: dict[str, Any] = {
        "title": title,
        "description": description,
        "tags": tag or None,
        "metadata": _inputs.pairs("--metadata", metadata) if metadata else None,
        "is_public": public,
        "player_theme_id": player_theme_id,
    }
    for name in clear or ():
        if name not in empty or changes[name] is not None:
            raise InvalidInput(f"--clear takes one of {', '.join(empty)} that is not given beside it, not {name!r}")
        changes[name] = empty[name]
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        _out.item(aioz.update(id, **changes), DETAILS, json=json)
