"""Whether a key works, before `login` stores it: one request that changes nothing and costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from .. import BadRequest, ConfigurationError, Forbidden, Retry, TonearmError, Unauthorized
from . import _settings
from ._settings import Settings

PATIENCE = 10.0
"""Seconds that a server may stay silent."""

_WHOLE = 30.0
"""Seconds that the request may take in all."""


def client(settings: Settings, options: Mapping[str, Any], **more: Any) -> Any:
    """A client that asks once and waits little, unless the command was called with other times."""
    from .. import Aioz, Jellyfin, OpenAI

    kinds: dict[str, Callable[..., Any]] = {"aioz": Aioz, "jellyfin": Jellyfin, "openai": OpenAI}
    return kinds[settings.service.name](**{"timeout": PATIENCE, "retry": Retry(attempts=1), **options, **more})


def accepted(
    name: str, profile: str | None, base_url: str | None, keys: Mapping[str, str], others: Mapping[str, str]
) -> tuple[bool, str]:
    """Try a key: whether the server accepts it, and in words what it said; False where it says nothing about it.

    A server that does not answer, or that cannot be asked in this way, says nothing.

    Args:
        name: the service.
        profile: the profile that is to have the key; what it says already is used, if it is of the same server.
        base_url: the server; the profile's, or the service's own, when None.
        keys: a whole key; empty text for a server without keys.
        others: what else the profile is to say.

    Raises:
        Unauthorized: the server refuses the key.
    """
    settings = _wanted(name, profile, base_url, keys, others)
    what = "this key" if any(keys.values()) else "requests without a key"
    try:
        told = settings.client()
        with client(settings, {"deadline": _WHOLE, **told}) as made:
            _HARMLESS[name](made)
    except Unauthorized as error:
        error.add_note(f"{settings.url} refuses {what}: nothing was stored")
        error.hint = "see that the key is whole and belongs to this server"  # the doctor looks at what is stored
        raise
    except Forbidden as error:
        return False, f"{settings.url} knows this key, which may not do everything: {error}"
    except TonearmError as error:
        return False, f"the key was not checked: {error}"
    return True, f"{settings.url} accepts {what}"


def _wanted(
    name: str, profile: str | None, base_url: str | None, keys: Mapping[str, str], others: Mapping[str, str]
) -> Settings:
    """The settings as they will be once they are stored."""
    before: Mapping[str, Any] = {}
    with suppress(ConfigurationError):  # nothing, or that of another server, or what `login` is to repair
        before = _settings.find(name, _settings.named(profile), base_url).options
    service = _settings.service(name, profile)
    kept = {setting: value for setting, value in before.items() if setting not in service.keys}
    address = {"base_url": base_url or kept.get("base_url") or service.url}
    changed = {**kept, **address, **others}
    return Settings(service, "login", {**{one: value for one, value in changed.items() if value != ""}, **keys})


def _me(jellyfin: Any) -> None:
    """Ask whose token it is; an API key belongs to nobody, which the server says of a key that it knows."""
    with suppress(BadRequest):
        jellyfin.me()


_HARMLESS: Mapping[str, Callable[[Any], object]] = {
    "aioz": lambda aioz: aioz.page(limit=1),
    "jellyfin": _me,
    "openai": lambda openai: openai.models(),
}
