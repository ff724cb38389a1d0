"""Webhooks, for the asyncio client."""

from __future__ import annotations

from collections.abc import Sequence

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.answers import Answers
from .._http import AsyncClientBase
from . import _operations as calls
from . import _webhooks
from .webhook import EVENTS, Event, RegisteredWebhook


class AsyncWebhooks(AsyncClientBase):
    """The methods of `AsyncAioz` for webhooks; `Webhook.from_request` reads what they receive.

    An event is `file_received`, `encoding_started`, `partial_finished`, `encoding_finished` or `encoding_failed`.
    """

    async def create_webhook(
        self, url: str, *, events: Sequence[Event] = EVENTS, name: str | None = None
    ) -> RegisteredWebhook:
        """Register an address that the service calls.

        Args:
            url: the address, http or https, which the service must be able to reach.
            events: the events for which it is called, at least one.
            name: a name for people, at most 255 characters.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.

        (AIOZ Stream documentation, "Webhooks")
        """
        registration = calls.webhooks.Registration(url=url, events=events, name=name)
        return await _engine.run_async(calls.webhooks.create(registration), self._wire)

    async def webhooks(self, *, search: str | None = None) -> Answers[RegisteredWebhook]:
        """List the registered addresses of the account.

        Args:
            search: text in the name.
        """
        return await _engine.run_async(calls.webhooks.listed(search), self._wire)

    async def webhook(self, id: str) -> RegisteredWebhook:
        """Read one registered address.

        Args:
            id: its id.

        Raises:
            NotFound: this account has no such webhook.
        """
        return await _engine.run_async(calls.webhooks.get(id), self._wire)

    async def update_webhook(
        self, id: str, *, url: str | None = None, events: Sequence[Event] | None = None, name: str | None = None
    ) -> RegisteredWebhook:
        """Change a registered address and read it again; None keeps a value.

        Args:
            id: its id.
            url: the new address, http or https.
            events: the new events for which it is called, at least one.
            name: the new name, at most 255 characters.

        Raises:
            InvalidInput: the service would refuse a value; nothing was changed.
            NotFound: this account has no such webhook.
        """
        return await _engine.run_async(_webhooks.update(id, url, events, name), self._wire)

    async def delete_webhook(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete a registered address.

        Args:
            id: its id.
            missing_ok: whether a missing webhook is no error.

        Raises:
            NotFound: this account has no such webhook.
        """
        return await _engine.run_async(_engine.deleted(calls.webhooks.delete(id), missing_ok=missing_ok), self._wire)

    async def check_webhook(self, id: str) -> None:
        """Have the service send a test event to a registered address.

        Args:
            id: its id.

        Raises:
            StatusError: the address did not respond with a 2xx; the `message` says why.
            NotFound: this account has no such webhook.
        """
        return await _engine.run_async(calls.webhooks.check(id), self._wire)
