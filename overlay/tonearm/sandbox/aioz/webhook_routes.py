"""Webhooks: the registered addresses, and a test call (AIOZ Stream documentation, "Webhooks")."""

import time
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox.aioz import checks
from tonearm.sandbox.aioz.access import Scope
from tonearm.sandbox.aioz.deliveries import EVENTS, KIND, send
from tonearm.sandbox.aioz.envelopes import message, success
from tonearm.sandbox.aioz.fields import MOST_ITEM, Fields
from tonearm.sandbox.aioz.guard import Guard, Handler
from tonearm.sandbox.aioz.objects import USER_ID, Json, timestamp
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.routes import fields_of
from tonearm.sandbox.aioz.service import Service

_FULL: tuple[Scope, ...] = ("full_access",)


@frozen
class Webhooks:
    """The handlers."""

    service: Service
    guard: Guard

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        operations: list[tuple[str, str, Handler]] = [
            ("POST", "/webhooks", self.create),
            ("GET", "/webhooks", self.list),
            ("POST", "/webhooks/check/{id}", self.check),
            ("GET", "/webhooks/{id}", self.detail),
            ("PATCH", "/webhooks/{id}", self.update),
            ("DELETE", "/webhooks/{id}", self.delete),
        ]
        return [
            Route(path, self.guard.operation(handler, _FULL), methods=[method]) for method, path, handler in operations
        ]

    async def create(self, request: Request) -> Response:
        now = time.time_ns()
        webhook: dict[str, Any] = {"id": str(uuid4()), "created_at": now, "updated_at": now, "last_triggered_at": 0}
        webhook |= _read(await fields_of(request), "default-name-webhook")
        await run_in_threadpool(self.service.store.put_record, KIND, webhook["id"], webhook)
        return success({"webhook": _shown(webhook)}, 201)

    async def list(self, request: Request) -> Response:
        offset, limit = checks.paged(request.query_params)
        search = request.query_params.get("search", "").casefold()
        webhooks = [
            webhook
            for webhook in await run_in_threadpool(self.service.store.records, KIND)
            if search in webhook["name"].casefold()
            and all(request.query_params.get(event) in (None, str(webhook[event]).lower()) for event in EVENTS)
        ]
        page = [_shown(webhook) for webhook in webhooks[offset : offset + limit]]
        return success({"webhooks": page, "total": len(webhooks)})

    async def detail(self, request: Request) -> Response:
        return success({"webhook": _shown(await run_in_threadpool(self._get, request))})

    async def update(self, request: Request) -> Response:
        webhook = await run_in_threadpool(self._get, request)
        # The tests of the Go client expect a change of the name alone to be refused.
        await run_in_threadpool(self._put, webhook | _read(await fields_of(request), webhook["name"]))
        return message("Update webhook successfully.")

    async def delete(self, request: Request) -> Response:
        webhook = await run_in_threadpool(self._get, request)
        await run_in_threadpool(self.service.store.drop_record, KIND, webhook["id"])
        return message("Delete webhook successfully.")

    async def check(self, request: Request) -> Response:
        """Send a test event; fields that the documentation leaves out are those of other events."""
        webhook = await run_in_threadpool(self._get, request)
        event = {"type": "webhook.check", "emitted_at": timestamp(time.time_ns()), "user_id": USER_ID}
        failure = await run_in_threadpool(send, webhook["url"], event)
        if failure is not None:
            raise Refused(f"the webhook could not be called: {failure}")
        return message("Check webhook successfully.")

    def _get(self, request: Request) -> dict[str, Any]:
        try:
            id = str(UUID(request.path_params["id"]))
        except ValueError as error:
            raise Refused("the id is not a UUID") from error
        webhook = self.service.store.record(KIND, id)
        if webhook is None:
            raise Refused("webhook not found", 404)
        return webhook

    def _put(self, webhook: dict[str, Any]) -> None:
        self.service.store.put_record(KIND, webhook["id"], {**webhook, "updated_at": time.time_ns()})


def _is_address(url: str) -> bool:
    try:
        to = urlsplit(url)
        _ = to.port  # raises if it is no port
    except ValueError:
        return False
    return to.scheme in ("http", "https") and bool(to.netloc)


def _read(fields: Fields, name: str) -> dict[str, Any]:
    """Check a webhook: an address, and at least one event."""
    url = fields.text("url", checks.MOST_DESCRIPTION) or ""
    if not _is_address(url):
        raise Refused("url must be an http or https URL")
    events = {event: fields.flag(event) or False for event in EVENTS}
    if not any(events.values()):
        raise Refused("at least one event is required")
    return {"name": fields.text("name", MOST_ITEM) or name, "url": url, **events}


def _shown(webhook: dict[str, Any]) -> Json:
    triggered = webhook["last_triggered_at"]
    return {
        "id": webhook["id"],
        "user_id": USER_ID,
        "name": webhook["name"],
        "url": webhook["url"],
        **{event: webhook[event] for event in EVENTS},
        "created_at": timestamp(webhook["created_at"]),
        "updated_at": timestamp(webhook["updated_at"]),
        "last_triggered_at": timestamp(triggered) if triggered else None,
    }
