"""The plan that changes a player theme."""

from __future__ import annotations

from typing import Any

import attrs
from attrs import evolve

from .._engine import Plan
from ..errors import InvalidInput
from ._operations import themes as calls
from ._operations.themes import Theme
from .theme import PlayerTheme


def update(id: str, theme: Theme) -> Plan[PlayerTheme]:
    """Change the given values, send the other values unchanged, and read the theme again."""
    given = {name: value for name, value in attrs.asdict(theme).items() if value is not None}
    if not given:
        raise InvalidInput("nothing to update was given", expected="something to change")
    theme.look()  # what is wrong is refused before anything is read
    theme.behaviour()
    before = yield from calls.get(id)
    known = {name: getattr(before, name) for name in attrs.fields_dict(Theme)}
    yield from calls.update(id, evolve(Theme(**_sendable(known)), **given))
    return (yield from calls.get(id))


def _sendable(known: dict[str, Any]) -> dict[str, Any]:
    """The values of the service, without those that it would refuse."""
    sendable: dict[str, Any] = {}
    for name, value in known.items():
        try:
            checked = Theme(**{name: value})
            checked.look()
            checked.behaviour()
        except InvalidInput:
            continue
        sendable[name] = value
    return sendable
