"""`tonearm aioz webhooks`: the addresses that the service calls."""

from __future__ import annotations

from typing import Annotated, Any, cast

from typer import Option

from .. import InvalidInput
from . import _clients, _out
from ._aioz import app
from ._options import BaseUrl, DryRun, Json, Profile

WEBHOOKS: _out.Columns = {
    "id": lambda webhook: webhook.id,
    "name": lambda webhook: webhook.name,
    "url": lambda webhook: webhook.url,
    "events": lambda webhook: ", ".join(webhook.events) or None,
    "last call": lambda webhook: webhook.last_triggered_at,
}


@app.command()
def webhooks(
    create: Annotated[str | None, Option(metavar="URL", help="Have the service call this address.")] = None,
    event: Annotated[
        list[str] | None,
        Option(
            "--event",
            metavar="EVENT",
            help="With --create: file_received, encoding_started, partial_finished, encoding_finished or "
            "encoding_failed; repeatable, all when left out.",
        ),
    ] = None,
    name: Annotated[str | None, Option(help="With --create: a name for people.")] = None,
    check: Annotated[str | None, Option(metavar="ID", help="Have the service send a test event there.")] = None,
    delete: Annotated[list[str] | None, Option(metavar="ID", help="Delete this webhook; repeatable.")] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Delete, add, check and list the webhooks of the account.

    Example: tonearm aioz webhooks --create https://example.org/aioz --event encoding_finished
    """
    if create is None and (event or name):
        raise InvalidInput("--event and --name need --create")
    options: dict[str, Any] = {"events": event} if event else {}
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        for id in delete or ():
            aioz.delete_webhook(id)
        if create is not None:
            aioz.create_webhook(create, name=name, **cast("Any", options))
        if check is not None:
            aioz.check_webhook(check)
        _out.items(aioz.webhooks(), WEBHOOKS, json=json)
