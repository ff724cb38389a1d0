"""The HTTP side: one handler for each operation, and the files that the assets' URLs name."""

import logging
import mimetypes
from collections.abc import Awaitable, Callable
from pathlib import Path

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox.aioz import checks, parts
from tonearm.sandbox.aioz.access import RateWindow, allowed
from tonearm.sandbox.aioz.objects import Json, Media, Quality
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.service import Service
from tonearm.sandbox.aioz.transcode import PLAYLISTS

_log = logging.getLogger("tonearm.sandbox")
_MOST_JSON = 1024 * 1024
_METHODS = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"]
_TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mpd": "application/dash+xml",
    ".ts": "video/mp2t",
    ".m4s": "audio/mp4",
    ".mp4": "audio/mp4",
}

Handler = Callable[[Request], Awaitable[Response]]


@frozen
class Operations:
    """The handlers, on top of a service; `api` is the base URL that the assets' URLs begin with."""

    service: Service
    api: str
    rate: RateWindow

    def routes(self) -> list[BaseRoute]:
        """Return the routes; the last one answers whatever is left with the envelope for 404."""
        operations: list[tuple[str, str, Handler]] = [
            ("POST", "/media/create", self.create),
            ("POST", "/media", self.list),
            ("GET", "/media/cost", self.cost),
            ("GET", "/media/{id}", self.detail),
            ("PATCH", "/media/{id}", self.update),
            ("DELETE", "/media/{id}", self.delete),
            ("POST", "/media/{id}/part", self.part),
            ("GET", "/media/{id}/complete", self.complete),
        ]
        # What players fetch, who have no keys.
        assets: list[tuple[str, Handler]] = [
            ("/media/{id}/source", self.source),
            ("/media/{id}/m3u8", self.hls),
            ("/media/{id}/manifest", self.dash),
            ("/media/{id}/{kind}/{number}/{name}", self.file),
        ]
        return [
            *(Route(path, self._guarded(handler, keys=True), methods=[method]) for method, path, handler in operations),
            *(Route(path, self._guarded(handler), methods=["GET"]) for path, handler in assets),
            Route("/{rest:path}", self._guarded(self.nothing), methods=_METHODS),
        ]

    def _guarded(self, handler: Handler, *, keys: bool = False) -> Handler:
        async def endpoint(request: Request) -> Response:
            try:
                if keys and not allowed(request.headers):
                    raise Refused("the keys are missing or not valid", 401)
                response = await handler(request)
            except Refused as refused:
                response = _failure(refused.message, refused.status)
            except ClientDisconnect:
                raise
            except Exception:
                _log.exception("%s %s failed", request.method, request.url.path)
                response = _failure("internal server error", 500)
            response.headers.update(self.rate.headers())
            return response

        return endpoint

    async def create(self, request: Request) -> Response:
        columns = checks.created(await _fields(request))
        media = await run_in_threadpool(self.service.create, columns)
        return _success(media.to_json(self.api), 201)

    async def list(self, request: Request) -> Response:
        wanted = checks.listed(await _fields(request))
        found, total = await run_in_threadpool(self.service.store.find, wanted)
        return _success({"media": [media.to_json(self.api) for media in found], "total": total})

    async def cost(self, request: Request) -> Response:
        return _success(checks.cost(request.query_params))

    async def detail(self, request: Request) -> Response:
        media = await self._media(request)
        return _success(media.to_json(self.api, detail=True))

    async def update(self, request: Request) -> Response:
        columns = checks.changed(await _fields(request))
        await run_in_threadpool(self.service.change, request.path_params["id"], columns)
        return _message("Update audio info successfully.")

    async def delete(self, request: Request) -> Response:
        await run_in_threadpool(self.service.delete, request.path_params["id"])
        return _message("Audio deleted successfully.")

    async def part(self, request: Request) -> Response:
        media_id = request.path_params["id"]
        place = await run_in_threadpool(self.service.place, media_id)
        try:
            content = parts.ContentRange.parse(request.headers.get("content-range"))
            part, file_name = await parts.receive(request, content, place)
            await run_in_threadpool(self.service.keep, media_id, part, place, file_name)
        finally:
            place.unlink(missing_ok=True)
        return _message("Upload part successfully.")

    async def complete(self, request: Request) -> Response:
        await run_in_threadpool(self.service.complete, request.path_params["id"])
        return _message("Upload completed successfully.")

    async def source(self, request: Request) -> Response:
        media = await self._public(request)
        kind = mimetypes.guess_type(media.file_name)[0] or "application/octet-stream"
        return _file(self.service.source(media.id), kind)

    async def hls(self, request: Request) -> Response:
        media = await self._public(request)
        lines = ["#EXTM3U", "#EXT-X-VERSION:7"]
        for number, quality in _made(media, "hls"):
            lines.append(f'#EXT-X-STREAM-INF:BANDWIDTH={quality.bitrate},CODECS="mp4a.40.2"')
            lines.append(f"hls/{number}/{PLAYLISTS['hls']}")
        return Response("\n".join([*lines, ""]), media_type=_TYPES[".m3u8"])

    async def dash(self, request: Request) -> Response:
        media = await self._public(request)
        number, quality = _made(media, "dash")[0]
        path = self.service.rendition(media.id, number, quality) / PLAYLISTS["dash"]
        manifest = await run_in_threadpool(path.read_text)
        # The segments' names are relative to the rendition's folder.
        end = "</ProgramInformation>"
        manifest = manifest.replace(end, f"{end}\n\t<BaseURL>dash/{number}/</BaseURL>", 1)
        return Response(manifest, media_type=_TYPES[".mpd"])

    async def file(self, request: Request) -> Response:
        media = await self._public(request)
        kind, number, name = (str(request.path_params[part]) for part in ("kind", "number", "name"))
        folders = {str(n): self.service.rendition(media.id, n, quality) for n, quality in _made(media, kind)}
        if number not in folders:
            raise Refused("not found", 404)
        return _file(folders[number] / name, _TYPES.get(Path(name).suffix, "application/octet-stream"))

    async def nothing(self, _: Request) -> Response:
        raise Refused("not found", 404)

    async def _media(self, request: Request) -> Media:
        return await run_in_threadpool(self.service.get, request.path_params["id"])

    async def _public(self, request: Request) -> Media:
        media = await self._media(request)
        if not media.is_public and not allowed(request.headers):
            raise Refused("the audio is not public", 401)
        return media


def _made(media: Media, kind: str) -> list[tuple[int, Quality]]:
    made = [
        (n, quality) for n, quality in enumerate(media.qualities) if (quality.type, quality.status) == (kind, "done")
    ]
    if not made:
        raise Refused("there is no such rendition", 404)
    return made


def _file(path: Path, kind: str) -> Response:
    if not path.is_file():
        raise Refused("not found", 404)
    return FileResponse(path, media_type=kind)


async def _fields(request: Request) -> checks.Fields:
    raw = bytearray()
    async for block in request.stream():
        raw += block
        if len(raw) > _MOST_JSON:
            raise Refused(f"the request body must not be longer than {_MOST_JSON} bytes")
    return checks.body(bytes(raw))


# One official client refuses answers whose type is anything but plain application/json: no charset.
def _success(data: Json, status: int = 200) -> Response:
    return JSONResponse({"status": "success", "data": data}, status)


def _message(text: str) -> Response:
    return JSONResponse({"status": "success", "message": text})


def _failure(text: str, status: int) -> Response:
    return JSONResponse({"status": "error", "message": text}, status)
