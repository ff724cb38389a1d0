"""Playback: media sources for a device, playback reports, and the end of transcodes."""

import uuid
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tonearm.sandbox.context import Context
from tonearm.sandbox.jellyfin.access import Caller, user_id
from tonearm.sandbox.jellyfin.answers import Refusal, answer, json_body, no_content, problem
from tonearm.sandbox.jellyfin.catalogue import Track
from tonearm.sandbox.jellyfin.negotiation import Device, negotiated
from tonearm.sandbox.jellyfin.query import Query, guid, needed
from tonearm.sandbox.jellyfin.shapes import Shape, media_source
from tonearm.sandbox.jellyfin.state import item_of, jellyfin_of


class Playback:
    """The operations of media info, play state and active encodings (Jellyfin server source, tag v10.11.11)."""

    def __init__(self, context: Context) -> None:
        self._jellyfin = jellyfin_of(context)

    async def look(self, request: Request) -> Response:
        """Answer GET: the media sources, without negotiation."""
        caller = self._jellyfin.tokens.require(request)
        query = Query.bind(request.query_params.multi_items(), {"userId": guid})
        user_id(caller, query.text("userId"))
        track = await self._track(request)
        return answer(request, _playback([media_source(track)]))

    async def negotiate(self, request: Request) -> Response:
        """Answer POST: each media source for the device of the body's DeviceProfile."""
        caller = self._jellyfin.tokens.require(request)
        body = await json_body(request) if await request.body() else {}
        user_id(caller, body.get("userid"))
        track = await self._track(request)
        wanted = body.get("mediasourceid")
        if wanted is not None and item_of(str(wanted)) != track.item.id:
            return answer(request, _playback([]))
        play_session = uuid.uuid4().hex
        return answer(request, _playback([_source(track, body, caller, play_session)], play_session))

    async def playing(self, request: Request) -> Response:
        return await self._report(request, "Playing")

    async def progress(self, request: Request) -> Response:
        return await self._report(request, "Progress")

    async def stopped(self, request: Request) -> Response:
        """Answer that playback stopped, which ends the transcodes of its play session."""
        done = await self._report(request, "Stopped")
        play_session = self._jellyfin.reports[-1].body.get("playsessionid")
        if play_session:
            await run_in_threadpool(self._jellyfin.end, str(play_session))
        return done

    async def ping(self, request: Request) -> Response:
        self._jellyfin.tokens.require(request)
        query = Query.bind(request.query_params.multi_items(), {"playSessionId": needed})
        self._jellyfin.report("Ping", {"playsessionid": query.text("playSessionId")})
        return no_content()

    async def end_encodings(self, request: Request) -> Response:
        """End the transcodes of a play session; the device is required, and ignored."""
        self._jellyfin.tokens.require(request)
        query = Query.bind(request.query_params.multi_items(), {"deviceId": needed, "playSessionId": needed})
        await run_in_threadpool(self._jellyfin.end, query.text("playSessionId") or "")
        return no_content()

    async def _report(self, request: Request, kind: str) -> Response:
        self._jellyfin.tokens.require(request)
        body = await json_body(request)
        if guid("ItemId", body.get("itemid")):
            raise Refusal(problem(400, {"$.ItemId": ["The JSON value could not be converted to System.Guid."]}))
        self._jellyfin.report(kind, body)
        return no_content()

    async def _track(self, request: Request) -> Track:
        wanted = item_of(request.path_params["item"])
        track = None if wanted is None else await run_in_threadpool(self._jellyfin.catalogue.track, wanted)
        if track is None:
            raise Refusal(problem(404))
        return track


def _source(track: Track, body: dict[str, Any], caller: Caller, play_session: str) -> Shape:
    profile = body.get("deviceprofile")
    if not profile:
        return media_source(track)
    device = Device.of_profile(profile, body.get("maxstreamingbitrate"), body.get("maxaudiochannels"))
    return negotiated(track, device, device_id=caller.device_id, play_session=play_session, token=caller.token)


def _playback(sources: list[Shape], play_session: str | None = None) -> Shape:
    """Return a PlaybackInfoResponse; without a source there is an error code and no play session."""
    if not sources:
        return {"MediaSources": [], "ErrorCode": "NoCompatibleStream"}
    return {"MediaSources": sources, "PlaySessionId": play_session or uuid.uuid4().hex}
