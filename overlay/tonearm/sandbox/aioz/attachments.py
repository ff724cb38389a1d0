"""Attachments of an object: captions, transcripts and chapters by language, and the cover picture."""

import re
from pathlib import PurePosixPath
from typing import Literal, get_args

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox.aioz import checks
from tonearm.sandbox.aioz.access import Scope
from tonearm.sandbox.aioz.default_cover import default_cover
from tonearm.sandbox.aioz.envelopes import message, success
from tonearm.sandbox.aioz.fields import Fields
from tonearm.sandbox.aioz.forms import one_file
from tonearm.sandbox.aioz.guard import Guard, Handler
from tonearm.sandbox.aioz.objects import Json
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.service import Service
from tonearm.sandbox.aioz.store import COVER

Kind = Literal["captions", "transcripts", "chapters"]

LARGEST_TRACK, LARGEST_PICTURE = 4 * 1024 * 1024, 10 * 1024 * 1024
"""Bytes; the service's own limits are not documented."""

PICTURES = {b"\x89PNG\r\n\x1a\n": ("image/png", (".png",)), b"\xff\xd8\xff": ("image/jpeg", (".jpg", ".jpeg"))}

_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE | re.ASCII)
_FULL: tuple[Scope, ...] = ("full_access",)


@frozen
class Attachments:
    """The handlers; `api` is the base URL that the tracks' URLs begin with.

    Transcripts and chapters are in the AIOZ Stream documentation, captions and the picture in the OpenAPI description
    of the Go client v1.0.19, whose tests show what is refused.
    """

    service: Service
    api: str
    guard: Guard

    def routes(self) -> list[BaseRoute]:
        """Return the routes: the operations, and the addresses of the attachments."""
        operations: list[tuple[str, str, Handler]] = [
            ("POST", "/media/{id}/thumbnail", self.set_picture),
            ("DELETE", "/media/{id}/thumbnail", self.drop_picture),
        ]
        files: list[tuple[str, Handler]] = [("/media/{id}/thumbnail", self.picture)]
        for kind in get_args(Kind):
            tracks = _Tracks(self, kind)
            operations += [
                ("GET", f"/media/{{id}}/{kind}", tracks.list),
                ("POST", f"/media/{{id}}/{kind}/{{lan}}", tracks.create),
                ("DELETE", f"/media/{{id}}/{kind}/{{lan}}", tracks.delete),
            ]
            if kind != "chapters":
                operations.append(("PATCH", f"/media/{{id}}/{kind}/{{lan}}", tracks.choose))
            files.append((f"/media/{{id}}/{kind}/{{lan}}.vtt", tracks.file))
        return [
            *(
                Route(path, self.guard.operation(handler, _FULL), methods=[method])
                for method, path, handler in operations
            ),
            *(Route(path, self.guard.asset(handler), methods=["GET"]) for path, handler in files),
        ]

    def shown(self, media_id: str, kind: Kind) -> list[Json]:
        """Show the tracks of a kind as the service does, in the order in which they were added.

        Until one is chosen the first is the default.
        """
        languages = self.service.store.languages(media_id, kind)
        chosen = self.service.store.chosen(media_id, kind)
        default = languages[0] if languages and chosen is None else chosen
        return [self._shown(media_id, kind, language, default=language == default) for language in languages]

    def _shown(self, media_id: str, kind: Kind, language: str, *, default: bool) -> Json:
        track: Json = {"url": f"{self.api}/media/{media_id}/{kind}/{language}.vtt", "language": language}
        if kind != "chapters":
            track |= {"status": "done", "description": "", "is_default": default}
        if kind == "captions":
            track["is_generated"] = False
        return track

    async def set_picture(self, request: Request) -> Response:
        media = await run_in_threadpool(self.service.get, request.path_params["id"])
        name, content = await one_file(request, LARGEST_PICTURE)
        _, extensions = picture_of(content)
        # The Node client v1.0.19 names a file from memory `file`, without an extension.
        strict = self.service.options.cover_name == "contents"
        if strict and PurePosixPath(name).suffix and not name.lower().endswith(extensions):
            raise Refused(f"the extension of {name} is not that of its contents")
        await run_in_threadpool(self.service.store.attach, media.id, COVER, "", content)
        return message("Upload thumbnail successfully.")

    async def drop_picture(self, request: Request) -> Response:
        media = await run_in_threadpool(self.service.get, request.path_params["id"])
        await run_in_threadpool(self.service.store.detach, media.id, COVER, "")
        return message("Delete thumbnail successfully.")

    async def picture(self, request: Request) -> Response:
        content = await run_in_threadpool(self.content, request, COVER, "") or default_cover()
        return Response(content, media_type=picture_of(content)[0])

    def content(self, request: Request, kind: str, language: str) -> bytes | None:
        """Return the bytes of an attachment, if the request may play its object; None if there is none."""
        media = self.service.visible(request.path_params["id"], request.headers)
        return self.service.store.attached(media.id, kind, language)


@frozen
class _Tracks:
    """The handlers for the tracks of one kind."""

    home: Attachments
    kind: Kind

    @property
    def _singular(self) -> str:
        return self.kind.removesuffix("s")

    async def list(self, request: Request) -> Response:
        offset, limit = checks.paged(request.query_params)
        media = await run_in_threadpool(self.home.service.get, request.path_params["id"])
        tracks = await run_in_threadpool(self.home.shown, media.id, self.kind)
        return success({f"media_{self.kind}": tracks[offset : offset + limit] or None, "total": len(tracks)})

    async def create(self, request: Request) -> Response:
        media = await run_in_threadpool(self.home.service.get, request.path_params["id"])
        language = _language(request)
        name, content = await one_file(request, LARGEST_TRACK)
        _check_vtt(name, content)
        track = await run_in_threadpool(self._add, media.id, language, content)
        return success({f"media_{self._singular}": track}, 201)

    def _add(self, media_id: str, language: str, content: bytes) -> Json:
        store, refuse = self.home.service.store, self.home.service.options.track_again == "refuse"
        with store.lock:
            there = store.languages(media_id, self.kind)
            if self.kind == "transcripts" and _primary(language) in map(_primary, there):
                raise Refused(f"there is a transcript in the language {_primary(language)} already")
            if refuse and language in there:
                raise Refused(f"there are {self.kind} in the language {language} already")
            store.attach(media_id, self.kind, language, content)
            return next(track for track in self.home.shown(media_id, self.kind) if track["language"] == language)

    async def delete(self, request: Request) -> Response:
        media = await run_in_threadpool(self.home.service.get, request.path_params["id"])
        language = _language(request)
        if not await run_in_threadpool(self.home.service.store.detach, media.id, self.kind, language):
            raise Refused(f"there is no {self._singular} in the language {language}", 404)
        return message(f"Delete {self._singular} successfully.")

    async def choose(self, request: Request) -> Response:
        """Set or clear a track as the default.

        The OpenAPI description of the Go client v1.0.19 and the Node client send nothing but the request; the
        documentation and the tests of later Go clients send `is_default`.
        """
        media = await run_in_threadpool(self.home.service.get, request.path_params["id"])
        language = _language(request)
        store = self.home.service.store
        body = await request.body()
        is_json = request.headers.get("content-type", "").startswith("application/json")
        flag = Fields.parse(body).flag("is_default") if body and is_json else True
        if flag is None:
            raise Refused("is_default is required")
        with store.lock:
            if language not in store.languages(media.id, self.kind):
                raise Refused(f"there is no {self._singular} in the language {language}", 404)
            store.choose(media.id, self.kind, language if flag else "")
        return message(f"Set default {self._singular} successfully.")

    async def file(self, request: Request) -> Response:
        content = await run_in_threadpool(self.home.content, request, self.kind, request.path_params["lan"])
        if content is None:
            raise Refused("not found", 404)
        return Response(content, media_type="text/vtt")


def picture_of(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the media type of a picture, and the extensions for its name; refuse anything else."""
    for start, known in PICTURES.items():
        if content.startswith(start):
            return known
    raise Refused("file is neither PNG nor JPEG")


def _language(request: Request) -> str:
    language = str(request.path_params["lan"])
    # The tests of the Go client v1.0.19 expect the language "invalid" to be refused.
    if _TAG.fullmatch(language) is None:
        raise Refused(f"{language} is not a language")
    return language


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _check_vtt(name: str, content: bytes) -> None:
    if PurePosixPath(name).suffix and not name.lower().endswith(".vtt"):  # the Node client names it `file`
        raise Refused("file must be a .vtt file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("file is not UTF-8") from error
    if re.match(r"WEBVTT([ \t\r\n]|$)", text) is None:
        raise Refused("file is not a WebVTT file")
