"""Which server and key a command uses: arguments, then a profile that is named, then the environment, then `default`.

Address and key come from the same place: a profile's key goes to the profile's address, or to the service's own if the
profile has none. The library does the same with the key of the environment.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from .. import ConfigurationError
from . import _config, _every, _keyring

if TYPE_CHECKING:
    from ._config import Section, Value

DEFAULT = "default"

_FRONT = ("headers", "certificate", "certificate_key")
"""Settings for a proxy in front of any service: headers, one per line, and a certificate."""


@frozen
class Service:
    """What can be set for a service: variables of the environment, keys, and other settings of a profile.

    The first variable is the address, the others are the `keys` in their order; any of `enough` is a whole key.
    """

    name: str
    title: str
    variables: tuple[str, ...]
    keys: tuple[str, ...]
    enough: tuple[tuple[str, ...], ...]
    advice: str
    others: tuple[str, ...] = ()
    url: str | None = None
    profile: str | None = None

    def login(self, *options: str, url: str | None = None) -> str:
        """The command that stores a key, with these options; `url` is the server, if the command needs it."""
        server = [url or "URL"] if self.url is None else []
        profile = ["--profile", self.profile] if self.profile else []
        return shlex.join(["tonearm", self.name, "login", *server, *profile, *options])

    def suffices(self, keys: Iterable[str]) -> bool:
        """Whether these parts are a whole key."""
        return set(keys) in map(set, self.enough)

    def in_environment(self) -> list[str]:
        """The variables that are set."""
        return [variable for variable in self.variables if os.environ.get(variable)]


SERVICES: Mapping[str, Service] = {
    service.name: service
    for service in (
        Service(
            "aioz",
            "AIOZ Stream",
            ("AIOZ_STREAM_BASE_URL", "AIOZ_STREAM_PUBLIC_KEY", "AIOZ_STREAM_SECRET_KEY", "AIOZ_STREAM_TOKEN"),
            ("public_key", "secret_key", "token"),
            (("public_key", "secret_key"), ("token",)),
            "set AIOZ_STREAM_PUBLIC_KEY and AIOZ_STREAM_SECRET_KEY, or AIOZ_STREAM_TOKEN alone",
            url="https://api.aiozstream.network/api",
        ),
        Service(
            "jellyfin",
            "Jellyfin",
            ("JELLYFIN_URL", "JELLYFIN_TOKEN"),
            ("token",),
            (("token",), ()),
            "set JELLYFIN_URL",
            ("user_id", "device_id"),
        ),
        Service(
            "openai",
            "OpenAI",
            ("OPENAI_BASE_URL", "OPENAI_API_KEY"),
            ("api_key",),
            (("api_key",),),
            "set OPENAI_API_KEY (empty, as in OPENAI_API_KEY=, for a server without keys)",
            ("organization", "project", "api_version", "speech_model", "transcription_model", "voice"),
            url="https://api.openai.com/v1",
        ),
    )
}


class NotConfigured(ConfigurationError):
    """No usable server or key is configured; the hint says what to do."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason, hint=remedy)


class NothingSet(NotConfigured):
    """Nothing is configured for a service, and no profile was named."""


def named(profile: str | None) -> str:
    """The name of the profile: this one, else TONEARM_PROFILE, else `default`."""
    return profile or os.environ.get("TONEARM_PROFILE") or DEFAULT


def service(name: str, profile: str | None = None) -> Service:
    """A service; its login command names the given profile, or TONEARM_PROFILE."""
    return evolve(SERVICES[name], profile=profile or os.environ.get("TONEARM_PROFILE"))


@frozen
class Settings:
    """The arguments of a client and their origin; the environment supplies the others."""

    service: Service
    origin: str
    options: Mapping[str, Any] = field(repr=False)
    login: tuple[str, ...] = ()
    """The options of `login` that would store such a key again."""

    @property
    def url(self) -> str | None:
        """The address of the server."""
        return self.options.get("base_url") or os.environ.get(self.service.variables[0]) or self.service.url

    @property
    def stored(self) -> bool:
        """Whether they come from a profile."""
        return self.origin.startswith("profile")

    @property
    def remedy(self) -> str:
        """What to do about a refused key: one in the environment comes before any stored one."""
        if self.origin == "environment":
            return f"correct the environment: {', '.join(self.service.variables)}"
        return self.service.login(*self.login, url=self.url)

    def client(self) -> dict[str, Any]:
        """The arguments of the client's constructor, with the options of the command."""
        arguments = {name: value for name, value in self.options.items() if name not in ("voice", *_FRONT)}
        options = _every.chosen.client()
        own, key = (self.options.get(name) for name in ("certificate", "certificate_key"))
        stored = _every.read_headers(str(self.options.get("headers", "")).splitlines())
        headers = _every.joined(stored, options.pop("headers", {}))
        front = {"headers": headers, "certificate": (own, key) if key else own}
        return arguments | {name: value for name, value in front.items() if value} | options


def find(name: str, profile: str | None = None, base_url: str | None = None) -> Settings:
    """Find server and key of a service.

    Args:
        name: the service.
        profile: the only profile to use; TONEARM_PROFILE when None.
        base_url: another server; a key goes there only when it belongs to the same origin.

    Raises:
        NotConfigured: nothing is set, or no whole key, or only a key of another server.
    """
    configured = service(name, profile)
    if not configured.profile and configured.in_environment():
        return _of_environment(configured, base_url)
    section = _config.profiles().get(named(profile), {}).get(name)
    if section is not None:
        return _of_profile(configured, named(profile), section, base_url)
    if configured.profile:
        raise NotConfigured(
            f"the profile {configured.profile!r} has no settings for {configured.title}", configured.login()
        )
    if base_url is not None and configured.suffices(keyless := _empty_key(configured)):
        return Settings(
            configured, "arguments", {"base_url": base_url, **keyless}, _login_options(configured, base_url)
        )
    raise NothingSet(f"{configured.title} is not set up", f"{configured.login()}, or {configured.advice}")


def _empty_key(service: Service) -> dict[str, str]:
    """The empty OpenAI key of the environment, for a server without keys."""
    return {"api_key": ""} if service.name == "openai" and os.environ.get("OPENAI_API_KEY") == "" else {}


def _login_options(service: Service, base_url: str) -> tuple[str, ...]:
    return ("--base-url", base_url) if service.url else ()


def _of_environment(service: Service, base_url: str | None) -> Settings:
    own = os.environ.get(service.variables[0]) or service.url
    keys = {
        name for name, variable in zip(service.keys, service.variables[1:], strict=True) if os.environ.get(variable)
    }
    keyless = _empty_key(service)
    if service.url is None:
        if base_url is None and own is None:
            raise NotConfigured("the environment does not say where the server is", service.advice)
    elif not service.suffices({*keys, *keyless}):
        raise NotConfigured(_lacking("the environment", service, keys), service.advice)
    elif keys and base_url is not None and not same_origin(base_url, str(own)):
        raise _foreign(service, "the environment", own, base_url)
    options = {} if base_url is None else {"base_url": base_url}
    return Settings(service, "environment", options | keyless)


def _lacking(origin: str, service: Service, keys: Collection[str]) -> str:
    return f"{origin} has no {'whole key' if keys else 'key'} of {service.title}"


def _foreign(service: Service, origin: str, own: object, base_url: str) -> NotConfigured:
    store = evolve(service, profile="NAME").login("--base-url", base_url)
    return NotConfigured(f"the key of {origin} belongs to {own}, not to {base_url}", f"keep that server's own: {store}")


def _of_profile(service: Service, profile: str, section: Section, base_url: str | None) -> Settings:
    origin = f"profile {profile!r}"
    allowed = ("base_url", "keyring", *service.keys, *service.others, *_FRONT)
    for name, value in section.items():
        if name not in allowed:
            raise ConfigurationError(f"{origin}, {service.name}: there is no setting {name!r} ({', '.join(allowed)})")
        if type(value) is not (bool if name == "keyring" else str):
            raise ConfigurationError(f"{origin}, {service.name}: {name} has the wrong type")
    own = section.get("base_url", service.url)
    options: dict[str, Value] = {name: value for name, value in section.items() if name != "keyring"}
    if own is None:
        raise NotConfigured(f"{origin} does not say where the server is", service.login())
    if base_url is not None and not same_origin(base_url, str(own)):
        if service.name != "jellyfin":
            raise _foreign(service, origin, own, base_url)
        return Settings(service, "arguments", {"base_url": base_url})
    login = ("--keyring",) if section.get("keyring") else ()
    if login:
        secret = (*service.keys, "headers")
        kept = {name: _keyring.get(_keyring.entry(profile, service.name, name)) for name in secret}
        options |= {name: value for name, value in kept.items() if value is not None}
        if not any(kept[name] for name in service.keys):
            raise NotConfigured(f"the keyring has no key for {service.title}", service.login(*login, url=str(own)))
    keys = [name for name in service.keys if name in options]
    if not service.suffices(keys):
        raise NotConfigured(_lacking(origin, service, keys), service.login(*login, url=str(own)))
    token = ("--token",) if keys == ["token"] else ()
    return Settings(service, origin, {**options, "base_url": base_url or own}, (*token, *login))


def same_origin(one: str, other: str) -> bool:
    """Whether a key for one address may go to the other."""
    from .._http import same_origin

    return same_origin(one, other)
