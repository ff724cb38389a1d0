"""`tonearm aioz delete`, which names the objects and asks before it deletes them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Option

from .. import NotFound
from . import _clients, _login, _out
from ._aioz import app
from ._ends import FAILED, each, printable, say
from ._options import BaseUrl, DryRun, Ids, Json, Profile

if TYPE_CHECKING:
    from .. import Aioz


_NAMED = 5
"""Objects that a question names by their titles."""


@app.command()
def delete(
    context: typer.Context,
    ids: Ids,
    missing_ok: Annotated[bool, Option("--missing-ok", help="Ignore objects that do not exist.")] = False,
    yes: Annotated[bool, Option("--yes", "-y", help="Delete without asking.")] = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Delete objects and their files. The command asks first, unless --yes is given.

    Example: tonearm aioz delete ID --yes
    """
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        if not (yes or dry_run):
            what = _titles(aioz, ids)
            answer = _login.ask(f"Delete {what}? [y/N]", otherwise="--yes deletes without a question")
            if answer.lower() not in ("y", "yes"):
                say("nothing was deleted")
                raise typer.Exit(FAILED)

        def delete_one(id: str) -> None:
            aioz.delete(id, missing_ok=missing_ok)
            if json:
                _out.line({"id": id, "deleted": True})

        each(context, "ids", ids, delete_one)


def _titles(aioz: Aioz, ids: Sequence[str]) -> str:
    """The objects to delete, by their titles; of many, the first ones."""
    if not sys.stdin.isatty():  # without a terminal there is no question
        return f"{len(ids)} objects"
    named: list[str] = []
    for id in ids[:_NAMED]:
        try:
            named.append(f"{printable(aioz.get(id).title or '')!r} ({id})")
        except NotFound:
            named.append(f"{id}, which does not exist")
    more = len(ids) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")
