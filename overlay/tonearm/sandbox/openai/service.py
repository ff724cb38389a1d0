"""The routes, and what all their answers have in common: the key, the error envelope and the headers."""

import time
import uuid
from collections.abc import Awaitable, Callable
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox.context import Context
from tonearm.sandbox.openai.body import Body
from tonearm.sandbox.openai.recognition import create_transcription, create_translation
from tonearm.sandbox.openai.refusal import Refusal
from tonearm.sandbox.openai.speech import create_speech
from tonearm.sandbox.recogniser import Recogniser, RecogniserFailed
from tonearm.sandbox.voices import SpeechError

KEY = "sandbox-key"

_Operation = Callable[[Body], Awaitable[Response]]
_recognisers: WeakKeyDictionary[Context, Recogniser] = WeakKeyDictionary()


def routes(context: Context) -> list[BaseRoute]:
    """Give the service's routes."""
    recogniser = _recognisers.setdefault(context, Recogniser())

    async def transcribe(body: Body) -> Response:
        return await create_transcription(body, recogniser)

    async def translate(body: Body) -> Response:
        return await create_translation(body, recogniser)

    return [
        Route("/audio/speech", _endpoint(create_speech), methods=["POST"]),
        Route("/audio/transcriptions", _endpoint(transcribe), methods=["POST"]),
        Route("/audio/translations", _endpoint(translate), methods=["POST"]),
        Route("/{path:path}", _unknown, methods=["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"]),
    ]


def shutdown(context: Context) -> None:
    """End the recogniser's process."""
    recogniser = _recognisers.pop(context, None)
    if recogniser is not None:
        recogniser.close()


def _endpoint(operation: _Operation) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        started = time.perf_counter()
        body = Body(request)
        try:
            _check_key(request)
            response = await operation(body)
        except Refusal as refusal:
            await body.drain()
            response = refusal.response()
        except (RecogniserFailed, SpeechError) as error:
            message = f"The server had an error while processing your request. ({error})"
            response = Refusal(message, status=500, kind="server_error").response()
        response.headers["openai-processing-ms"] = str(round((time.perf_counter() - started) * 1000))
        return _named(response)

    return endpoint


async def _unknown(request: Request) -> Response:
    await Body(request).drain()
    path = request.path_params["path"]
    return _named(Refusal(f"Invalid URL ({request.method} /v1/{path})", status=404).response())


def _named(response: Response) -> Response:
    response.headers["openai-version"] = "2020-10-01"
    response.headers["x-request-id"] = f"req_{uuid.uuid4().hex}"
    return response


def _check_key(request: Request) -> None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        message = "You didn't provide an API key. Send it as `Authorization: Bearer KEY`."
        raise Refusal(message, status=401)
    if key.strip() != KEY:
        raise Refusal("Incorrect API key provided.", status=401, code="invalid_api_key")
