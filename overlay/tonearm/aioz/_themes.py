"""The plan that changes a player theme."""

from __future__ import annotations

from typing import Any

import attrs
from attrs import evolve

from .._engine import Plan
from ..errors import InvalidInput
from . import _operations as calls
from .theme import PlayerTheme


def update(id: str, theme: calls.themes.Theme) -> Plan[PlayerTheme]:
    """Change the given values, send the other values unchanged, and read the theme again."""
    given = {name: value for name, value in attrs.asdict(theme).items() if value is not None}
    if not given:
        raise InvalidInput("nothing to update was given", expected="something to change")
    theme.look()  # what is wrong is refused before anything is read
    theme.behaviour()
    before = yield from calls.themes.get(id)
    known = {name: getattr(before, name) for name in attrs.fields_dict(calls.themes.Theme)}
    yield from calls.themes.update(id, evolve(calls.themes.Theme(**_sendable(known)), **given))
    return (yield from calls.themes.get(id))


def _sendable(known: dict[str, Any]) -> dict[str, Any]:
    """The values of the service, without those that it would refuse."""
    sendable: dict[str, Any] = {}
    for name, value in known.items():
        try:
            checked = calls.themes.Theme(**{name: value})
            checked.look()
            checked.behaviour()
        except InvalidInput:
            continue
        sendable[name] = value
    return sendable
