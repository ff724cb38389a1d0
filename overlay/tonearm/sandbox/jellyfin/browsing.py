"""The items of the library, and the lyrics of its tracks."""

from collections.abc import Callable
from pathlib import PurePosixPath
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tonearm.sandbox.context import Context
from tonearm.sandbox.jellyfin import items, shapes
from tonearm.sandbox.jellyfin.access import user_id
from tonearm.sandbox.jellyfin.answers import Refusal, answer, failed, no_content, problem
from tonearm.sandbox.jellyfin.original import original
from tonearm.sandbox.jellyfin.pictures import media_type
from tonearm.sandbox.jellyfin.query import Query, needed
from tonearm.sandbox.jellyfin.shapes import Shape
from tonearm.sandbox.jellyfin.state import item_of, jellyfin_of


class Browsing:
    """The operations of items, artists, search and lyrics (Jellyfin server source, tag v10.11.11)."""

    def __init__(self, context: Context) -> None:
        self._jellyfin = jellyfin_of(context)

    async def items(self, request: Request) -> Response:
        query = self._query(request)
        return await self._answer_with(
            request,
            lambda: items.search(
                self._jellyfin.catalogue,
                query,
                lyrics=self._jellyfin.lyrics.items(),
                favorites=self._jellyfin.collection.favorites(),
            ),
        )

    async def item(self, request: Request) -> Response:
        self._query(request)
        wanted = _guid(request)

        def find() -> Shape | None:
            return items.item(self._jellyfin.catalogue, wanted, lyrics=self._jellyfin.lyrics.items())

        return await self._answer_with(request, find)

    async def playlist(self, request: Request) -> Response:
        query = self._query(request)
        wanted = _guid(request)

        def find() -> Shape | None:
            return items.playlist(self._jellyfin.catalogue, wanted, query, lyrics=self._jellyfin.lyrics.items())

        return await self._answer_with(request, find)

    async def mix(self, request: Request) -> Response:
        return await self._beside(request, items.mix)

    async def similar(self, request: Request) -> Response:
        return await self._beside(request, items.similar)

    async def _beside(self, request: Request, find: Callable[..., Shape | None]) -> Response:
        query, wanted = self._query(request), _guid(request)
        lyrics = self._jellyfin.lyrics.items()
        return await self._answer_with(request, lambda: find(self._jellyfin.catalogue, wanted, query, lyrics=lyrics))

    async def picture(self, request: Request) -> Response:
        """Answer with the file of a cover; no token is checked, and it is not resized."""
        wanted = _guid(request)
        shape = await run_in_threadpool(self._jellyfin.catalogue.cover, wanted)
        if shape is None or request.path_params["kind"].lower() != "primary":
            return problem(404)
        return await original(request, shape, media_type(shape))

    async def views(self, request: Request) -> Response:
        query = self._query(request)
        if user_id(self._jellyfin.tokens.caller(request), self._named_user(request, query)) is None:
            return failed(400)  # an API key has no views of its own
        return answer(request, shapes.page([shapes.view_shape()], 1, 0))

    async def artists(self, request: Request) -> Response:
        query = self._query(request)
        return await self._answer_with(request, lambda: items.artists(self._jellyfin.catalogue, query, of_albums=False))

    async def album_artists(self, request: Request) -> Response:
        query = self._query(request)
        return await self._answer_with(request, lambda: items.artists(self._jellyfin.catalogue, query, of_albums=True))

    async def hints(self, request: Request) -> Response:
        self._jellyfin.tokens.require(request)
        query = Query.bind(request.query_params.multi_items(), {**items.CHECKS, "searchTerm": needed})
        return await self._answer_with(request, lambda: items.hints(self._jellyfin.catalogue, query))

    async def lyrics(self, request: Request) -> Response:
        wanted = await self._track(request)
        shape = await run_in_threadpool(self._jellyfin.lyrics.get, wanted)
        return problem(404) if shape is None else answer(request, shape)

    async def put_lyrics(self, request: Request) -> Response:
        """Keep lyrics; a body without Content-Length counts as none."""
        self._jellyfin.tokens.require(request)
        query = Query.bind(request.query_params.multi_items(), {"fileName": needed})
        wanted = await self._track(request)
        if not int(request.headers.get("content-length") or 0):
            return PlainTextResponse("No lyrics uploaded", 400)
        extension = PurePosixPath(query.text("fileName") or "").suffix.removeprefix(".")
        if not extension:
            return PlainTextResponse("Extension is required on filename", 400)
        kept = await run_in_threadpool(self._jellyfin.lyrics.put, wanted, extension, await request.body())
        return problem(400) if kept is None else answer(request, kept)

    async def delete_lyrics(self, request: Request) -> Response:
        wanted = await self._track(request)
        await run_in_threadpool(self._jellyfin.lyrics.delete, wanted)
        return no_content()

    async def _answer_with(self, request: Request, find: Callable[[], Shape | None]) -> Response:
        shape = await run_in_threadpool(find)
        return problem(404) if shape is None else answer(request, self._for_user(shape))

    def _for_user(self, shape: Shape) -> Shape:
        """Add the user data of each item."""
        for item in shape.get("Items", [shape]):
            if "Id" in item:
                item["UserData"] = self._jellyfin.collection.user_data(UUID(item["Id"]))
        return shape

    async def _track(self, request: Request) -> UUID:
        self._jellyfin.tokens.require(request)
        wanted = _guid(request)
        if await run_in_threadpool(self._jellyfin.catalogue.track, wanted) is None:
            raise Refusal(problem(404))
        return wanted

    def _query(self, request: Request) -> Query:
        """Read a query that has a token; a named user must exist."""
        caller = self._jellyfin.tokens.require(request)
        query = Query.bind(request.query_params.multi_items(), items.CHECKS)
        user_id(caller, self._named_user(request, query))
        return query

    def _named_user(self, request: Request, query: Query) -> str | None:
        named: str | None = request.path_params.get("user")
        return named or query.text("userId")


def _guid(request: Request) -> UUID:
    wanted = item_of(request.path_params["item"])
    if wanted is None:
        raise Refusal(problem(400, {"itemId": [f"The value '{request.path_params['item']}' is not valid."]}))
    return wanted
