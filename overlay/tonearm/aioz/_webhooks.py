"""Plans of more than one request for webhooks."""

from __future__ import annotations

from collections.abc import Sequence

from .._engine import Plan
from ..errors import InvalidInput
from . import _operations as calls
from .webhook import Event, RegisteredWebhook


def update(id: str, url: str | None, events: Sequence[Event] | None, name: str | None) -> Plan[RegisteredWebhook]:
    """Change the given values, and read the webhook again; the service requires address and events in any case."""
    if url is None and events is None and name is None:
        raise InvalidInput("nothing to update was given", expected="something to change")
    before = yield from calls.webhooks.get(id)
    registration = calls.webhooks.Registration(
        url=before.url or "" if url is None else url,
        events=before.events if events is None else events,
        name=before.name if name is None else name,
    )
    yield from calls.webhooks.update(id, registration)
    return (yield from calls.webhooks.get(id))
