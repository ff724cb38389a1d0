"""Plays a cassette through the public API, as if the service were there."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from attrs import frozen
from vcr.cassette import Cassette
from vcr.request import Request

from tests.cassettes.cases import Case, Given, Service
from tests.cassettes.checks import Answered, Heard
from tests.cassettes.tape import Scrub, tape
from tonearm import Aioz, AsyncAioz, AsyncAudioStream, AsyncJellyfin, AsyncOpenAI, AudioStream, Jellyfin, OpenAI
from tonearm.errors import BadRequest, Forbidden, NotFound, RateLimited, ServiceFailed, StatusError, Unauthorized

PLACES: dict[Service, str] = {
    "aioz": "https://aioz.invalid",
    "jellyfin": "https://jellyfin.invalid",
    "openai": "https://openai.invalid",
}
"""The base URLs that cassettes have; no network knows them (RFC 2606)."""

LEAVING = "stop_encoding_process"
"""The operation with which a stream of Jellyfin ends."""

_KEYS: dict[Service, dict[str, str]] = {
    "aioz": {"public_key": "played", "secret_key": "played"},
    "jellyfin": {"token": "played"},
    "openai": {"api_key": "played"},
}
_CLIENTS = {"aioz": Aioz, "jellyfin": Jellyfin, "openai": OpenAI}
_ASYNC_CLIENTS = {"aioz": AsyncAioz, "jellyfin": AsyncJellyfin, "openai": AsyncOpenAI}
_ERRORS: dict[int, type[StatusError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    422: BadRequest,
    429: RateLimited,
    500: ServiceFailed,
    503: ServiceFailed,
}


@frozen
class Played:
    """What a call gave, be it a result or the service's refusal, and the answer that it was made of."""

    outcome: Any
    answered: Answered

    def check(self, case: Case) -> None:
        """Raise AssertionError when the case wants something else."""
        if case.fails is None:
            assert not isinstance(self.outcome, StatusError), f"{case.name}: {self.outcome}"
        else:
            assert isinstance(self.outcome, StatusError), f"{case.name}: {self.outcome!r} where a failure was due"
            assert type(self.outcome) is _ERRORS[case.fails], f"{case.name}: {self.outcome!r}"
            assert self.outcome.status == case.fails, f"{case.name}: {self.outcome}"
        case.check(self.outcome, self.answered)


def client(service: Service, **options: Any) -> Any:
    """A blocking client of a service."""
    return _CLIENTS[service](**options)


def perform(case: Case, client: Any, given: Given) -> Any:
    """Do the call of a case; a stream is read to its end."""
    try:
        result = case.call(client, given)
        if isinstance(result, AudioStream):
            with result as audio:
                return Heard(audio.content_type, audio.read(), audio.request_id)
        return result
    except StatusError as refusal:
        return refusal


async def perform_async(case: Case, client: Any, given: Given) -> Any:
    """The same with the asynchronous client."""
    try:
        result = case.call(client, given)
        if inspect.isawaitable(result):
            return await result
        if isinstance(result, AsyncAudioStream):
            async with result as audio:
                return Heard(audio.content_type, await audio.read(), audio.request_id)
        raise TypeError(f"{case.name} gave {result!r}, which nobody waits for")
    except StatusError as refusal:
        return refusal


def play(case: Case, path: Path) -> Played:
    """Play a cassette to the blocking client."""
    with tape(path, Scrub(), record=False) as cassette:
        with client(case.service, base_url=PLACES[case.service], **_KEYS[case.service]) as api:
            outcome = perform(case, api, cassette.get_metadata("given", {}))
        return _played(case, cassette, outcome)


async def play_async(case: Case, path: Path) -> Played:
    """Play a cassette to the asynchronous client."""
    with tape(path, Scrub(), record=False) as cassette:
        kind = _ASYNC_CLIENTS[case.service]
        async with kind(base_url=PLACES[case.service], **_KEYS[case.service]) as api:
            outcome = await perform_async(case, api, cassette.get_metadata("given", {}))
        return _played(case, cassette, outcome)


def _leaves(request: Request) -> bool:
    """Whether a request is what a stream says on the way out."""
    return request.method == "DELETE" and request.path.endswith("/Videos/ActiveEncodings")


def _played(case: Case, cassette: Cassette, outcome: Any) -> Played:
    assert cassette.all_played, f"{cassette.path} holds answers that nobody asked for"
    own = zip(cassette.requests, cassette.responses, strict=True)
    last = [response for request, response in own if case.operation == LEAVING or not _leaves(request)][-1]
    headers = {name.lower(): values[0] for name, values in last["headers"].items()}
    return Played(outcome, Answered(last["status"]["code"], headers, last["body"]["string"]))
