"""The seam for webhooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypedDict
from urllib.parse import urlsplit

from attrs import frozen

from tonearm_generated.aioz import models
from tonearm_generated.aioz.api.webhooks import (
    check_webhook,
    create_webhook,
    delete_webhook,
    get_webhook,
    list_webhooks,
    update_webhook,
)
from tonearm_generated.aioz.constraints import CreateWebhookRequest

from ..._base import validate
from ..._base.answers import Answers
from ..._engine import Plan
from ..._http import Answer, Request
from ...errors import InvalidInput
from ..webhook import EVENTS, Event, RegisteredWebhook
from . import bodies as to
from . import envelopes, pages
from .objects import done


class Flags(TypedDict):
    """Whether each event is chosen."""

    file_received: bool
    encoding_started: bool
    partial_finished: bool
    encoding_finished: bool
    encoding_failed: bool


@frozen(kw_only=True)
class Registration:
    """The values of a webhook: its address, events and name."""

    url: str
    events: Sequence[Event]
    name: str | None

    def flags(self) -> Flags:
        """Check the events."""
        words = [self.events] if isinstance(self.events, str) else self.events
        chosen = [validate.word(word, "events", EVENTS) for word in words]
        if not chosen:
            raise InvalidInput.of("events", self.events, f"at least one of {', '.join(EVENTS)}")
        return Flags(
            file_received="file_received" in chosen,
            encoding_started="encoding_started" in chosen,
            partial_finished="partial_finished" in chosen,
            encoding_finished="encoding_finished" in chosen,
            encoding_failed="encoding_failed" in chosen,
        )


def create(registration: Registration) -> Plan[RegisteredWebhook]:
    """Register an address. The request is retried only if the service did not process it."""
    body = models.CreateWebhookRequest(
        name=to.maybe(registration.name, _name), url=_url(registration.url), **registration.flags()
    )
    request = Request.of(create_webhook.request_kwargs(body=body), repeat="unsent")
    return envelopes.send(request, _webhook(create_webhook.read_answer))


def listed(search: str | None) -> Plan[Answers[RegisteredWebhook]]:
    """Read all addresses."""
    wanted = pages.searched(search)

    def page(offset: int) -> Plan[pages.Page[RegisteredWebhook]]:
        request = Request.of(list_webhooks.request_kwargs(offset=offset, limit=pages.LIMIT, search=wanted))
        return envelopes.send(
            request,
            lambda answer: answer.model(
                list_webhooks.read_answer,
                models.WebhookListResponse,
                lambda response: pages.page_of(
                    response.data.webhooks, response.data.total, offset, lambda row: RegisteredWebhook.of(row, None)
                ),
            ),
        )

    return pages.whole(page)


def get(id: str) -> Plan[RegisteredWebhook]:
    """Read one address."""
    return envelopes.send(Request.of(get_webhook.request_kwargs(_id(id))), _webhook(get_webhook.read_answer))


def update(id: str, registration: Registration) -> Plan[None]:
    """Change a webhook; the service requires all its values."""
    body = models.UpdateWebhookRequest(
        name=to.maybe(registration.name, _name), url=_url(registration.url), **registration.flags()
    )
    request = Request.of(update_webhook.request_kwargs(_id(id), body=body))
    return envelopes.send(request, done(update_webhook.read_answer))


def delete(id: str) -> Plan[None]:
    """Delete an address."""
    return envelopes.send(Request.of(delete_webhook.request_kwargs(_id(id))), done(delete_webhook.read_answer))


def check(id: str) -> Plan[None]:
    """Send a test event. The request is retried only if the service did not process it."""
    request = Request.of(check_webhook.request_kwargs(_id(id)), repeat="unsent")
    return envelopes.send(request, done(check_webhook.read_answer))


def _webhook(read: Callable[[int, Any], object]) -> Callable[[Answer], RegisteredWebhook]:
    """The parser of an operation that returns an address."""
    return lambda answer: answer.model(
        read, models.WebhookResponse, lambda response: RegisteredWebhook.of(response.data.webhook, answer.request_id)
    )


def _name(value: str) -> str:
    return validate.text(value, "name", CreateWebhookRequest.name)


def _url(value: str) -> str:
    """An address that the service can call."""
    try:
        parts = urlsplit(validate.encodable(value, "url"))
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and value.isprintable() and " " not in value
        _ = parts.port  # raises if it is no valid port
    except ValueError:
        valid = False
    if not valid:
        raise InvalidInput.of("url", value, "an http or https URL")
    return value


def _id(id: str) -> str:
    return validate.path_segment(id, "id")
