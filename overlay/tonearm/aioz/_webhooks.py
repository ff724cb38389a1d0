"""The plans for webhooks that are more than one call."""

from __future__ import annotations

from collections.abc import Sequence

from .._engine import Plan
from ..errors import InvalidInput
from ._operations import webhooks as calls
from .webhook import Event, RegisteredWebhook


def update(id: str, url: str | None, events: Sequence[Event] | None, name: str | None) -> Plan[RegisteredWebhook]:
    """Change what is given and read it back; the service wants address and events in any case."""
    if url is None and events is None and name is None:
        raise InvalidInput("nothing to update was given", expected="something to change")
    before = yield from calls.get(id)
    ask = calls.Registration(
        url=before.url or "" if url is None else url,
        events=before.events if events is None else events,
        name=before.name if name is None else name,
    )
    yield from calls.update(id, ask)
    return (yield from calls.get(id))
