"""Player themes (AIOZ Stream documentation, "Players"; Go client v1.0.19)."""

import re
import time
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

KIND = "player_theme"
_FULL: tuple[Scope, ...] = ("full_access",)
_COLORS = (
    "main_color",
    "text_color",
    "text_track_color",
    "text_track_background",
    "control_bar_background_color",
    "menu_background_color",
    "menu_item_background_hover",
)
_SIZES = ("control_bar_height", "progress_bar_height", "progress_bar_circle_size")
_CONTROLS = ("enable_api", "enable_controls", "force_autoplay", "force_loop", "hide_title")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}|rgba\( *\d{1,3} *, *\d{1,3} *, *\d{1,3} *, *[\d.]+ *\)")
"""The documentation wants rgba, and the tests of the Go client send #ffffff and expect success."""


@frozen
class Players:
    """The handlers."""

    service: Service
    guard: Guard

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        operations: list[tuple[str, str, Handler]] = [
            ("POST", "/players", self.create),
            ("GET", "/players", self.list),
            ("POST", "/players/add-player", self.attach),
            ("POST", "/players/remove-player", self.detach),
            ("GET", "/players/{id}", self.detail),
            ("PATCH", "/players/{id}", self.update),
            ("DELETE", "/players/{id}", self.delete),
        ]
        return [
            Route(path, self.guard.operation(handler, _FULL), methods=[method]) for method, path, handler in operations
        ]

    async def create(self, request: Request) -> Response:
        theme: dict[str, Any] = {
            "id": str(uuid4()),
            "name": "default-player-theme",
            "is_default": False,
            "theme": {},
            "controls": {},
            "created_at": time.time_ns(),
        }
        theme |= _read(await fields_of(request))
        await run_in_threadpool(self._put, theme)
        return success({"player_theme": _shown(theme)}, 201)

    async def list(self, request: Request) -> Response:
        offset, limit = checks.paged(request.query_params)
        search = request.query_params.get("search", "").casefold()
        themes = [
            theme
            for theme in await run_in_threadpool(self.service.store.records, KIND)
            if search in theme["name"].casefold()
        ]
        page = [_shown(theme) for theme in themes[offset : offset + limit]]
        return success({"player_themes": page, "total": len(themes)})

    async def detail(self, request: Request) -> Response:
        return success({"player_theme": _shown(await run_in_threadpool(self._get, request.path_params["id"]))})

    async def update(self, request: Request) -> Response:
        theme = await run_in_threadpool(self._get, request.path_params["id"])
        theme = theme | _read(await fields_of(request))
        await run_in_threadpool(self._put, theme)
        return success({"player_theme": _shown(theme)})

    async def delete(self, request: Request) -> Response:
        theme = await run_in_threadpool(self._get, request.path_params["id"])
        if await run_in_threadpool(self.service.store.uses_theme, theme["id"]):
            raise Refused("the player theme is used by media")
        await run_in_threadpool(self.service.store.drop_record, KIND, theme["id"])
        return message("Delete player theme successfully.")

    async def attach(self, request: Request) -> Response:
        media_id, theme_id = await self._pair(request)
        await run_in_threadpool(self.service.change, media_id, {"player_theme_id": theme_id})
        return message("Add player theme successfully.")

    async def detach(self, request: Request) -> Response:
        media_id, theme_id = await self._pair(request)
        if (await run_in_threadpool(self.service.get, media_id)).player_theme_id != theme_id:
            raise Refused("the media does not have this player theme")
        await run_in_threadpool(self.service.change, media_id, {"player_theme_id": ""})
        return message("Remove player theme successfully.")

    async def _pair(self, request: Request) -> tuple[str, str]:
        fields = await fields_of(request)
        media_id, theme_id = fields.text("media_id", MOST_ITEM) or "", fields.text("player_theme_id", MOST_ITEM) or ""
        theme = await run_in_threadpool(self._get, theme_id)
        return (await run_in_threadpool(self.service.get, media_id)).id, theme["id"]

    def _put(self, theme: dict[str, Any]) -> None:
        if theme["is_default"]:
            for other in self.service.store.records(KIND):
                self.service.store.put_record(KIND, other["id"], {**other, "is_default": False})
        self.service.store.put_record(KIND, theme["id"], theme)

    def _get(self, id: str) -> dict[str, Any]:
        try:
            plain = str(UUID(id))
        except ValueError as error:
            raise Refused("the id is not a UUID") from error
        theme = self.service.store.record(KIND, plain)
        if theme is None:
            raise Refused("player theme not found", 404)
        return theme


def _read(fields: Fields) -> dict[str, Any]:
    """Check the members of a theme; absent ones stay as they are."""
    read: dict[str, Any] = {}
    if (name := fields.text("name", MOST_ITEM)) is not None:
        read["name"] = name
    if (default := fields.flag("is_default")) is not None:
        read["is_default"] = default
    if (look := fields.member("theme")) is not None:
        given = {name: look.text(name, MOST_ITEM) for name in (*_COLORS, *_SIZES)}
        for name, value in given.items():
            valid = _COLOR if name in _COLORS else re.compile("[0-9]+px")
            if value is not None and not valid.fullmatch(value):
                raise Refused(f"theme: {name} is not valid")
        read["theme"] = {name: value for name, value in given.items() if value is not None}
    if (controls := fields.member("controls")) is not None:
        read["controls"] = {name: flag for name in _CONTROLS if (flag := controls.flag(name)) is not None}
    return read


def _shown(theme: dict[str, Any]) -> Json:
    return {**theme, "user_id": USER_ID, "created_at": timestamp(theme["created_at"])}
