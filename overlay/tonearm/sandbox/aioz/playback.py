"""The files at the URLs of assets: the source, playlists and segments."""

import mimetypes
from pathlib import Path

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox.aioz import playlists
from tonearm.sandbox.aioz.guard import Guard, Handler
from tonearm.sandbox.aioz.objects import Media
from tonearm.sandbox.aioz.playlists import Rendition
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.service import Service
from tonearm.sandbox.aioz.transcode import PLAYLISTS

PLAYER = Path(__file__).with_name("player.html")
"""The page that plays an object or a playlist, which it reads from `player.json`."""

_TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mpd": "application/dash+xml",
    ".ts": "video/mp2t",
    ".m4s": "audio/mp4",
    ".mp4": "audio/mp4",
}


@frozen
class Playback:
    """The handlers for players. Finished renditions can be played while others are still made.

    If no rendition of a kind was requested, one is made when a player loads it.
    """

    service: Service
    guard: Guard

    def routes(self) -> list[BaseRoute]:
        """Return the routes, under the paths of the document's samples (AIOZ Audio document)."""
        handlers: dict[str, Handler] = {
            "/media/{id}/source": self.source,
            "/media/{id}/m3u8": self.hls,
            "/media/{id}/manifest": self.dash,
            "/media/{id}/{kind}/{number}/{name}": self.file,
            "/embed/vod/{kind}/{id}": self.player,
        }
        return [Route(path, self.guard.asset(handler), methods=["GET"]) for path, handler in handlers.items()]

    async def source(self, request: Request) -> Response:
        media = await self._media(request)
        kind = mimetypes.guess_type(media.file_name)[0] or "application/octet-stream"
        return _file(self.service.files.source(media.id), kind)

    async def hls(self, request: Request) -> Response:
        media = await self._media(request)
        text = await run_in_threadpool(lambda: playlists.master(self._renditions(media, "hls")))
        return Response(text, media_type=_TYPES[".m3u8"])

    async def dash(self, request: Request) -> Response:
        media = await self._media(request)
        text = await run_in_threadpool(lambda: playlists.manifest(self._renditions(media, "dash"), media.duration))
        return Response(text, media_type=_TYPES[".mpd"])

    async def file(self, request: Request) -> Response:
        media = await self._media(request)
        kind, number, name = (str(request.path_params[part]) for part in ("kind", "number", "name"))
        for rendition in await run_in_threadpool(self._renditions, media, kind):
            if number == str(rendition.number):
                return _file(rendition.folder / name, _TYPES.get(Path(name).suffix, "application/octet-stream"))
        raise Refused("not found", 404)

    async def player(self, request: Request) -> Response:
        """Show the page that plays an object."""
        await self._media(request)
        if request.path_params["kind"] not in PLAYLISTS:
            raise Refused("not found", 404)
        return FileResponse(PLAYER)

    def _renditions(self, media: Media, kind: str) -> list[Rendition]:
        made = [
            Rendition(number, self.service.files.rendition(media.id, number, quality), quality)
            for number, quality in enumerate(media.qualities)
            if (quality.type, quality.status) == (kind, "done")
        ]
        if not any(quality.type == kind for quality in media.qualities):
            return [self.service.on_demand.rendition(media, kind)]
        if not made:
            raise Refused("there is no such rendition", 404)
        return made

    async def _media(self, request: Request) -> Media:
        return await run_in_threadpool(self.service.visible, request.path_params["id"], request.headers)


def _file(path: Path, kind: str) -> Response:
    if not path.is_file():
        raise Refused("not found", 404)
    return FileResponse(path, media_type=kind)
