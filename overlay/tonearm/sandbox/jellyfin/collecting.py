"""Favourites, and playlists that are made and changed (Jellyfin server source, tag v10.11.11)."""

from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tonearm.sandbox.context import Context
from tonearm.sandbox.jellyfin import items
from tonearm.sandbox.jellyfin.access import user_id
from tonearm.sandbox.jellyfin.answers import Refusal, answer, failed, json_body, no_content, problem
from tonearm.sandbox.jellyfin.query import Query, guid
from tonearm.sandbox.jellyfin.state import item_of, jellyfin_of


class Collecting:
    """The operations of a user's favourites and playlists."""

    def __init__(self, context: Context) -> None:
        self._jellyfin = jellyfin_of(context)

    async def mark(self, request: Request) -> Response:
        return await self._favorite(request, is_favorite=True)

    async def unmark(self, request: Request) -> Response:
        return await self._favorite(request, is_favorite=False)

    async def _favorite(self, request: Request, *, is_favorite: bool) -> Response:
        self._user(request)
        wanted = _id(request)
        if await run_in_threadpool(items.item, self._jellyfin.catalogue, wanted, lyrics=frozenset()) is None:
            return problem(404)
        self._jellyfin.collection.favorite(wanted, is_favorite)
        return answer(request, self._jellyfin.collection.user_data(wanted))

    async def create(self, request: Request) -> Response:
        caller = self._jellyfin.tokens.require(request)
        body = await json_body(request)
        named = body.get("userid")
        if user_id(caller, None if named is None else str(named)) is None:
            return failed(400)  # an API key has no own playlists
        name: object = body.get("name")
        ids: list[object] = body.get("ids") or []
        if not isinstance(name, str) or not name:
            return problem(400, {"Name": ["The Name field is required."]})
        return answer(request, {"Id": self._jellyfin.collection.make(name, map(_guid, ids)).hex})

    async def add(self, request: Request) -> Response:
        query = self._user(request)
        is_there = self._jellyfin.collection.add(_id(request), map(_guid, query.several("ids")))
        return no_content() if is_there else problem(404)

    async def remove(self, request: Request) -> Response:
        self._jellyfin.tokens.require(request)
        query = Query.bind(request.query_params.multi_items(), {})
        entries = {id for text in query.several("entryIds") if (id := item_of(text)) is not None}
        return no_content() if self._jellyfin.collection.remove(_id(request), entries) else problem(404)

    def _user(self, request: Request) -> Query:
        """The query of a user, or one that names a user."""
        caller = self._jellyfin.tokens.require(request)
        query = Query.bind(request.query_params.multi_items(), {"userId": guid})
        if user_id(caller, query.text("userId")) is None:
            raise Refusal(failed(400))
        return query


def _id(request: Request) -> UUID:
    return _guid(request.path_params["item"])


def _guid(text: object) -> UUID:
    id = item_of(str(text))
    if id is None:
        raise Refusal(problem(400, {"id": [f"The value '{text}' is not valid."]}))
    return id
