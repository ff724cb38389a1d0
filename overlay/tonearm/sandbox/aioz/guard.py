"""Checks before every handler: keys and rate limits; and the envelopes of errors."""

import logging
from collections.abc import Awaitable, Callable, Collection

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox.aioz.access import RateWindow, Scope, class_of
from tonearm.sandbox.aioz.keys import Keys
from tonearm.sandbox.aioz.refusal import Refused

_log = logging.getLogger("tonearm.sandbox")
_METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]

Handler = Callable[[Request], Awaitable[Response]]


@frozen
class Guard:
    """Wraps the handlers.

    The envelope is `{status, message}` (Go client v1.0.19 OpenAPI); the word in its `status` is documented nowhere.
    """

    error_status: str
    rate: RateWindow
    keys: Keys

    def operation(self, handler: Handler, scopes: Collection[Scope] | None) -> Handler:
        """Allow keys of some scopes (None: everybody), within the limit per minute."""

        async def endpoint(request: Request) -> Response:
            within, headers = self.rate.take(class_of(request.method, request.url.path))

            async def checked(request: Request) -> Response:
                if not within:
                    raise Refused("too many requests", 429)
                if request.method == "HEAD":  # which Starlette adds to every GET, also to `complete`
                    raise Refused("not found", 404)
                allowed = await run_in_threadpool(self.keys.scope, request.headers)
                if scopes is not None and allowed is None:
                    raise Refused("the keys are missing or not valid", 401)
                if scopes is not None and allowed not in scopes:
                    raise Refused(f"a key of the type {allowed} may not do this", 403)
                return await handler(request)

            response = await self._answered(checked, request)
            response.headers.update(headers)
            return response

        return endpoint

    def asset(self, handler: Handler) -> Handler:
        """Allow everybody, as players have no keys."""

        async def endpoint(request: Request) -> Response:
            return await self._answered(handler, request)

        return endpoint

    def rest(self) -> BaseRoute:
        """Answer requests without another route."""

        async def nothing(_: Request) -> Response:
            raise Refused("not found", 404)

        return Route("/{rest:path}", self.operation(nothing, None), methods=_METHODS)

    async def _answered(self, handler: Handler, request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refused:
            return self._failure(refused.message, refused.status)
        except ClientDisconnect:
            raise
        except Exception:
            _log.exception("%s %s failed", request.method, request.url.path)
            return self._failure("internal server error", 500)

    def _failure(self, text: str, status: int) -> Response:
        # The Node client v1.0.19 refuses every type but plain application/json: no charset.
        return JSONResponse({"status": self.error_status, "message": text}, status)
