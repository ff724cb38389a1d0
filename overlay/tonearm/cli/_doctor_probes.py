"""The checks of the doctor for each service: whether it answers, whether the key works, and more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from .. import (
    BadRequest,
    ConnectionFailed,
    Forbidden,
    NotFound,
    RateLimited,
    ServiceFailed,
    StatusError,
    TonearmError,
    Unauthorized,
    UnexpectedAnswer,
)
from ._settings import Settings

if TYPE_CHECKING:
    import tonearm

    from .. import Aioz, Jellyfin
    from ..openai import Model, OpenAI


@frozen
class Finding:
    """The result of one check; `ok` is None if something is absent that is not needed."""

    service: str
    check: str
    ok: bool | None
    detail: str
    next: str | None = None


Findings: TypeAlias = Iterator[Finding]

FOLLOWED = ("10.11", "12.0")
"""The versions of Jellyfin for which tonearm is written; the sandbox imitates both."""

_VAGUE = (None, NotFound.hint, UnexpectedAnswer.hint)
"""Hints that do not mention the base URL."""


def _aioz(settings: Settings, client: Aioz) -> Findings:
    yield from _tried(settings, "key", client.page, lambda page: f"works; {page.total} objects", limit=1)


def _jellyfin(settings: Settings, client: Jellyfin) -> Findings:
    servers: list[tonearm.jellyfin.Server] = []

    def describe(server: tonearm.jellyfin.Server) -> str:
        servers.append(server)
        return f"{server.name or 'a server'}: {server.product or 'a program without a name'} {server.version}"

    yield from _tried(settings, "version", client.server, describe)
    yield from (_followed(settings, server) for server in servers)
    if client.token is None:
        yield Finding(
            settings.service.name, "key", None, "no token: enough to stream and download from 10.11", settings.remedy
        )
        return
    try:
        user = client.me()
    except BadRequest:  # the server knows it: an unknown key would be refused
        yield Finding(settings.service.name, "key", True, "an API key, which belongs to no user")
    except (Unauthorized, Forbidden) as error:
        yield Finding(settings.service.name, "key", False, str(error), settings.remedy)
    except (ConnectionFailed, StatusError, UnexpectedAnswer) as error:
        yield Finding(settings.service.name, "key", False, str(error), "see what the server's log says")
    else:
        yield Finding(settings.service.name, "key", True, f"works; the user is {user.name}")
        yield _audio(settings, client)


def _followed(settings: Settings, server: tonearm.jellyfin.Server) -> Finding:
    """Whether tonearm is written and tested for this server."""
    followed = " and ".join(FOLLOWED)
    if (server.product or "").startswith("Jellyfin") and server.version.startswith(FOLLOWED):
        return Finding(settings.service.name, "tested", True, f"this version is followed ({followed})")
    detail = f"tonearm follows Jellyfin {followed}, and is tested with its own sandbox of these"
    return Finding(settings.service.name, "tested", None, detail, "docs/jellyfin.md lists what other servers leave out")


def _audio(settings: Settings, client: Jellyfin) -> Finding:
    """Whether the library has audio, and how the server sends an original."""
    name = settings.service.name
    try:
        item = next(client.items(), None)
        if item is None:
            return Finding(name, "audio", None, "the library has no audio that this user may hear")
        probe = client.probe(item.id)
    except TonearmError as error:
        return Finding(name, "audio", False, str(error), error.hint or "see what the server's log says")
    resumes = "resumes" if probe.resumable else "does not resume"
    return Finding(name, "audio", True, f"works; an original is {probe.content_type}, and a download of it {resumes}")


def _openai(settings: Settings, client: OpenAI) -> Findings:
    listed: list[Model] = []

    def describe(models: tuple[Model, ...]) -> str:
        listed.extend(models)
        return f"works; {len(models)} models"

    yield from _listed(settings, client.models, describe)
    known = {model.id: model for model in listed}
    for use in ("speech_model", "transcription_model"):
        name = settings.options.get(use)
        if name is None or not known:
            continue
        end = known[name].shutdown_date if name in known else None
        there = "there" if end is None else f"ends on {end}"
        ok = name in known and (end is None or end > datetime.now(UTC).date())
        step = None if ok and end is None else "choose another: tonearm openai models"
        yield Finding(
            settings.service.name, use, ok, f"{name}: {there if name in known else 'the server does not list it'}", step
        )


def _listed(settings: Settings, models: Callable[[], Any], describe: Callable[[Any], str]) -> Findings:
    """The same for a list of models, which some servers lack, or have in another form."""
    name = settings.service.name
    try:
        yield from _tried(settings, "key", models, describe, left=(NotFound, UnexpectedAnswer))
    except (NotFound, UnexpectedAnswer) as error:
        page = isinstance(error, UnexpectedAnswer) and "html" in error.headers.get("content-type", "")
        if page or (isinstance(error, NotFound) and "/v1" not in (settings.url or "")):
            step = "see that the address is the service's base URL; most servers want /v1 at its end"
            yield Finding(name, "answers", False, str(error), step)
        else:
            yield Finding(name, "answers", True, "")
            detail = "the server has no list of models, or one of its own shape; transcribe and speak may work"
            yield Finding(name, "models", None, detail, "name the model with --model")


PROBES: Mapping[str, Callable[[Settings, Any], Findings]] = {
    "aioz": _aioz,
    "jellyfin": _jellyfin,
    "openai": _openai,
}
"""The checks of each service, with an open client."""


def _tried(
    settings: Settings,
    check: str,
    call: Callable[..., Any],
    describe: Callable[[Any], str],
    left: tuple[type[Exception], ...] = (),
    **arguments: Any,
) -> Findings:
    """The findings of a call: whether a server answers, and whether it accepts the key."""
    try:
        result = call(**arguments)
    except left:
        raise
    except ConnectionFailed as error:
        yield Finding(
            settings.service.name,
            "answers",
            False,
            str(error),
            "see that the server runs and the address is right",
        )
    except (Unauthorized, Forbidden) as error:
        yield Finding(settings.service.name, "answers", True, f"HTTP {error.status}")
        yield Finding(settings.service.name, check, False, str(error), settings.remedy)
    except (StatusError, UnexpectedAnswer) as error:
        busy = isinstance(error, (RateLimited, ServiceFailed))
        advice = "see that the address is the service's base URL" if error.hint in _VAGUE else error.hint
        step = "try again later" if busy else advice
        yield Finding(settings.service.name, "answers", False, str(error), step)
    else:
        yield Finding(settings.service.name, "answers", True, "")
        yield Finding(settings.service.name, check, True, describe(result))
