"""Playlists: objects in an order (Go and Node client v1.0.19, OpenAPI document)."""

import time
from typing import Any
from uuid import UUID, uuid4

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox.aioz import attachments, checks
from tonearm.sandbox.aioz.access import Scope
from tonearm.sandbox.aioz.envelopes import message, success
from tonearm.sandbox.aioz.fields import MOST_ITEM, MOST_ITEMS, Fields
from tonearm.sandbox.aioz.forms import form_of
from tonearm.sandbox.aioz.guard import Guard, Handler
from tonearm.sandbox.aioz.objects import USER_ID, Json, timestamp
from tonearm.sandbox.aioz.playback import PLAYER
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.routes import fields_of
from tonearm.sandbox.aioz.service import Service
from tonearm.sandbox.aioz.store import COVER

_KIND = "playlist"
_SORTS = ("created_at", "name")
_ITEM_SORTS = ("created_at", "title", "duration")
_ORDERS = ("asc", "desc")
_FULL: tuple[Scope, ...] = ("full_access",)


@frozen
class Playlists:
    """The handlers; `api` is the base URL that the pictures' URLs begin with."""

    service: Service
    api: str
    guard: Guard

    def routes(self) -> list[BaseRoute]:
        """Return the routes: the operations, and the addresses of the pictures."""
        single = "/playlists/{id}"
        operations: list[tuple[str, str, Handler, tuple[Scope, ...] | None]] = [
            ("POST", "/playlists/create", self.create, _FULL),
            ("POST", "/playlists", self.list, _FULL),
            ("GET", f"{single}/player.json", self.player, None),
            ("GET", single, self.detail, _FULL),
            ("PATCH", single, self.update, _FULL),
            ("DELETE", single, self.delete, _FULL),
            ("DELETE", f"{single}/thumbnail", self.drop_picture, _FULL),
            ("POST", f"{single}/items", self.add, _FULL),
            ("PUT", f"{single}/items", self.move, _FULL),
            ("DELETE", f"{single}/items/{{item_id}}", self.remove, _FULL),
        ]
        return [
            *(
                Route(path, self.guard.operation(handler, scopes), methods=[method])
                for method, path, handler, scopes in operations
            ),
            Route(f"{single}/thumbnail", self.guard.asset(self.picture), methods=["GET"]),
            Route("/embed/playlist/{id}", self.guard.asset(self.page), methods=["GET"]),
        ]

    async def create(self, request: Request) -> Response:
        fields = await fields_of(request)
        name = fields.text("name", MOST_ITEM)
        if not name:
            raise Refused("name is required")
        kind = fields.word("playlist_type", ("audio", "video"), "video")
        pairs = fields.pairs("metadata") or []
        now = time.time_ns()
        playlist: dict[str, Any] = {
            "id": str(uuid4()),
            "name": name,
            "playlist_type": kind,
            "tags": fields.texts("tags") or [],
            "metadata": {pair["key"]: pair["value"] for pair in pairs},
            "items": [],
            "created_at": now,
            "updated_at": now,
        }
        await run_in_threadpool(self.service.store.put_record, _KIND, playlist["id"], playlist)
        return success({"playlist": await run_in_threadpool(self._shown, playlist)}, 201)

    async def list(self, request: Request) -> Response:
        fields = await fields_of(request)
        offset, limit = fields.whole("offset", 0) or 0, fields.whole("limit", 1, checks.MOST_LISTED)
        # The tests of the Go client expect unknown words to be refused, which those for objects do not.
        sort_by = fields.word("sort_by", _SORTS, "created_at")
        order_by = fields.word("order_by", _ORDERS, "asc")
        kind, search = fields.text("playlist_type", MOST_ITEM), fields.text("search", checks.MOST_DESCRIPTION) or ""
        tags, pairs = set(fields.texts("tags") or ()), fields.pairs("metadata") or []
        playlists = [
            playlist
            for playlist in await run_in_threadpool(self.service.store.records, _KIND)
            if kind in (None, "", playlist["playlist_type"])
            and search.casefold() in playlist["name"].casefold()
            and tags <= set(playlist["tags"])
            and all(playlist["metadata"].get(pair["key"]) == pair["value"] for pair in pairs)
        ]
        playlists.sort(key=lambda playlist: playlist[sort_by], reverse=order_by == "desc")
        page = playlists[offset : offset + (limit or checks.USUALLY_LISTED)]
        shown = [await run_in_threadpool(self._shown, playlist, items=False) for playlist in page]
        return success({"playlists": shown or None, "total": len(playlists)})

    async def detail(self, request: Request) -> Response:
        for name, words in (("sort_by", _ITEM_SORTS), ("order_by", _ORDERS)):
            if request.query_params.get(name, words[0]) not in words:
                raise Refused(f"{name} must be one of {', '.join(words)}")
        playlist = await run_in_threadpool(self._get, request)
        return success({"playlist": await run_in_threadpool(self._shown, playlist)})

    async def player(self, request: Request) -> Response:
        """Show a playlist to a player, without an envelope."""
        playlist = await run_in_threadpool(self._get, request)
        return JSONResponse(await run_in_threadpool(self._shown, playlist))

    async def page(self, request: Request) -> Response:
        """Show the page that plays a playlist."""
        await run_in_threadpool(self._get, request)
        return FileResponse(PLAYER)

    async def update(self, request: Request) -> Response:
        playlist = await run_in_threadpool(self._get, request)
        texts, file = await form_of(request, attachments.LARGEST_PICTURE)
        name = texts.get("name", [playlist["name"]])[0]
        tags: list[str] = texts.get("tags", playlist["tags"]) or []
        if not 1 <= len(name) <= MOST_ITEM:
            raise Refused(f"name must have 1 to {MOST_ITEM} characters")
        if len(tags) > MOST_ITEMS or any(len(tag) > MOST_ITEM for tag in tags):
            raise Refused(f"there are more than {MOST_ITEMS} tags, or one is longer than {MOST_ITEM} characters")
        if file is not None:
            attachments.picture_of(file[1])
            await run_in_threadpool(self.service.store.attach, playlist["id"], COVER, "", file[1])
        await run_in_threadpool(self._put, {**playlist, "name": name, "tags": tags})
        return message("Update playlist successfully.")

    async def delete(self, request: Request) -> Response:
        playlist = await run_in_threadpool(self._get, request)
        await run_in_threadpool(self.service.store.drop_record, _KIND, playlist["id"])
        await run_in_threadpool(self.service.store.drop_attachments, playlist["id"])
        return message("Delete playlist successfully.")

    async def drop_picture(self, request: Request) -> Response:
        playlist = await run_in_threadpool(self._get, request)
        await run_in_threadpool(self.service.store.detach, playlist["id"], COVER, "")
        return message("Delete playlist thumbnail successfully.")

    async def picture(self, request: Request) -> Response:
        playlist = await run_in_threadpool(self._get, request)
        content = await run_in_threadpool(self.service.store.attached, playlist["id"], COVER, "")
        if content is None:
            raise Refused("not found", 404)
        return Response(content, media_type=attachments.picture_of(content)[0])

    async def add(self, request: Request) -> Response:
        playlist = await run_in_threadpool(self._get, request)
        media_id = _required(await fields_of(request), "media_id")
        media = await run_in_threadpool(self.service.get, media_id)
        now = time.time_ns()
        item = {"id": str(uuid4()), "media_id": media.id, "created_at": now, "updated_at": now}
        await run_in_threadpool(self._put, {**playlist, "items": [*playlist["items"], item]})
        return message("Add media to playlist successfully.")

    async def move(self, request: Request) -> Response:
        """Move an item between two neighbours; at an end it has one neighbour."""
        playlist = await run_in_threadpool(self._get, request)
        fields = await fields_of(request)
        moved = _required(fields, "current_id")
        before, behind = (fields.text(name, MOST_ITEM) or None for name in ("previous_id", "next_id"))
        if before is None and behind is None:
            raise Refused("next_id or previous_id is required")
        items = {item["id"]: item for item in playlist["items"]}
        if unknown := [item_id for item_id in (moved, before, behind) if item_id is not None and item_id not in items]:
            raise Refused(f"the playlist has no item {unknown[0]}", 404)
        order = [item_id for item_id in items if item_id != moved]
        place = order.index(behind) if behind in order else len(order)
        if (order[place - 1] if place else None) != before:
            raise Refused("previous_id and next_id are not neighbours")
        order.insert(place, moved)
        await run_in_threadpool(self._put, {**playlist, "items": [items[item_id] for item_id in order]})
        return message("Move media in playlist successfully.")

    async def remove(self, request: Request) -> Response:
        playlist = await run_in_threadpool(self._get, request)
        remaining = [item for item in playlist["items"] if item["id"] != request.path_params["item_id"]]
        if len(remaining) == len(playlist["items"]):
            raise Refused("the playlist has no such item", 404)
        await run_in_threadpool(self._put, {**playlist, "items": remaining})
        return message("Remove media from playlist successfully.")

    def _get(self, request: Request) -> dict[str, Any]:
        try:
            id = str(UUID(request.path_params["id"]))
        except ValueError as error:
            raise Refused("the id is not a UUID") from error
        playlist = self.service.store.record(_KIND, id)
        if playlist is None:
            raise Refused("playlist not found", 404)
        return playlist

    def _put(self, playlist: dict[str, Any]) -> None:
        self.service.store.put_record(_KIND, playlist["id"], {**playlist, "updated_at": time.time_ns()})

    def _shown(self, playlist: dict[str, Any], *, items: bool = True) -> Json:
        """Show a playlist as in the models of the clients: tags in one text, pairs in a map."""
        entries = [(item, self.service.store.get(item["media_id"])) for item in playlist["items"]]
        present = [(item, media) for item, media in entries if media is not None]
        id, has_cover = playlist["id"], self.service.store.attached(playlist["id"], COVER, "") is not None
        url = f"{self.api}/embed/playlist/{id}"
        shown: Json = {
            "id": id,
            "user_id": USER_ID,
            "name": playlist["name"],
            "playlist_type": playlist["playlist_type"],
            "tags": ",".join(playlist["tags"]),
            "metadata": playlist["metadata"] or None,
            "item_count": len(present),
            "duration": sum(media.duration for _, media in present),
            "size": sum(media.size for _, media in present),
            "thumbnail_url": f"{self.api}/playlists/{id}/thumbnail" if has_cover else "",
            "playlist_url": url,
            "iframe": f'<iframe src="{url}" width="100%" height="100%" frameborder="0"></iframe>',
            "created_at": timestamp(playlist["created_at"]),
            "updated_at": timestamp(playlist["updated_at"]),
        }
        if items:
            ids = ["", *(item["id"] for item, _ in present), ""]
            shown["items"] = [
                {
                    "id": item["id"],
                    "playlist_id": id,
                    "media_id": media.id,
                    "previous_id": ids[number],
                    "next_id": ids[number + 2],
                    "media": {
                        "title": media.title,
                        "description": media.description,
                        "duration": media.duration,
                        "size": media.size,
                        "hls_url": f"{self.api}/media/{media.id}/m3u8",
                        "thumbnail_url": f"{self.api}/media/{media.id}/thumbnail?resolution=original",
                    },
                    "created_at": timestamp(item["created_at"]),
                    "updated_at": timestamp(item["updated_at"]),
                }
                for number, (item, media) in enumerate(present)
            ] or None
        return shown


def _required(fields: Fields, name: str) -> str:
    value = fields.text(name, MOST_ITEM)
    if not value:
        raise Refused(f"{name} is required")
    return value
