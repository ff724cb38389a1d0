from itertools import islice
from pathlib import Path
from typing import Any

from attrs import asdict, frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from tonearm.sandbox import aioz, library
from tonearm.sandbox.aioz.checks import Filter
from tonearm.sandbox.aioz.objects import Media
from tonearm.sandbox.context import Context
from tonearm.sandbox.exchanges import Exchange, Exchanges
from tonearm.sandbox.guide import AIOZ, JELLYFIN, services

ASSETS, STATE = "/_sandbox/page", "/_sandbox/state"
_STATIC = Path(__file__).parent / "static"
_LAST = 50
"""How many objects, and how many requests, the page shows."""


_NEWEST = Filter(
    offset=0,
    limit=_LAST,
    sort_by="created_at",
    descending=True,
    type=None,
    statuses=[],
    tags=[],
    metadata=[],
    search="",
)


@frozen
class Page:
    """The page, its static files, and the JSON that it reads every other second.

    It looks at what is kept, not through the operations: their log and their rate limits are for clients.
    """

    context: Context
    exchanges: Exchanges

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self.page, methods=["GET"]),
            Route(STATE, self.state, methods=["GET"]),
            Mount(ASSETS, StaticFiles(directory=_STATIC)),
        ]

    async def page(self, _: Request) -> Response:
        return FileResponse(_STATIC / "index.html")

    async def state(self, _: Request) -> Response:
        objects = await run_in_threadpool(aioz.running(self.context).store.find, _NEWEST)
        files = await run_in_threadpool(library.items, self.context.library)
        requests = islice(reversed(self.exchanges.list()), _LAST)
        return JSONResponse(
            {
                "services": [asdict(service) for service in services(self.context.base_url)],
                "library": [_item(item) for item in files],
                "media": [_media(media) for media in objects[0]],
                "requests": [_request(exchange) for exchange in requests],
            },
            headers={"cache-control": "no-store"},
        )


def _item(item: library.Item) -> dict[str, Any]:
    address = f"{JELLYFIN}/Audio/{item.id.hex}/stream?static=true"
    return {"id": str(item.id), "name": item.name, "size": item.path.stat().st_size, "url": address}


def _media(media: Media) -> dict[str, Any]:
    """Show an object; with paths, because people may have opened the page under another name of this machine."""
    names = ("id", "title", "status", "duration", "size", "is_public")
    address = f"{AIOZ}/media/{media.id}"
    ready = any((quality.type, quality.status) == ("hls", "done") for quality in media.qualities)
    return {
        **{name: getattr(media, name) for name in names},
        "qualities": [{"name": q.resolution, "type": q.type, "status": q.status} for q in media.qualities],
        "hls": f"{address}/m3u8" if ready else None,
        "source": f"{address}/source" if media.status == "done" else None,
    }


def _request(exchange: Exchange) -> dict[str, Any]:
    names = ("method", "path", "query", "status", "received", "sent", "fault", "at", "seconds")
    return {name: getattr(exchange, name) for name in names}
