"""The routes: the four stream operations and the server's public information."""

import re
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox import audio, library
from tonearm.sandbox.audio import AudioError
from tonearm.sandbox.context import Context
from tonearm.sandbox.jellyfin import output
from tonearm.sandbox.jellyfin.original import original
from tonearm.sandbox.jellyfin.query import InvalidQuery, Query
from tonearm.sandbox.streaming import stream

VERSION = "10.11.11"

_MEDIA_TYPES = {
    "aac": "audio/aac", "ac3": "audio/ac3", "avi": "video/x-msvideo", "flac": "audio/flac", "flv": "video/x-flv",
    "m4a": "audio/mp4", "m4b": "audio/mp4", "mka": "audio/x-matroska", "mkv": "video/x-matroska",
    "mov": "video/quicktime", "mp3": "audio/mpeg", "mp4": "video/mp4", "oga": "audio/ogg", "ogg": "audio/ogg",
    "ogv": "video/ogg", "opus": "audio/ogg", "ts": "video/mp2t", "wav": "audio/wav", "webm": "video/webm",
    "webma": "audio/webm", "wma": "audio/x-ms-wma",
}  # fmt: skip


def routes(context: Context) -> list[BaseRoute]:
    """Give the service's routes; paths are matched in any case, as the server does."""
    streams = _Streams(context)

    async def information(_: Request) -> Response:
        return JSONResponse(
            {
                "LocalAddress": f"{context.base_url}/jellyfin",
                "ServerName": "tonearm sandbox",
                "Version": VERSION,
                "ProductName": "Jellyfin Server",
                "OperatingSystem": "",
                "Id": uuid.uuid5(uuid.NAMESPACE_URL, "tonearm:sandbox:jellyfin").hex,
                "StartupWizardCompleted": True,
            }
        )

    return [
        _AnyCase("/Audio/{item}/stream", streams.answer, methods=["GET", "HEAD"]),
        _AnyCase("/Audio/{item}/stream.{container}", streams.answer, methods=["GET", "HEAD"]),
        _AnyCase("/System/Info/Public", information, methods=["GET"]),
    ]


class _AnyCase(Route):
    def __init__(self, path: str, endpoint: Callable[[Request], Awaitable[Response]], *, methods: list[str]) -> None:
        super().__init__(path, endpoint, methods=methods)
        self.path_regex = re.compile(self.path_regex.pattern, re.IGNORECASE)


class _Streams:
    """The stream operations over one library; none asks who is there (Jellyfin server source, tag v10.11.11)."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def answer(self, request: Request) -> Response:
        container = request.path_params.get("container")
        try:
            item_id = UUID(request.path_params["item"])
        except ValueError:
            return _invalid({"itemId": [f"The value '{request.path_params['item']}' is not valid."]})
        try:
            query = Query.read(request.query_params.multi_items(), container=container)
        except InvalidQuery as error:
            return _invalid(error.errors)
        except IndexError:
            return _failed(500)
        item = await run_in_threadpool(library.find, self._context.library, item_id)
        if item is None:
            return _failed(404)
        wrong = _media_source(query, item_id)
        if wrong is not None:
            return _failed(wrong)
        if query.flag("static"):
            ending = query.text("container") or ""
            return await original(request, item.path, _media_type(ending, item.path.suffix.removeprefix(".")))
        try:
            return await self._transcode(request, item.path, query, container)
        except AudioError:
            return _failed(500)

    async def _transcode(self, request: Request, path: Path, query: Query, url_extension: str | None) -> Response:
        """Answer with the file encoded anew: chunked, without a length, and deaf to Range.

        HEAD starts nothing, so its 200 does not promise that GET succeeds.
        """
        source = await run_in_threadpool(audio.probe, path)
        headers = {"accept-ranges": "none"}
        if request.method == "HEAD":
            head = Response(headers=headers, media_type=_media_type(output.extension(query, source)))
            del head.headers["content-length"]
            return head
        made = output.choose(query, source, url_extension=url_extension)
        if made.encoding.codec == "copy":
            blocks = audio.remux(path, made.encoding.muxer)
        else:
            blocks = audio.transcode(path, made.encoding, start=output.start(query, source.duration))
        return await stream(blocks, media_type=_media_type(made.extension), headers=headers)


def _media_type(*endings: str) -> str:
    """Give the media type of the first ending that has one; types of text get no charset here."""
    types = (_MEDIA_TYPES.get(ending.lower()) for ending in endings)
    return next((found for found in types if found), "application/octet-stream")


def _media_source(query: Query, item_id: UUID) -> int | None:
    """Give the status that refuses a mediaSourceId: 500 for what is no GUID, 400 for that of no version."""
    text = query.text("mediaSourceId")
    if text is None:
        return None
    try:
        return None if UUID(text) == item_id else 400
    except ValueError:
        return 500


def _failed(status: int) -> Response:
    return PlainTextResponse("Error processing request.", status)


def _invalid(errors: dict[str, list[str]]) -> Response:
    """Answer as ASP.NET Core does when model binding fails (RFC 7807)."""
    return JSONResponse(
        {
            "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
            "title": "One or more validation errors occurred.",
            "status": 400,
            "errors": errors,
            "traceId": f"00-{uuid.uuid4().hex}-{uuid.uuid4().hex[:16]}-00",
        },
        400,
        media_type="application/problem+json; charset=utf-8",
    )
