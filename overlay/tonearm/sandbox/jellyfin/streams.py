"""Audio over one connection: the four stream operations, files, and /universal."""

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Self
from urllib.parse import quote
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from tonearm.sandbox import audio, library
from tonearm.sandbox.audio import AudioInfo
from tonearm.sandbox.context import Context
from tonearm.sandbox.jellyfin import output
from tonearm.sandbox.jellyfin.access import user_id
from tonearm.sandbox.jellyfin.answers import Refusal, failed, problem
from tonearm.sandbox.jellyfin.hls import master
from tonearm.sandbox.jellyfin.negotiation import Device
from tonearm.sandbox.jellyfin.original import original
from tonearm.sandbox.jellyfin.query import Query, boolean, guid, whole_number
from tonearm.sandbox.jellyfin.state import item_of, jellyfin_of
from tonearm.sandbox.jellyfin.transcodes import Key, Reader
from tonearm.sandbox.library import Item
from tonearm.sandbox.recording import AudioError

_POLL = 0.01
"""Seconds between two reads of a file that grows; the server waits 0.05."""
_MEDIA_TYPES = {
    "aac": "audio/aac", "ac3": "audio/ac3", "avi": "video/x-msvideo", "flac": "audio/flac", "flv": "video/x-flv",
    "m4a": "audio/mp4", "m4b": "audio/mp4", "mka": "audio/x-matroska", "mkv": "video/x-matroska",
    "mov": "video/quicktime", "mp3": "audio/mpeg", "mp4": "video/mp4", "oga": "audio/ogg", "ogg": "audio/ogg",
    "ogv": "video/ogg", "opus": "audio/ogg", "ts": "video/mp2t", "wav": "audio/wav", "webm": "video/webm",
    "webma": "audio/webm", "wma": "audio/x-ms-wma",
}  # fmt: skip
_UNIVERSAL_CHECKS = {
    "userId": guid,
    **dict.fromkeys(
        (
            "maxAudioChannels", "transcodingAudioChannels", "maxStreamingBitrate", "audioBitRate",
            "maxAudioSampleRate", "maxAudioBitDepth",
        ),
        whole_number(),
    ),
    "startTimeTicks": whole_number(64),
    **dict.fromkeys(("enableRemoteMedia", "enableAudioVbrEncoding", "enableRedirection"), boolean),
}  # fmt: skip


class Streams:
    """The stream operations over one library."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._jellyfin = jellyfin_of(context)

    async def stream(self, request: Request) -> Response:
        """Answer GET and HEAD of /Audio/{item}/stream[.{container}]; without authentication (v10.11.11)."""
        container = request.path_params.get("container")
        item_id = item_of(request.path_params["item"])
        if item_id is None:
            return problem(400, {"itemId": [f"The value '{request.path_params['item']}' is not valid."]})
        try:
            query = Query.of_stream(
                request.query_params.multi_items(), container=container, version=self._context.jellyfin
            )
        except IndexError:
            return failed(500)
        item = await self._find(item_id)
        if item is None:
            return failed(404)
        wrong = _media_source(query, item_id)
        if wrong is not None:
            return failed(wrong)
        if query.flag("static"):
            ending = query.text("container") or ""
            return await original(request, item.path, _media_type(ending, item.path.suffix.removeprefix(".")))
        return await self._transcode(request, item.path, query, url_extension=container)

    async def universal(self, request: Request) -> Response:
        """Answer GET and HEAD of /Audio/{item}/universal: the file where the device plays it, else a transcode.

        The play session of the transcode is the server's own, so no client can end it. The codec is inferred from the
        path, which has no extension here: without audioCodec it is AAC, whatever the container (v10.11.11).
        """
        caller = self._jellyfin.tokens.require(request)
        pairs = request.query_params.multi_items()
        query = Query.bind(pairs, _UNIVERSAL_CHECKS)
        if user_id(caller, query.text("userId")) is None:
            return failed(400)  # an API key has no user: "Guid can't be empty"
        item_id = item_of(request.path_params["item"])
        track = None if item_id is None else await run_in_threadpool(self._jellyfin.catalogue.track, item_id)
        if track is None:
            return problem(404)
        containers = [value for name, value in pairs if name.lower() == "container"]
        device = Device.of_universal(query, containers)
        if device.reason(track.sound) is None:
            return await original(request, track.item.path, media_type_of(track.item.path))
        if (query.text("transcodingProtocol") or "").lower() == "hls":
            return master(request, device.transcoding or ("ts", None), uuid.uuid4().hex)
        container, codec = device.transcoding or ("mp3", None)
        parameters = {
            "container": container,
            "audiocodec": codec,
            "audiosamplerate": query.text("maxAudioSampleRate"),
            "maxaudiochannels": query.text("maxAudioChannels"),
            "audiobitrate": query.text("audioBitRate") or query.text("maxStreamingBitrate"),
            "starttimeticks": query.text("startTimeTicks"),
            "deviceid": query.text("deviceId"),
            "playsessionid": uuid.uuid4().hex,
        }
        values = {name: value for name, value in parameters.items() if value is not None}
        return await self._transcode(request, track.item.path, Query(values, query.options), url_extension=None)

    async def file(self, request: Request) -> Response:
        """Answer /Items/{item}/File: the original, for anyone with a token."""
        item = await self._required(request)
        return await original(request, item.path, media_type_of(item.path))

    async def download(self, request: Request) -> Response:
        """Answer /Items/{item}/Download: the original with its name."""
        item = await self._required(request)
        name = library.readable(item.path.name).replace('"', "")
        plain = name.encode("ascii", "replace").decode().replace("?", "_")
        disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
        return await original(request, item.path, media_type_of(item.path), extra={"content-disposition": disposition})

    async def _required(self, request: Request) -> Item:
        self._jellyfin.tokens.require(request)
        item_id = item_of(request.path_params["item"])
        item = None if item_id is None else await self._find(item_id)
        if item is None:
            raise Refusal(problem(404))
        return item

    async def _find(self, item_id: UUID) -> Item | None:
        return await run_in_threadpool(library.find, self._context.library, item_id)

    async def _transcode(self, request: Request, path: Path, query: Query, *, url_extension: str | None) -> Response:
        """Answer with the file encoded again: chunked, without a length, and ignoring Range.

        HEAD starts nothing, so its 200 does not promise that GET succeeds.
        """
        try:
            source = await run_in_threadpool(audio.probe, path)
            ending = output.extension(query, source)
            headers = {"accept-ranges": "none"}
            if request.method == "HEAD":
                head = Response(headers=headers, media_type=_media_type(ending))
                del head.headers["content-length"]
                return head
            key = Key(
                path,
                request.headers.get("user-agent", ""),
                query.text("deviceId") or "",
                query.text("playSessionId") or "",
                ending,
            )
            version = self._context.jellyfin

            def make() -> Iterator[bytes]:
                encoding = output.choose(query, source, url_extension=url_extension, version=version)
                if encoding.codec == "copy":
                    return audio.remux(path, encoding.muxer)
                return audio.transcode(path, encoding, start=_start(query, source))

            reader = await run_in_threadpool(self._jellyfin.transcodes.open, key, make)
        except AudioError:
            return failed(500)
        return _Progressive(reader, _media_type(ending), headers)


class _Progressive(StreamingResponse):
    """A transcode's file while it grows; its reader leaves when the response ends, however it ends."""

    def __init__(self, reader: Reader, media_type: str, headers: dict[str, str]) -> None:
        super().__init__(_Growing(reader), headers=headers, media_type=media_type)
        self._reader = reader

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._reader.close()


class _Growing:
    """The blocks of a reader, until the transcode has ended."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        while (block := await run_in_threadpool(self._reader.read)) is not None:
            if block:
                return block
            await asyncio.sleep(_POLL)
        raise StopAsyncIteration


def media_type_of(path: Path) -> str:
    return _media_type(path.suffix.removeprefix("."))


def _start(query: Query, source: AudioInfo) -> float:
    return output.start(query, source.duration)


def _media_type(*endings: str) -> str:
    """Return the media type of the first ending that has one; text types without a charset."""
    types = (_MEDIA_TYPES.get(ending.lower()) for ending in endings)
    return next((media_type for media_type in types if media_type), "application/octet-stream")


def _media_source(query: Query, item_id: UUID) -> int | None:
    """Return the status that refuses a mediaSourceId: 500 if it is no GUID, 400 if no file has it."""
    text = query.text("mediaSourceId")
    if text is None:
        return None
    try:
        return None if UUID(text) == item_id else 400
    except ValueError:
        return 500
