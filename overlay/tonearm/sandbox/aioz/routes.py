"""The HTTP side: one handler for each operation."""

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox.aioz import checks, parts
from tonearm.sandbox.aioz.access import Scope
from tonearm.sandbox.aioz.attachments import Attachments
from tonearm.sandbox.aioz.envelopes import message, success
from tonearm.sandbox.aioz.fields import Fields
from tonearm.sandbox.aioz.guard import Guard, Handler
from tonearm.sandbox.aioz.objects import Json, Media
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.service import Service

_MOST_JSON = 1024 * 1024
_ALL: tuple[Scope, ...] = ("full_access", "only_upload")
_FULL: tuple[Scope, ...] = ("full_access",)


@frozen
class Operations:
    """The handlers, on top of a service; `api` is the base URL that the assets' URLs begin with."""

    service: Service
    api: str
    guard: Guard
    attachments: Attachments

    def routes(self) -> list[BaseRoute]:
        """Return the routes.

        No document says what else keys of the type only_upload may do; here they can only upload.
        """
        operations: list[tuple[str, str, Handler, tuple[Scope, ...] | None]] = [
            ("POST", "/media/create", self.create, _ALL),
            ("POST", "/media", self.list, _FULL),
            ("GET", "/media/cost", self.cost, _FULL),
            ("GET", "/media/{id}/player.json", self.player, None),
            ("GET", "/media/{id}", self.detail, _FULL),
            ("PATCH", "/media/{id}", self.update, _FULL),
            ("DELETE", "/media/{id}", self.delete, _FULL),
            ("POST", "/media/{id}/part", self.part, _ALL),
            ("GET", "/media/{id}/complete", self.complete, _ALL),
        ]
        return [
            Route(path, self.guard.operation(handler, scopes), methods=[method])
            for method, path, handler, scopes in operations
        ]

    async def create(self, request: Request) -> Response:
        columns = checks.created(await fields_of(request), self.service.options)
        media = await run_in_threadpool(self.service.create, columns)
        return success(await run_in_threadpool(self._shown, media), 201)

    async def list(self, request: Request) -> Response:
        wanted = checks.listed(await fields_of(request), self.service.options)
        return success(await run_in_threadpool(self._page, wanted))

    async def cost(self, request: Request) -> Response:
        return success(checks.cost(request.query_params, self.service.options.balance))

    async def detail(self, request: Request) -> Response:
        media = await run_in_threadpool(self.service.get, request.path_params["id"])
        return success(await run_in_threadpool(self._shown, media, detail=True))

    async def player(self, request: Request) -> Response:
        """Show an object to a player: without an envelope (Go client v1.0.19 OpenAPI), and to anybody while public."""
        media = await run_in_threadpool(self.service.visible, request.path_params["id"], request.headers)
        return JSONResponse(await run_in_threadpool(self._shown, media))

    async def update(self, request: Request) -> Response:
        columns = checks.changed(await fields_of(request), self.service.options)
        await run_in_threadpool(self.service.change, request.path_params["id"], columns)
        return message("Update audio info successfully.")

    async def delete(self, request: Request) -> Response:
        await run_in_threadpool(self.service.delete, request.path_params["id"])
        return message("Audio deleted successfully.")

    async def part(self, request: Request) -> Response:
        media_id = request.path_params["id"]
        place = await run_in_threadpool(self.service.place, media_id)
        try:
            content = parts.ContentRange.parse(request.headers.get("content-range"))
            part, file_name = await parts.receive(request, content, place)
            await run_in_threadpool(self.service.keep, media_id, part, place, file_name)
        finally:
            place.unlink(missing_ok=True)
        return message("Upload part successfully.")

    async def complete(self, request: Request) -> Response:
        await run_in_threadpool(self.service.complete, request.path_params["id"])
        return message("Upload completed successfully.")

    def _page(self, wanted: checks.Filter) -> Json:
        media_found, total = self.service.store.find(wanted)
        return {self.service.options.list_key: [self._shown(media) for media in media_found], "total": total}

    def _shown(self, media: Media, *, detail: bool = False) -> Json:
        shown = media.to_json(self.api, self.service.options.mp4_url, detail=detail)
        return shown | {kind: self.attachments.shown(media.id, kind) or None for kind in ("captions", "chapters")}


async def fields_of(request: Request) -> Fields:
    """Read the body of a request as JSON or as a form."""
    raw = bytearray()
    async for block in request.stream():
        raw += block
        if len(raw) > _MOST_JSON:
            raise Refused(f"the request body must not be longer than {_MOST_JSON} bytes")
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return Fields.form(bytes(raw))
    return Fields.parse(bytes(raw))
