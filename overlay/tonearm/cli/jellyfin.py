"""`tonearm jellyfin`: audio from your own server."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer
from typer import Argument, Option

from .. import InvalidInput, StatusError
from . import _clients, _complete, _config, _every, _login, _out, _settings, _store
from ._ends import complain, each
from ._jellyfin import Id, Ids, UserId, app
from ._jellyfin_audio import download, keep, stream, url
from ._jellyfin_collection import favorite, mix, playlist
from ._options import BaseUrl, DryRun, Json, Keyring, KeyStdin, Profile

if TYPE_CHECKING:
    import tonearm

    from .. import Jellyfin

__all__ = ["app", "download", "favorite", "keep", "mix", "playlist", "stream", "url"]

ITEM: _out.Columns = {
    "id": lambda item: item.id,
    "name": lambda item: item.name,
    "artist": lambda item: item.album_artist or ", ".join(item.artists) or None,
    "album": lambda item: item.album,
    "year": lambda item: item.year,
    "duration": lambda item: _out.clock(item.duration),
}
DETAILS: _out.Columns = {
    **ITEM,
    "type": lambda item: item.type,
    "number": lambda item: item.number,
    "disc": lambda item: item.disc,
    "holds": lambda item: item.count,
    "genres": lambda item: ", ".join(item.genres) or None,
    "format": lambda item: item.container,
    "size": lambda item: _out.size(item.size),
    "sources": lambda item: ", ".join(str(source.path or source.id) for source in item.sources) or None,
    "lyrics": lambda item: item.has_lyrics,
    "favorite": lambda item: item.user_data and item.user_data.favorite,
    "played": lambda item: item.user_data and item.user_data.play_count,
}


@app.command()
def login(
    url: Annotated[str, Argument(metavar="URL", help="The address of the server, with its base path if it has one.")],
    user: Annotated[
        str | None, Option(metavar="NAME", help="The user's name; the command asks for it by default.")
    ] = None,
    quick_connect: Annotated[
        bool, Option("--quick-connect", help="Show a code that you approve in a player where you are logged in.")
    ] = False,
    token: Annotated[bool, Option("--token", help="Store an existing token or API key.")] = False,
    user_id: UserId = None,
    key_stdin: KeyStdin = False,
    keyring: Keyring = False,
    profile: Profile = None,
) -> None:
    """Log in to a server and store the token, but not the password.

    With --token, the server checks it first: a token that it refuses is not stored.

    Example: tonearm jellyfin login http://nas:8096 --user ann
    """
    url = _login.address(url)
    _store.check("jellyfin", profile, keyring=keyring)  # before the server ends this device's last token
    device = "" if token else _device(url, profile)
    new_token = (
        _login.keys(("token",), stdin=key_stdin)["token"]
        if token
        else _token(url, user, device, quick_connect=quick_connect, stdin=key_stdin)
    )
    others = {"user_id": user_id or "", "device_id": device}
    given = {"token": new_token}
    _login.save("jellyfin", given, profile=profile, base_url=url, keyring=keyring, others=others, check=token)


def _device(url: str, profile: str | None) -> str:
    """The device id of a profile: a server ends the token of a device that logs in again."""
    known = _config.profiles().get(_settings.named(profile), {}).get("jellyfin", {})
    return str(known.get("device_id") or uuid4().hex) if known.get("base_url") == url else uuid4().hex


def _token(url: str, user: str | None, device: str, *, quick_connect: bool, stdin: bool) -> str | None:
    """A new token from the server."""
    from .. import Jellyfin

    options = _every.chosen.client()
    if quick_connect:
        waiting = Jellyfin.quick_connect(url, show=_show_code, device_id=device, **options)
        with waiting as client:
            return client.token
    name = user or _login.ask("User", otherwise="give --user")
    with Jellyfin.login(url, name, _login.password(stdin=stdin), device_id=device, **options) as client:
        return client.token


def _show_code(code: str) -> None:
    complain(f"approve this code: {code}")


@app.command()
def logout(
    revoke: Annotated[
        bool, Option("--revoke", help="Also end the token on the server, for every client that uses it.")
    ] = False,
    profile: Profile = None,
) -> None:
    """Remove the token that `login` stored."""
    stored = _settings.named(profile)
    if revoke:
        if "token" not in _settings.find("jellyfin", stored).options:
            raise InvalidInput(f"no token is stored in profile {stored!r}, which --revoke could end")
        with _clients.jellyfin(stored, None) as jellyfin:
            _revoke(jellyfin)
    _login.forget("jellyfin", profile)


def _revoke(jellyfin: Jellyfin) -> None:
    """End the token on the server; if it has no logout, remove the token only here."""
    try:
        jellyfin.logout()
    except StatusError as error:
        if error.status not in (404, 405, 501):
            raise
        complain("this server does not offer to log out: the token stays valid there")


@app.command()
def search(
    text: Annotated[str | None, Argument(metavar="[TEXT]", help="Part of a name; lists everything by default.")] = None,
    kind: Annotated[
        str,
        Option(
            "--kind",
            metavar="KIND",
            autocompletion=_complete.of("audio", "albums", "artists", "playlists"),
            help="audio, albums, artists or playlists.",
        ),
    ] = "audio",
    parent: Annotated[
        str | None,
        Option(metavar="ID", help="Only items in this library, folder, album or playlist."),
    ] = None,
    artist: Annotated[str | None, Option(metavar="ID", help="Only items by this artist.")] = None,
    genre: Annotated[str | None, Option(metavar="NAME", help="Only items of this genre.")] = None,
    favorites: Annotated[bool, Option("--favorites", help="Only the user's favourites.")] = False,
    limit: Annotated[int | None, Option(min=1, help="The most items to list.")] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
    dry_run: DryRun = False,
) -> None:
    """Find audio, albums, artists and playlists.

    Example: tonearm jellyfin search "blue" --kind albums
    """
    given = {"parent": parent, "artist": artist, "genre": genre, "favorite": favorites or None}
    filters: Any = {name: value for name, value in given.items() if value is not None}
    with _clients.jellyfin(profile, base_url, user_id=user_id, dry_run=dry_run, json=json) as jellyfin:
        _out.items(islice(_search(jellyfin, kind, text, filters), limit), ITEM, json=json)


def _search(jellyfin: Jellyfin, kind: str, text: str | None, filters: Any) -> Iterator[tonearm.jellyfin.Item]:
    if kind == "audio":
        return jellyfin.items(**filters) if text is None else jellyfin.search(text, **filters)
    if kind == "albums":
        return jellyfin.albums(search=text, **filters)
    if kind not in ("artists", "playlists"):
        raise InvalidInput(f"--kind is audio, albums, artists or playlists, not {kind!r}")
    if filters:
        raise InvalidInput(f"{kind} are found by name only, not by {', '.join(filters)}")
    return jellyfin.artists(search=text) if kind == "artists" else jellyfin.playlists(search=text)


@app.command()
def show(
    context: typer.Context,
    ids: Ids,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
    dry_run: DryRun = False,
) -> None:
    """Show the details of items."""
    with _clients.jellyfin(profile, base_url, user_id=user_id, dry_run=dry_run, json=json) as jellyfin:
        each(context, "ids", ids, lambda id: _out.item(jellyfin.item(id), DETAILS, json=json))


@app.command()
def lyrics(
    id: Id,
    put: Annotated[
        Path | None,
        Option(metavar="FILE", help="Replace the lyrics with this .lrc, .elrc or .txt file."),
    ] = None,
    delete: Annotated[bool, Option("--delete", help="Delete the lyrics.")] = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
    dry_run: DryRun = False,
) -> None:
    """Print, store or delete the lyrics of an item.

    Example: tonearm jellyfin lyrics ITEM --put song.lrc
    """
    if delete and put is not None:
        raise InvalidInput("--put or --delete, not both")
    with _clients.jellyfin(profile, base_url, user_id=user_id, dry_run=dry_run, json=json) as jellyfin:
        if delete:
            jellyfin.delete_lyrics(id)
            return
        answer = jellyfin.lyrics(id) if put is None else jellyfin.put_lyrics(id, put)
        if json:
            _out.line(answer)
        else:
            print(answer.to_lrc() if answer.is_timed else answer.text, end="")
