"""Webhooks of AIOZ Stream: registered addresses, and the events that the service sends to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias, cast

from attrs import field, frozen

from tonearm_generated.reading import given

from .._base.answers import Answer
from .._base.coerce import text, when
from ..errors import InvalidInput
from .media import Media

if TYPE_CHECKING:
    from tonearm_generated.aioz import models

Event: TypeAlias = Literal[
    "file_received", "encoding_started", "partial_finished", "encoding_finished", "encoding_failed"
]
"""An event for which a webhook is called."""

EVENTS: tuple[Event, ...] = (
    "file_received",
    "encoding_started",
    "partial_finished",
    "encoding_finished",
    "encoding_failed",
)

LARGEST_EVENT = 1024 * 1024
"""Bytes of a request to a webhook. The limit is ours: no document has one."""


@frozen(repr=False)
class RegisteredWebhook(Answer):
    """An address that the service calls; fields that the service does not send are None or empty.

    Attributes:
        id: its id.
        name: a name for people.
        url: the address.
        events: the events for which it is called.
        last_triggered_at: when it was last called.
        raw: the object as the service sent it.
        request_id: the server's name for the request.
    """

    id: str
    name: str | None
    url: str | None
    events: tuple[Event, ...]
    last_triggered_at: datetime | None
    created_at: datetime | None
    updated_at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.RegisteredWebhook, request_id: str | None) -> Self:
        """Make it from the generated model."""
        flags: dict[Event, bool | None] = {
            "file_received": given(model.file_received),
            "encoding_started": given(model.encoding_started),
            "partial_finished": given(model.partial_finished),
            "encoding_finished": given(model.encoding_finished),
            "encoding_failed": given(model.encoding_failed),
        }
        return cls(
            id=model.id,
            name=given(model.name),
            url=given(model.url),
            events=tuple([event for event, chosen in flags.items() if chosen]),
            last_triggered_at=when(given(model.last_triggered_at)),
            created_at=when(given(model.created_at)),
            updated_at=when(given(model.updated_at)),
            raw=model.raw,
            request_id=request_id,
        )


@frozen(repr=False)
class Webhook(Answer):
    """A call of a webhook. Nothing in it proves who sent it: read the object before you trust it.

    Attributes:
        event: the event; an unknown word is kept, with underscores.
        media: the object with the values in the event: id, title, type, status and qualities.
        emitted_at: when it happened.
        user_id: the account.
        raw: the event as it was sent.
    """

    event: Event | str | None
    media: Media
    emitted_at: datetime | None
    user_id: str | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)

    @classmethod
    def from_request(cls, body: bytes | str | Mapping[str, Any]) -> Self:
        """Read a request that the service has sent.

        Args:
            body: the body of the request as it arrived, at most 1 MiB, or its JSON object.

        Returns:
            The event and its object.

        Raises:
            InvalidInput: the request is no event: too large, no JSON object, or without the id of an object. Respond to
                it with 400.

        (AIOZ Stream documentation, "Webhooks")
        """
        payload = body if isinstance(body, Mapping) else _decoded(body)
        media = Media.from_webhook(payload)
        word = text(payload.get("type"))
        emitted = payload.get("emitted_at")
        return cls(
            event=None if word is None else word.replace(".", "_"),
            media=media,
            emitted_at=when(emitted),
            user_id=text(payload.get("user_id")),
            raw=media.raw,
        )


def _decoded(body: bytes | str) -> Mapping[str, Any]:
    """The JSON object in the body of a request."""
    if not isinstance(body, (bytes, bytearray, str)):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("body", body, "the body of a request, or its JSON object")
    if len(body) > LARGEST_EVENT:
        raise InvalidInput.of("body", len(body), f"at most {LARGEST_EVENT} bytes")
    try:
        payload: object = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidInput.of("body", body[:100], "the event of a webhook in JSON") from None
    if not isinstance(payload, dict):
        raise InvalidInput.of("body", body[:100], "the event of a webhook in JSON")
    return cast("Mapping[str, Any]", payload)
