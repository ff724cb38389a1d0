"""The server itself, users, and logins."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tonearm.sandbox.context import Context
from tonearm.sandbox.jellyfin.access import PASSWORD, USER, USER_ID, Caller
from tonearm.sandbox.jellyfin.answers import Refusal, answer, failed, json_body, no_content, problem
from tonearm.sandbox.jellyfin.login import welcome
from tonearm.sandbox.jellyfin.query import Query, needed
from tonearm.sandbox.jellyfin.shapes import SERVER_ID, Shape, user_shape
from tonearm.sandbox.jellyfin.state import item_of, jellyfin_of

VERSIONS = {"10.11": "10.11.11", "12.0": "12.0.0"}


class Sessions:
    """The operations of system, users and Quick Connect (Jellyfin server source, tag v10.11.11)."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._jellyfin = jellyfin_of(context)

    async def public_information(self, request: Request) -> Response:
        return answer(request, self._information())

    async def information(self, request: Request) -> Response:
        self._jellyfin.tokens.require(request)
        more = {"OperatingSystemDisplayName": "", "HasPendingRestart": False, "IsShuttingDown": False}
        return answer(request, self._information() | more)

    async def ping(self, request: Request) -> Response:
        return answer(request, "Jellyfin Server")

    async def health(self, _: Request) -> Response:
        return PlainTextResponse("Healthy")

    async def log_in(self, request: Request) -> Response:
        """Log in with name and password: 400 when the client does not name itself, 401 when they are wrong."""
        body = await json_body(request)
        caller = self._complete(request)
        if str(body.get("username", "")).lower() != USER or body.get("pw") != PASSWORD:
            return failed(401)
        return answer(request, welcome(self._jellyfin.tokens.add(caller)))

    async def redeem(self, request: Request) -> Response:
        caller = self._jellyfin.quick_connect.redeem(str((await json_body(request)).get("secret")))
        return failed(404) if caller is None else answer(request, welcome(self._jellyfin.tokens.add(caller)))

    async def quick_connect_enabled(self, request: Request) -> Response:
        return answer(request, self._jellyfin.quick_connect.enabled)

    async def initiate(self, request: Request) -> Response:
        caller = self._complete(request)
        if not self._jellyfin.quick_connect.enabled:
            return failed(401)
        return answer(request, self._jellyfin.quick_connect.begin(caller))

    async def look(self, request: Request) -> Response:
        query = Query.bind(request.query_params.multi_items(), {"secret": needed})
        state = self._jellyfin.quick_connect.look(query.text("secret") or "")
        return PlainTextResponse("Unknown secret", 404) if state is None else answer(request, state)

    async def authorize(self, request: Request) -> Response:
        self._user(request)
        query = Query.bind(request.query_params.multi_items(), {"code": needed})
        approved = self._jellyfin.approve(query.text("code") or "")
        return answer(request, True) if approved else failed(404)

    async def me(self, request: Request) -> Response:
        """Answer with the user of the token; an API key has none: 400."""
        self._user(request)
        return answer(request, user_shape())

    async def users(self, request: Request) -> Response:
        self._jellyfin.tokens.require(request)
        return answer(request, [user_shape()])

    async def public_users(self, request: Request) -> Response:
        return answer(request, [])  # the user is hidden on the login screen

    async def user(self, request: Request) -> Response:
        self._jellyfin.tokens.require(request)
        known = item_of(request.path_params["user"]) == USER_ID
        return answer(request, user_shape()) if known else problem(404)

    async def log_out(self, request: Request) -> Response:
        self._jellyfin.tokens.end(self._jellyfin.tokens.require(request).token)
        return no_content()

    async def capabilities(self, request: Request) -> Response:
        self._jellyfin.tokens.require(request)
        await json_body(request)
        return no_content()

    def _information(self) -> Shape:
        return {
            "LocalAddress": f"{self._context.base_url}/jellyfin",
            "ServerName": "tonearm sandbox",
            "Version": VERSIONS[self._context.jellyfin],
            "ProductName": "Jellyfin Server",
            "OperatingSystem": "",
            "Id": SERVER_ID,
            "StartupWizardCompleted": True,
        }

    def _complete(self, request: Request) -> Caller:
        caller = self._jellyfin.tokens.caller(request)
        if not caller.is_complete:
            raise Refusal(failed(400))
        return caller

    def _user(self, request: Request) -> Caller:
        caller = self._jellyfin.tokens.require(request)
        if caller.kind != "user":
            raise Refusal(problem(400))
        return caller
