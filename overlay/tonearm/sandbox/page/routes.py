from itertools import islice
from pathlib import Path
from uuid import UUID

from attrs import asdict, frozen
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from tonearm.sandbox import aioz, library, openai
from tonearm.sandbox.aioz.checks import Filter
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.context import Context
from tonearm.sandbox.exchanges import Exchanges
from tonearm.sandbox.guide import services
from tonearm.sandbox.openai import Result
from tonearm.sandbox.page import shown
from tonearm.sandbox.page.peaks import peaks

ASSETS, STATE = "/_sandbox/page", "/_sandbox/state"
_STATIC = Path(__file__).parent / "static"
_OBJECTS, _REQUESTS = 50, 200
"""The numbers of objects and of requests that the page shows."""
_AS_TOLD = {"x-content-type-options": "nosniff"}


_NEWEST = Filter(
    offset=0,
    limit=_OBJECTS,
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
    """The page, its static files, and the JSON that it reads every second.

    It reads the stored data, not the operations, whose log and rate limits are for clients.
    """

    context: Context
    exchanges: Exchanges

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self.page, methods=["GET"]),
            Route(STATE, self.state, methods=["GET"]),
            Route(f"{shown.RESULTS}/{{number:int}}", self.result, methods=["GET"]),
            Route(f"{shown.RESULTS}/{{number:int}}/sound", self.sound, methods=["GET"]),
            Route(f"{shown.PEAKS}/{{kind}}/{{id}}", self.peaks, methods=["GET"]),
            Mount(ASSETS, StaticFiles(directory=_STATIC)),
        ]

    async def page(self, _: Request) -> Response:
        return FileResponse(_STATIC / "index.html")

    async def state(self, _: Request) -> Response:
        objects = await run_in_threadpool(aioz.running(self.context).store.find, _NEWEST)
        files = await run_in_threadpool(library.items, self.context.library)
        requests = islice(reversed(self.exchanges.list()), _REQUESTS)
        return JSONResponse(
            {
                "services": [asdict(service) for service in services(self.context.base_url)],
                "library": [shown.item(item) for item in files],
                "media": [shown.media(media) for media in objects[0]],
                "results": [shown.result(result) for result in openai.results_of(self.context).list()],
                "requests": [shown.request(exchange) for exchange in requests],
            },
            headers={"cache-control": "no-store"},
        )

    async def result(self, request: Request) -> Response:
        return JSONResponse(shown.result(self._result(request.path_params["number"]), whole=True))

    async def sound(self, request: Request) -> Response:
        result = self._result(request.path_params["number"])
        if result.sound is None:
            raise HTTPException(404)
        return FileResponse(result.sound, media_type=shown.sound_type(result), headers=_AS_TOLD)

    async def peaks(self, request: Request) -> Response:
        source = await run_in_threadpool(self._source, request.path_params["kind"], request.path_params["id"], request)
        return JSONResponse({"peaks": await run_in_threadpool(peaks, source)})

    def _result(self, number: int) -> Result:
        result = openai.results_of(self.context).find(number)
        if result is None:
            raise HTTPException(404)
        return result

    def _source(self, kind: str, id: str, request: Request) -> Path:
        """Find a recording; that of an object only if the request may play it."""
        path: Path | None = None
        try:
            if kind == "library":
                item = library.find(self.context.library, UUID(id))
                path = item.path if item is not None else None
            elif kind == "media":
                service = aioz.running(self.context)
                path = service.files.source(service.visible(id, request.headers).id)
            elif kind == "results":
                path = self._result(int(id)).sound
        except (ValueError, Refused) as error:
            raise HTTPException(404) from error
        if path is None or not path.is_file():
            raise HTTPException(404)
        return path
