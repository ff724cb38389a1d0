"""Live audio: keys and broadcasts, which never begin here (AIOZ Stream documentation, "Live streamings")."""

import secrets
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

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
from tonearm.sandbox.aioz.objects import USER_ID, Json, timestamp
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.routes import fields_of
from tonearm.sandbox.aioz.service import Service

KEY, STREAM = "live_key", "live_stream"
_FULL: tuple[Scope, ...] = ("full_access",)


@frozen
class Live:
    """The handlers, on top of a service; `api` is the base URL that addresses begin with."""

    service: Service
    api: str
    guard: Guard

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        single = "/live_streams/{id}"
        operations: list[tuple[str, str, Handler]] = [
            ("POST", "/live_streams", self.create),
            ("GET", "/live_streams", self.list),
            ("GET", single, self.detail),
            ("PUT", single, self.update),
            ("DELETE", single, self.delete),
            ("POST", f"{single}/streamings", self.begin),
            ("GET", f"{single}/streamings", self.streams),
            ("GET", single + "/streamings/{stream}", self.stream),
            ("DELETE", single + "/streamings/{stream}", self.end),
        ]
        return [
            Route(path, self.guard.operation(handler, _FULL), methods=[method]) for method, path, handler in operations
        ]

    async def create(self, request: Request) -> Response:
        fields = await fields_of(request)
        name = fields.text("name", MOST_ITEM)
        if not name:
            raise Refused("name is required")
        now = time.time_ns()
        key: dict[str, Any] = {
            "id": str(uuid4()),
            "name": name,
            "save": fields.flag("save") or False,
            "type": fields.word("type", ("audio", "video"), "video"),
            "stream_key": secrets.token_urlsafe(24),
            "created_at": now,
            "updated_at": now,
        }
        await run_in_threadpool(self.service.store.put_record, KEY, key["id"], key)
        return success(self._key(key))

    async def list(self, request: Request) -> Response:
        offset, limit = checks.paged(request.query_params)
        search = request.query_params.get("search", "").casefold()
        kind = request.query_params.get("type", "video")
        keys = [
            key
            for key in await run_in_threadpool(self.service.store.records, KEY)
            if key["type"] == kind and search in key["name"].casefold()
        ]
        page = [self._key(key) for key in keys[offset : offset + limit]]
        return success({"live_stream_keys": page, "total": len(keys)})

    async def detail(self, request: Request) -> Response:
        return success(self._key(await run_in_threadpool(self._get, request)))

    async def update(self, request: Request) -> Response:
        key = await run_in_threadpool(self._get, request)
        fields = await fields_of(request)
        name, save = fields.text("name", MOST_ITEM), fields.flag("save")
        key |= {"name": name or key["name"], "save": key["save"] if save is None else save}
        key["updated_at"] = time.time_ns()
        await run_in_threadpool(self.service.store.put_record, KEY, key["id"], key)
        return success(self._key(key))

    async def delete(self, request: Request) -> Response:
        key = await run_in_threadpool(self._get, request)
        await run_in_threadpool(self.service.store.drop_record, KEY, key["id"])
        for stream in await run_in_threadpool(self._of, key["id"]):
            await run_in_threadpool(self.service.store.drop_record, STREAM, stream["id"])
        return message("Delete live stream key successfully.")

    async def begin(self, request: Request) -> Response:
        key = await run_in_threadpool(self._get, request)
        fields = await fields_of(request)
        title = fields.text("title", MOST_ITEM)
        if not title:
            raise Refused("title is required")
        save, now = fields.flag("save"), time.time_ns()
        stream: dict[str, Any] = {
            "id": str(uuid4()),
            "live_stream_key_id": key["id"],
            "title": title,
            "type": key["type"],
            "save": key["save"] if save is None else save,
            "qualities": [_resolution(item) for item in fields.array("qualities") or ()] or ["standard"],
            "created_at": now,
            "updated_at": now,
        }
        await run_in_threadpool(self.service.store.put_record, STREAM, stream["id"], stream)
        return success(self._stream(stream))

    async def streams(self, request: Request) -> Response:
        key = await run_in_threadpool(self._get, request)
        streams = [self._stream(stream) for stream in await run_in_threadpool(self._of, key["id"])]
        return success({"media": streams, "total": len(streams)})

    async def stream(self, request: Request) -> Response:
        return success(self._stream(await run_in_threadpool(self._get_stream, request)))

    async def end(self, request: Request) -> Response:
        stream = await run_in_threadpool(self._get_stream, request)
        await run_in_threadpool(self.service.store.drop_record, STREAM, stream["id"])
        return message("Delete live stream successfully.")

    def _of(self, key_id: str) -> Sequence[dict[str, Any]]:
        return [stream for stream in self.service.store.records(STREAM) if stream["live_stream_key_id"] == key_id]

    def _get(self, request: Request) -> dict[str, Any]:
        key = self.service.store.record(KEY, _plain(request.path_params["id"]))
        if key is None:
            raise Refused("live stream key not found", 404)
        return key

    def _get_stream(self, request: Request) -> dict[str, Any]:
        key = self._get(request)
        stream = self.service.store.record(STREAM, _plain(request.path_params["stream"]))
        if stream is None or stream["live_stream_key_id"] != key["id"]:
            raise Refused("live stream not found", 404)
        return stream

    def _key(self, key: dict[str, Any]) -> Json:
        times = {name: timestamp(key[name]) for name in ("created_at", "updated_at")}
        return {**key, **times, "user_id": USER_ID, "rtmp_url": "rtmp://live.example.org/live"}

    def _stream(self, stream: dict[str, Any]) -> Json:
        times = {name: timestamp(stream[name]) for name in ("created_at", "updated_at")}
        place = f"{self.api}/live/{stream['id']}"
        assets = {"hls_url": f"{place}/m3u8", "player_url": f"{place}/player", "thumbnail_url": "", "iframe": ""}
        counted = {"status": "created", "duration": 0, "current_view": 0, "total_view": 0}
        return {**stream, **times, **counted, "user_id": USER_ID, "assets": assets, "media": None}


def _plain(id: str) -> str:
    try:
        return str(UUID(id))
    except ValueError as error:
        raise Refused("the id is not a UUID") from error


def _resolution(item: object) -> str:
    return Fields(item, "qualities").text("resolution", MOST_ITEM) or ""
