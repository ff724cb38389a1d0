"""`tonearm aioz account` and `keys`: the account, and its pairs of keys."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from .. import InvalidInput
from . import _clients, _out
from ._aioz import app
from ._ends import say
from ._options import BaseUrl, DryRun, Json, Profile

ACCOUNT: _out.Columns = {
    "id": lambda account: account.id,
    "name": lambda account: account.name,
    "email": lambda account: account.email,
    "balance": lambda account: account.balance,
    "debt": lambda account: account.debt,
    "wallet": lambda account: account.wallet_address,
}
KEYS: _out.Columns = {
    "id": lambda key: key.id,
    "name": lambda key: key.name,
    "type": lambda key: key.type,
    "public key": lambda key: key.public_key,
    "secret": lambda key: key.truncated_secret,
    "valid until": lambda key: key.expired_at,
    "last use": lambda key: key.last_requested_at,
}
NEW_KEY: _out.Columns = {**KEYS, "secret": lambda key: key.secret}


@app.command()
def account(
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Show the account: its balance, and whose it is.

    Example: tonearm aioz account --json
    """
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        _out.item(aioz.account(), ACCOUNT, json=json)


@app.command()
def keys(
    search: Annotated[str | None, Option(help="Only pairs with this text in the name.")] = None,
    create: Annotated[
        str | None, Option(metavar="NAME", help="Make a pair, and show it alone: its secret half is shown only now.")
    ] = None,
    ttl: Annotated[int | None, Option(metavar="SECONDS", help="With --create: for how long it is valid.")] = None,
    only_upload: Annotated[bool, Option("--only-upload", help="With --create: it can upload, and no more.")] = False,
    rename: Annotated[str | None, Option(metavar="ID", help="Give this pair the name of --name.")] = None,
    name: Annotated[str | None, Option(help="With --rename: the new name.")] = None,
    delete: Annotated[list[str] | None, Option(metavar="ID", help="Delete this pair; repeatable.")] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """List, make, rename and delete pairs of keys.

    Example: tonearm aioz keys --create Recorder --ttl 86400 --only-upload
    """
    if (create is None) != (ttl is None) or (only_upload and create is None):
        raise InvalidInput("--create needs --ttl, and --ttl and --only-upload need --create")
    if (rename is None) != (name is None):
        raise InvalidInput("--rename and --name need each other")
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        for id in delete or ():
            aioz.delete_api_key(id)
        if rename is not None and name is not None:
            aioz.rename_api_key(rename, name)
        if create is None or ttl is None:
            _out.items(aioz.api_keys(search=search), KEYS, json=json)
            return
        made = aioz.create_api_key(create, ttl=ttl, only_upload=only_upload)
        _out.item(made, NEW_KEY, json=json)
        say("the secret half is shown only this once: keep it")
