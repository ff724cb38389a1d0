"""`tonearm config`: which profiles are stored."""

from __future__ import annotations

from collections.abc import Iterator

import typer
from attrs import frozen

from . import _config, _out
from ._ends import say
from ._options import Json
from ._settings import SERVICES

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@frozen
class Stored:
    """One setting of a profile; the value of a key is `***`."""

    profile: str
    service: str
    setting: str
    value: object


COLUMNS: _out.Columns = {
    "profile": lambda stored: stored.profile,
    "service": lambda stored: stored.service,
    "setting": lambda stored: stored.setting,
    "value": lambda stored: stored.value,
}


@app.command()
def show(json: Json = False) -> None:
    """Show the stored profiles. Keys, and the values of headers, are not shown.

    Example: tonearm config show --json
    """
    settings = list(_stored())
    if not (settings or json):
        say(f"no profile is stored in {_config.path()}; `tonearm SERVICE login` stores one")
    _out.items(settings, COLUMNS, json=json)


@app.command()
def path() -> None:
    """Print where the file of profiles is."""
    print(_config.path())


def _stored() -> Iterator[Stored]:
    for profile, services in _config.profiles().items():
        for service, section in services.items():
            secret = ("headers", *(SERVICES[service].keys if service in SERVICES else section))
            for setting, value in section.items():
                yield Stored(profile, service, setting, "***" if setting in secret else value)
