"""The routes of the Jellyfin service, and the checks before all of them: start-up and the old prefixes."""

import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from tonearm.sandbox.context import Context
from tonearm.sandbox.jellyfin.answers import Refusal, problem
from tonearm.sandbox.jellyfin.browsing import Browsing
from tonearm.sandbox.jellyfin.collecting import Collecting
from tonearm.sandbox.jellyfin.hls import Playlists
from tonearm.sandbox.jellyfin.other_ids import OtherIds
from tonearm.sandbox.jellyfin.playback import Playback
from tonearm.sandbox.jellyfin.query import InvalidQuery
from tonearm.sandbox.jellyfin.sessions import Sessions
from tonearm.sandbox.jellyfin.startup import StartUp
from tonearm.sandbox.jellyfin.state import jellyfin_of
from tonearm.sandbox.jellyfin.streams import Streams

_PREFIXES = ("/emby", "/mediabrowser")

Handler = Callable[[Request], Awaitable[Response]]


def routes(context: Context) -> list[BaseRoute]:
    """Start the service and return its routes; paths are case-insensitive, as in the server."""
    jellyfin = jellyfin_of(context)
    jellyfin.end_all()
    streams, sessions, browsing, playback = Streams(context), Sessions(context), Browsing(context), Playback(context)
    collecting, playlists = Collecting(context), Playlists(context)
    both = ("GET", "HEAD")
    table = [
        _route("/Audio/{item}/stream", streams.stream, *both),
        _route("/Audio/{item}/stream.{container}", streams.stream, *both),
        _route("/Audio/{item}/universal", streams.universal, *both),
        _route("/Audio/{item}/master.m3u8", playlists.master, *both),
        _route("/Audio/{item}/main.m3u8", playlists.main, "GET"),
        _route("/Audio/{item}/hls1/{playlist}/{segment}.{container}", playlists.segment, "GET"),
        _route("/Items/{item}/File", streams.file, *both),
        _route("/Items/{item}/Download", streams.download, *both),
        _route("/System/Info/Public", sessions.public_information, "GET"),
        _route("/System/Info", sessions.information, "GET"),
        _route("/System/Ping", sessions.ping, "GET", "POST"),
        _route("/health", sessions.health, "GET"),
        _route("/Users/AuthenticateByName", sessions.log_in, "POST"),
        _route("/Users/AuthenticateWithQuickConnect", sessions.redeem, "POST"),
        _route("/QuickConnect/Enabled", sessions.quick_connect_enabled, "GET"),
        _route("/QuickConnect/Initiate", sessions.initiate, "POST"),
        _route("/QuickConnect/Connect", sessions.look, "GET"),
        _route("/QuickConnect/Authorize", sessions.authorize, "POST"),
        _route("/Users/Me", sessions.me, "GET"),
        _route("/Users/Public", sessions.public_users, "GET"),
        _route("/Users", sessions.users, "GET"),
        _route("/Users/{user}", sessions.user, "GET"),
        _route("/Sessions/Logout", sessions.log_out, "POST"),
        _route("/Sessions/Capabilities/Full", sessions.capabilities, "POST"),
        _route("/Items", browsing.items, "GET"),
        _route("/Users/{user}/Items", browsing.items, "GET"),
        _route("/Items/{item}", browsing.item, "GET"),
        _route("/Users/{user}/Items/{item}", browsing.item, "GET"),
        _route("/UserViews", browsing.views, "GET"),
        _route("/Users/{user}/Views", browsing.views, "GET"),
        _route("/Artists", browsing.artists, "GET"),
        _route("/Artists/AlbumArtists", browsing.album_artists, "GET"),
        _route("/Playlists", collecting.create, "POST"),
        _route("/Playlists/{item}/Items", browsing.playlist, "GET"),
        _route("/Playlists/{item}/Items", collecting.add, "POST"),
        _route("/Playlists/{item}/Items", collecting.remove, "DELETE"),
        _route("/Items/{item}/InstantMix", browsing.mix, "GET"),
        _route("/Items/{item}/Similar", browsing.similar, "GET"),
        _route("/Items/{item}/Images/{kind}", browsing.picture, *both),
        _route("/UserFavoriteItems/{item}", collecting.mark, "POST"),
        _route("/UserFavoriteItems/{item}", collecting.unmark, "DELETE"),
        _route("/Search/Hints", browsing.hints, "GET"),
        _route("/Items/{item}/PlaybackInfo", playback.look, "GET"),
        _route("/Items/{item}/PlaybackInfo", playback.negotiate, "POST"),
        _route("/Sessions/Playing", playback.playing, "POST"),
        _route("/Sessions/Playing/Progress", playback.progress, "POST"),
        _route("/Sessions/Playing/Stopped", playback.stopped, "POST"),
        _route("/Sessions/Playing/Ping", playback.ping, "POST"),
        _route("/Videos/ActiveEncodings", playback.end_encodings, "DELETE"),
        _route("/Audio/{item}/Lyrics", browsing.lyrics, "GET"),
        _route("/Audio/{item}/Lyrics", browsing.put_lyrics, "POST"),
        _route("/Audio/{item}/Lyrics", browsing.delete_lyrics, "DELETE"),
    ]
    front: ASGIApp = _Front(Router(table, redirect_slashes=False), jellyfin.start_up)
    return [Mount("", app=OtherIds(front) if context.jellyfin_ids == "navidrome" else front)]


def shutdown(context: Context) -> None:
    """End the background work; called once, after the server stopped."""
    jellyfin_of(context).end_all()


class _Front:
    """Answers while the server starts, and removes /emby and /mediabrowser from the path."""

    def __init__(self, router: Router, start_up: StartUp) -> None:
        self._router = router
        self._start_up = start_up

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root: str = scope.get("root_path", "")
        path = str(scope["path"])[len(root) :]
        prefix = next((prefix for prefix in _PREFIXES if path.lower().startswith(f"{prefix}/")), "")
        if prefix:
            scope = {**scope, "root_path": root + path[: len(prefix)]}
        refusal = self._start_up.refusal(path[len(prefix) :].lower())
        await (self._router if refusal is None else refusal)(scope, receive, send)


class _AnyCase(Route):
    def __init__(self, path: str, endpoint: Handler, *, methods: tuple[str, ...]) -> None:
        super().__init__(path, endpoint, methods=methods)
        self.path_regex = re.compile(self.path_regex.pattern, re.IGNORECASE)
        self.methods = set(methods)  # without the HEAD that Starlette adds to GET


def _route(path: str, handler: Handler, *methods: str) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            return await handler(request)
        except Refusal as refusal:
            return refusal.response
        except InvalidQuery as error:
            return problem(400, error.errors)

    return _AnyCase(path, endpoint, methods=methods)
