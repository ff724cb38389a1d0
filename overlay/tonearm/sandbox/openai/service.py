"""The routes, and what all responses share: keys, limits, error envelopes and headers."""

import time
import uuid
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from attrs import define, field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox.context import Context
from tonearm.sandbox.openai import azure, keys, models, voices
from tonearm.sandbox.openai.body import Body
from tonearm.sandbox.openai.call import Call
from tonearm.sandbox.openai.engines import Engines, Human
from tonearm.sandbox.openai.models import Model
from tonearm.sandbox.openai.recognition import create_transcription, create_translation
from tonearm.sandbox.openai.refusal import Refusal, server_failed
from tonearm.sandbox.openai.results import Results
from tonearm.sandbox.openai.speech import create_speech
from tonearm.sandbox.openai.voice_store import VoiceStore
from tonearm.sandbox.recogniser import Recogniser, RecogniserFailed
from tonearm.sandbox.voices import SpeechError

_Operation = Callable[[Call], Awaitable[Response]]
_METHODS = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"]
_CREATED = 1_750_000_000  # every model of the sandbox is as old


@define
class _Service:
    """What the requests of one sandbox share."""

    results: Results
    any_model: bool = False
    engines: Engines = field(factory=Engines)
    voices: VoiceStore = field(factory=VoiceStore)
    limits: keys.Limits = field(factory=keys.Limits)


_services: WeakKeyDictionary[Context, _Service] = WeakKeyDictionary()
_results: WeakKeyDictionary[Context, Results] = WeakKeyDictionary()


def routes(context: Context) -> list[BaseRoute]:
    """Return the service's routes."""
    service = _service(context)

    async def list_models(_: Call) -> Response:
        return JSONResponse({"object": "list", "data": [_model(model) for model in models.MODELS.values()]})

    async def get_model(_: Call, *, name: str) -> Response:
        if name not in models.MODELS:
            message = f"The model '{name}' does not exist"
            raise Refusal(message, status=404, param="model", code="model_not_found")
        return JSONResponse(_model(models.MODELS[name]))

    async def retrieve(request: Request) -> Response:
        return await _answer(request, service, partial(get_model, name=request.path_params["name"]))

    return [
        *_audio("/audio", service),
        *_voices("/audio", service),
        Route("/models", partial(_answer, service=service, operation=list_models), methods=["GET"]),
        Route("/models/{name:path}", retrieve, methods=["GET"]),
        Route("/{path:path}", _unknown, methods=_METHODS),
    ]


def azure_routes(context: Context) -> list[BaseRoute]:
    """Return the same operations on Azure's paths, with a deployment for the model."""
    service = _service(context)
    return [*_audio("/deployments/{deployment}/audio", service), Route("/{path:path}", azure.unknown, methods=_METHODS)]


def _service(context: Context) -> _Service:
    engines = Engines(Human(Recogniser(context.language_model)))
    return _services.setdefault(context, _Service(results_of(context), any_model=context.any_model, engines=engines))


def results_of(context: Context) -> Results:
    """Return the spoken files and transcripts of a sandbox; they survive a restart of the server."""
    if context not in _results:
        _results[context] = Results(context.data / "openai")
    return _results[context]


def shutdown(context: Context) -> None:
    """End the recogniser's processes."""
    service = _services.pop(context, None)
    if service is not None:
        service.engines.close()


def _audio(path: str, service: _Service) -> list[Route]:
    operations: dict[str, _Operation] = {
        "speech": create_speech,
        "transcriptions": create_transcription,
        "translations": create_translation,
    }
    return [
        Route(f"{path}/{name}", partial(_answer, service=service, operation=operation), methods=["POST"])
        for name, operation in operations.items()
    ]


def _voices(path: str, service: _Service) -> list[Route]:
    """Return the routes of custom voices; those of one voice or consent end in its id."""

    async def listed(request: Request) -> Response:
        return await _answer(request, service, partial(voices.list_voice_consents, query=request.query_params))

    def whole(name: str, method: str, operation: _Operation) -> Route:
        return Route(f"{path}/{name}", partial(_answer, service=service, operation=operation), methods=[method])

    def single(name: str, method: str, operation: Callable[..., Awaitable[Response]]) -> Route:
        async def answer(request: Request) -> Response:
            return await _answer(request, service, partial(operation, id=request.path_params["id"]))

        return Route(f"{path}/{name}/{{id}}", answer, methods=[method])

    return [
        whole("voices", "POST", voices.create_voice),
        single("voices", "DELETE", voices.delete_voice),
        whole("voice_consents", "POST", voices.create_voice_consent),
        Route(f"{path}/voice_consents", listed, methods=["GET"]),
        single("voice_consents", "GET", voices.get_voice_consent),
        single("voice_consents", "POST", voices.update_voice_consent),
        single("voice_consents", "DELETE", voices.delete_voice_consent),
    ]


async def _answer(request: Request, service: _Service, operation: _Operation) -> Response:
    """Perform an operation; a refusal waits for the end of the body, so that the client reads it."""
    started = time.perf_counter()
    body = Body(request)
    account = keys.Account()
    deployment: str | None = request.path_params.get("deployment")
    rates: dict[str, str] = {}
    try:
        if deployment is not None:
            azure.check(request, deployment)
        key = keys.key(request.headers)
        account = keys.ACCOUNTS[key]
        rates = service.limits.admit(key)
        response = await operation(
            Call(
                body=body,
                account=account,
                engines=service.engines,
                results=service.results,
                voices=service.voices,
                deployment=deployment,
                any_model=service.any_model,
            )
        )
    except Refusal as refusal:
        await body.drain()
        response = refusal.response(account.envelope)
    except (RecogniserFailed, SpeechError) as error:
        response = server_failed(error).response(account.envelope)
    if account.envelope == "fastapi":
        return response  # such a server sends no request id and has no rate limits
    response.headers.update(rates)
    response.headers["openai-processing-ms"] = str(round((time.perf_counter() - started) * 1000))
    return _named(response)


async def _unknown(request: Request) -> Response:
    await Body(request).drain()
    path = request.path_params["path"]
    return _named(Refusal(f"Invalid URL ({request.method} /v1/{path})", status=404).response())


def _named(response: Response) -> Response:
    response.headers["openai-version"] = "2020-10-01"
    response.headers["x-request-id"] = f"req_{uuid.uuid4().hex}"
    return response


def _model(model: Model) -> dict[str, Any]:
    """Describe a model (openai-python 3.52.0, `Model`)."""
    return {
        "id": model.name,
        "object": "model",
        "created": _CREATED,
        "owned_by": "sandbox",
        "shutdown_date": model.shutdown_date,
    }
