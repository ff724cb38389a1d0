"""HTTP Live Streaming: the playlist of an item, that of its one variant, and the segments (tag v10.11.11)."""

from pathlib import Path
from urllib.parse import urlencode

from attrs import evolve
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tonearm.sandbox import audio, library
from tonearm.sandbox.context import Context
from tonearm.sandbox.jellyfin import output
from tonearm.sandbox.jellyfin.answers import Refusal, failed, problem
from tonearm.sandbox.jellyfin.query import Query, needed
from tonearm.sandbox.jellyfin.segments import CONTAINERS, LENGTH, Wanted
from tonearm.sandbox.jellyfin.state import item_of, jellyfin_of
from tonearm.sandbox.recording import AudioError

TYPE = "application/x-mpegURL"
"""The media type of a playlist."""

_OWN = frozenset({"runtimeticks", "actualsegmentlengthticks"})
_BANDWIDTH = 256_000
"""Bits per second in a master playlist if the request names no bit rate."""


class Playlists:
    """The operations of one library; each needs a token, which the addresses of segments contain."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._jellyfin = jellyfin_of(context)

    async def master(self, request: Request) -> Response:
        """Answer GET and HEAD of /Audio/{item}/master.m3u8: a playlist of one variant; the media source is needed."""
        self._jellyfin.tokens.require(request)
        pairs = request.query_params.multi_items()
        Query.bind(pairs, {"mediaSourceId": needed})
        await self._item(request)
        return _master(pairs)

    async def main(self, request: Request) -> Response:
        """Answer /Audio/{item}/main.m3u8: the segments, from the first to the last."""
        wanted, pairs = await self._wanted(request, None)
        try:
            text = await run_in_threadpool(self._jellyfin.segments.playlist, wanted, pairs)
        except AudioError:
            return failed(500)
        return Response(text, media_type=TYPE)

    async def segment(self, request: Request) -> Response:
        """Answer /Audio/{item}/hls1/{playlist}/{segment}.{container}: the times are required, and ignored."""
        Query.bind(request.query_params.multi_items(), {"runtimeTicks": needed, "actualSegmentLengthTicks": needed})
        try:
            number = int(request.path_params["segment"])
        except ValueError:
            return problem(400)
        wanted, _ = await self._wanted(request, request.path_params["container"].lower())
        try:
            content = await run_in_threadpool(self._jellyfin.segments.segment, wanted, number)
        except AudioError:
            return failed(500)
        return failed(404) if content is None else Response(content, media_type=CONTAINERS[wanted.container])

    async def _wanted(self, request: Request, container: str | None) -> tuple[Wanted, list[tuple[str, str]]]:
        """The requested encoding, and the parameters for its segments."""
        self._jellyfin.tokens.require(request)
        pairs = [pair for pair in request.query_params.multi_items() if pair[0].lower() not in _OWN]
        named = Query.of_stream(pairs, container=None, version=self._context.jellyfin)
        ending = container or (named.text("segmentContainer") or "ts").lower()
        path = await self._item(request)
        # Without a codec the server uses the path's extension as one, which fails (jellyfin issue 12926).
        if ending not in CONTAINERS or named.text("audioCodec") is None:
            raise Refusal(failed(500))
        query = Query.of_stream(pairs, container=ending, version=self._context.jellyfin)
        try:
            source = await run_in_threadpool(audio.probe, path)
            encoding = output.choose(query, source, url_extension=None, version=self._context.jellyfin)
        except AudioError as error:
            raise Refusal(failed(500)) from error
        if encoding.codec == "copy":
            encoding = evolve(encoding, codec="aac")
        length = max(1, query.integer("segmentLength") or LENGTH)
        return Wanted(path, encoding, ending, length, query.text("playSessionId") or ""), pairs

    async def _item(self, request: Request) -> Path:
        wanted = item_of(request.path_params["item"])
        item = None if wanted is None else await run_in_threadpool(library.find, self._context.library, wanted)
        if item is None:
            raise Refusal(failed(404))
        return item.path


def master(request: Request, made: tuple[str, str | None], play_session: str) -> Response:
    """The response of /universal for segments: their playlist, with a play session of the server."""
    container, codec = made
    own = {"segmentcontainer": container if container in CONTAINERS else "ts", "audiocodec": codec or "aac"}
    own["playsessionid"] = play_session
    kept = [pair for pair in request.query_params.multi_items() if pair[0].lower() not in own]
    return _master([*kept, *own.items()])


def _master(pairs: list[tuple[str, str]]) -> Response:
    requested = next((value for name, value in pairs if name.lower() in ("audiobitrate", "maxstreamingbitrate")), "")
    rate = int(requested) if requested.isdecimal() else _BANDWIDTH
    lines = ["#EXTM3U", f"#EXT-X-STREAM-INF:BANDWIDTH={rate},AVERAGE-BANDWIDTH={rate}", f"main.m3u8?{urlencode(pairs)}"]
    return Response("\n".join([*lines, ""]), media_type=TYPE)
