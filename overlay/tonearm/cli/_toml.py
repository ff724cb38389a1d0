"""Changes one table of a text in TOML, whose comments and order stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

__all__ = ["TOMLKitError", "edited"]

_MARK = "tonearm removes this table"


def edited(text: str, profile: str, service: str, section: Mapping[str, Any] | None) -> str:
    """The text with another table `profile.service`, or without it.

    Raises:
        TOMLKitError: tomlkit cannot change such a text.
    """
    document: Any = tomlkit.parse(text)
    services: Any = document.get(profile, {})
    table: Any = services.get(service)
    if table is None:
        return text if section is None else _with_table(text, {profile: {service: section}})
    if section is None:
        return _without(document, services, service)
    for name in [name for name in table if name not in section]:
        del table[name]
    for name, value in section.items():
        if table.get(name) != value:
            table[name] = value
    return tomlkit.dumps(document)


def _with_table(text: str, new: Mapping[str, Any]) -> str:
    """The text with a table at its end, so that it separates no other table from its comment."""
    start = f"{text.rstrip()}\n\n" if text.strip() else ""
    return start + tomlkit.dumps(new)


def _without(document: Any, services: Any, service: str) -> str:
    """The text without a table. tomlkit counts the comments above the next table to this one: they stay."""
    table: Any = services[service]
    body: list[str] = table.as_string().splitlines(keepends=True)
    while body and (not body[-1].strip() or body[-1].lstrip().startswith("#")):
        body.pop()
    if not isinstance(table, Table) or table.is_super_table():  # it has no own header
        services.pop(service)
        return tomlkit.dumps(document)
    table.comment(_MARK)
    before, _, after = tomlkit.dumps(document).partition(f"# {_MARK}\n")
    header = before.rfind("\n") + 1
    rest = after.removeprefix("".join(body)).lstrip("\n")
    return f"{before[:header]}{rest}" if rest else f"{before[:header].rstrip()}\n".lstrip("\n")
