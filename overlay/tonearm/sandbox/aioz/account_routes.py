"""The account, and its pairs of keys (Go client v1.0.19 OpenAPI; AIOZ Stream documentation, "API keys")."""

import re
import time
from typing import Any
from uuid import UUID

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox.aioz import checks
from tonearm.sandbox.aioz.access import Scope
from tonearm.sandbox.aioz.envelopes import message, success
from tonearm.sandbox.aioz.fields import MOST_ITEM, Fields
from tonearm.sandbox.aioz.guard import Guard, Handler
from tonearm.sandbox.aioz.keys import KIND
from tonearm.sandbox.aioz.objects import USER_ID, Json, timestamp
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.routes import fields_of
from tonearm.sandbox.aioz.service import Service

_FULL: tuple[Scope, ...] = ("full_access",)
_TYPES = ("full_access", "only_upload")
_LONGEST_TTL = 2**31 - 1
_STARTED = 1_735_689_600 * 10**9


@frozen
class Account:
    """The handlers."""

    service: Service
    guard: Guard

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        operations: list[tuple[str, str, Handler]] = [
            ("GET", "/user/me", self.me),
            ("POST", "/api_keys", self.create),
            ("GET", "/api_keys", self.list),
            ("PATCH", "/api_keys/{id}", self.rename),
            ("DELETE", "/api_keys/{id}", self.delete),
        ]
        return [
            Route(path, self.guard.operation(handler, _FULL), methods=[method]) for method, path, handler in operations
        ]

    async def me(self, _: Request) -> Response:
        user = {
            "id": USER_ID,
            "email": "sandbox@example.org",
            "first_name": "Sandy",
            "last_name": "Box",
            "balance": str(self.service.options.balance),
            "debt": "0",
            "wallet_address": f"0x{'0' * 40}",
            "created_at": timestamp(_STARTED),
            "updated_at": timestamp(_STARTED),
        }
        return success({"user": user})

    async def create(self, request: Request) -> Response:
        fields = await fields_of(request)
        name, kind = _name(fields), fields.word("type", _TYPES)
        ttl = fields.text("ttl", 10) or ""
        if not re.fullmatch("[0-9]+", ttl) or not 1 <= int(ttl) <= _LONGEST_TTL:
            raise Refused(f"ttl must be a number of seconds from 1 to {_LONGEST_TTL}, as text")
        key = await run_in_threadpool(self.service.keys.make, name, int(ttl), kind)
        return success({"api_key": {**_shown(key), "secret": key["secret"]}}, 201)

    async def list(self, request: Request) -> Response:
        offset, limit = checks.paged(request.query_params)
        search = request.query_params.get("search", "").casefold()
        keys = [
            key for key in await run_in_threadpool(self.service.store.records, KIND) if search in key["name"].casefold()
        ]
        page = [_shown(key) for key in keys[offset : offset + limit]]
        return success({"api_keys": page, "total": len(keys)})

    async def rename(self, request: Request) -> Response:
        key = await run_in_threadpool(self._get, request)
        changed = {**key, "name": _name(await fields_of(request)), "updated_at": time.time_ns()}
        await run_in_threadpool(self.service.store.put_record, KIND, key["id"], changed)
        return message("Update API key successfully.")

    async def delete(self, request: Request) -> Response:
        key = await run_in_threadpool(self._get, request)
        await run_in_threadpool(self.service.store.drop_record, KIND, key["id"])
        return message("Delete API key successfully.")

    def _get(self, request: Request) -> dict[str, Any]:
        try:
            id = str(UUID(request.path_params["id"]))
        except ValueError as error:
            raise Refused("the id is not a UUID") from error
        key = self.service.store.record(KIND, id)
        if key is None:
            raise Refused("API key not found", 404)
        return key


def _name(fields: Fields) -> str:
    name = fields.text("api_key_name", MOST_ITEM)
    if not name:
        raise Refused("api_key_name is required")
    return name


def _shown(key: dict[str, Any]) -> Json:
    times = {name: timestamp(key[name]) for name in ("created_at", "updated_at", "expired_at")}
    fields = {name: key[name] for name in ("id", "name", "public_key", "ttl", "type")}
    return {**fields, "truncated_secret": f"{key['secret'][:3]}...{key['secret'][-3:]}", **times}
