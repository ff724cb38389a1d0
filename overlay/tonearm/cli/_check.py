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
    """A client without retries and with short timeouts, unless the command was called with others."""
    from .. import Aioz, Jellyfin, OpenAI

    kinds: dict[str, Callable[..., Any]] = {"aioz": Aioz, "jellyfin": Jellyfin, "openai": OpenAI}
    return kinds[settings.service.name](**{"timeout": PATIENCE, "retry": Retry(attempts=1), **options, **more})


def accepted(
    name: str, profile: str | None, base_url: str | None, keys: Mapping[str, str], others: Mapping[str, str]
) -> tuple[bool, str]:
    """Try a key: whether the server accepts it, and a message about it; False also if the key could not be checked.

    That is so if a server does not answer, or has no such request.

    Args:
        name: the service.
        profile: the profile for the key; its settings are used if they are for the same server.
        base_url: the server; by default that of the profile, or the service's own.
        keys: a whole key; empty text for a server without keys.
        others: other settings for the profile.

    Raises:
        Unauthorized: the server refuses the key.
    """
    settings = _wanted(name, profile, base_url, keys, others)
    what = "this key" if any(keys.values()) else "requests without a key"
    try:
        chosen_options = settings.client()
        with client(settings, {"deadline": _WHOLE, **chosen_options}) as made:
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
    """The settings as they will be stored."""
    before: Mapping[str, Any] = {}
    with suppress(ConfigurationError):  # no profile, one of another server, or one that `login` is to repair
        before = _settings.find(name, _settings.named(profile), base_url).options
    service = _settings.service(name, profile)
    kept = {setting: value for setting, value in before.items() if setting not in service.keys}
    address = {"base_url": base_url or kept.get("base_url") or service.url}
    changed = {**kept, **address, **others}
    return Settings(service, "login", {**{setting: value for setting, value in changed.items() if value != ""}, **keys})


def _me(jellyfin: Any) -> None:
    """Request the user of a token; for an API key, which has no user, the server answers so if it knows the key."""
    with suppress(BadRequest):
        jellyfin.me()


_HARMLESS: Mapping[str, Callable[[Any], object]] = {
    "aioz": lambda aioz: aioz.page(limit=1),
    "jellyfin": _me,
    "openai": lambda openai: openai.models(),
}
