"""Which server and key a command uses: arguments, then a profile that is named, then the environment, then `default`.

Address and key come from the same place: a profile's key goes to the profile's address (or to the service's own, when
it names none), as the library does it with the key of the environment.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from ..errors import ConfigurationError
from . import _config

if TYPE_CHECKING:
    from ._config import Section, Value

DEFAULT = "default"


@frozen
class Service:
    """What can be set for a service: the variables of the environment, its keys, and what else a profile may say.

    The first variable is the address; `needed` are those without which nothing works.
    """

    name: str
    title: str
    variables: tuple[str, ...]
    needed: tuple[str, ...]
    keys: tuple[str, ...]
    others: tuple[str, ...] = ()
    url: str | None = None
    login: str = ""

    @property
    def command(self) -> str:
        """The command that stores a key."""
        return f"tonearm {self.name} login{self.login}"


SERVICES: Mapping[str, Service] = {
    service.name: service
    for service in (
        Service(
            "aioz",
            "AIOZ Stream",
            ("AIOZ_STREAM_BASE_URL", "AIOZ_STREAM_PUBLIC_KEY", "AIOZ_STREAM_SECRET_KEY", "AIOZ_STREAM_TOKEN"),
            ("AIOZ_STREAM_PUBLIC_KEY", "AIOZ_STREAM_SECRET_KEY"),
            ("public_key", "secret_key", "token"),
            url="https://api.aiozstream.network/api",
        ),
        Service(
            "jellyfin",
            "Jellyfin",
            ("JELLYFIN_URL", "JELLYFIN_TOKEN"),
            ("JELLYFIN_URL",),
            ("token",),
            ("user_id",),
            login=" URL",
        ),
        Service(
            "openai",
            "OpenAI",
            ("OPENAI_BASE_URL", "OPENAI_API_KEY"),
            ("OPENAI_API_KEY",),
            ("api_key",),
            ("organization", "project", "api_version", "speech_model", "transcription_model", "voice"),
            url="https://api.openai.com/v1",
        ),
    )
}


class NotConfigured(ConfigurationError):
    """There is no server or no key that may be used."""


class NothingSet(NotConfigured):
    """Nothing at all is said of a service, and no profile was named."""


def service(name: str, profile: str | None = None) -> Service:
    """A service, whose command stores a key where the named profile is, or TONEARM_PROFILE."""
    found, named = SERVICES[name], profile or os.environ.get("TONEARM_PROFILE")
    return evolve(found, login=f"{found.login} --profile {shlex.quote(named)}") if named else found


@frozen
class Settings:
    """The arguments of a client, and where they come from; what they leave out is the environment's."""

    service: Service
    origin: str
    options: Mapping[str, Any] = field(repr=False)

    @property
    def url(self) -> str | None:
        """Where the requests go."""
        return self.options.get("base_url") or os.environ.get(self.service.variables[0]) or self.service.url

    @property
    def remedy(self) -> str:
        """What to do about a key that is refused: where the environment has one, no login would be heard."""
        if self.origin == "environment":
            return f"correct the environment: {', '.join(self.service.variables[1:])}"
        return self.service.command

    def client(self) -> dict[str, Any]:
        """What the client's constructor takes of them."""
        return {name: value for name, value in self.options.items() if name != "voice"}


def find(name: str, profile: str | None = None, base_url: str | None = None) -> Settings:
    """Find server and key of a service.

    Args:
        name: the service.
        profile: the profile to use, and none else; TONEARM_PROFILE when None.
        base_url: another server; a key goes there only when it belongs to the same origin.

    Raises:
        NotConfigured: nothing is set, or what is set belongs to another server.
    """
    found = service(name, profile)
    named = profile or os.environ.get("TONEARM_PROFILE")
    if not named and any(os.environ.get(variable) for variable in found.variables):
        return Settings(found, "environment", {} if base_url is None else {"base_url": base_url})
    section = _config.profiles().get(named or DEFAULT, {}).get(name)
    if section is not None:
        return _of_profile(found, named or DEFAULT, section, base_url)
    if named:
        raise NotConfigured(f"the profile {named!r} says nothing of {found.title}: {found.command}")
    if name == "jellyfin" and base_url is not None:
        return Settings(found, "arguments", {"base_url": base_url})
    raise NothingSet(f"{found.title} is not set up: {found.command}, or set {' and '.join(found.needed)}")


def _of_profile(service: Service, profile: str, section: Section, base_url: str | None) -> Settings:
    origin = f"profile {profile!r}"
    allowed = ("base_url", "keyring", *service.keys, *service.others)
    for name, value in section.items():
        if name not in allowed:
            raise ConfigurationError(f"{origin}, {service.name}: there is no setting {name!r} ({', '.join(allowed)})")
        if type(value) is not (bool if name == "keyring" else str):
            raise ConfigurationError(f"{origin}, {service.name}: {name} has the wrong type")
    own = section.get("base_url", service.url)
    options: dict[str, Value] = {name: value for name, value in section.items() if name != "keyring"}
    if own is None:
        raise NotConfigured(f"{origin} does not say where the server is: {service.command}")
    if base_url is not None and not _same_origin(base_url, str(own)):
        if service.name != "jellyfin":
            raise NotConfigured(f"the key of {origin} belongs to {own}, not to {base_url}")
        return Settings(service, "arguments", {"base_url": base_url})
    if section.get("keyring"):
        options |= _from_keyring(service, profile)
    return Settings(service, origin, {**options, "base_url": base_url or own})


def _same_origin(one: str, other: str) -> bool:
    from .._config import same_origin

    return same_origin(one, other)


def _from_keyring(service: Service, profile: str) -> dict[str, Value]:
    found = {name: keyring_get(_entry(profile, service.name, name)) for name in service.keys}
    kept: dict[str, Value] = {name: value for name, value in found.items() if value is not None}
    if not kept:
        raise NotConfigured(f"the keyring has no key for {service.title}: {service.command} --keyring")
    return kept


def save(name: str, profile: str | None, section: Section, *, keyring: bool) -> str:
    """Store what a profile says of a service; returns a sentence about where.

    Args:
        name: the service.
        profile: the profile; `default` when None.
        section: address, keys and the rest.
        keyring: whether the keys go into the system's keyring, and only the rest into the file.
    """
    service, profile = SERVICES[name], profile or DEFAULT
    plain = dict(section)
    if keyring:
        for key in service.keys:
            entry, value = _entry(profile, name, key), plain.pop(key, None)
            _keyring_set(entry, None if value is None else str(value))
        plain["keyring"] = True
    _config.store(profile, name, plain)
    where = "the system's keyring" if keyring else str(_config.path())
    return f"saved for {service.title} as profile {profile!r} in {where}"


def forget(name: str, profile: str | None) -> bool:
    """Remove what a profile says of a service, from the keyring too; tells whether there was anything."""
    profile = profile or DEFAULT
    section = _config.profiles().get(profile, {}).get(name)
    if section is None:
        return False
    if section.get("keyring"):
        for key in SERVICES[name].keys:
            _keyring_set(_entry(profile, name, key), None)
    _config.store(profile, name, None)
    return True


def _entry(profile: str, service: str, key: str) -> str:
    return f"{profile}.{service}.{key}"


def keyring_get(entry: str) -> str | None:
    """A key from the system's keyring."""
    import keyring

    try:
        return keyring.get_password("tonearm", entry)
    except Exception as error:  # a backend raises what it likes, also while it is loaded
        raise ConfigurationError(f"the system's keyring cannot be read ({type(error).__name__})") from None


def _keyring_set(entry: str, value: str | None) -> None:
    import keyring
    from keyring.errors import PasswordDeleteError

    try:
        if value is not None:
            keyring.set_password("tonearm", entry, value)
        elif keyring.get_password("tonearm", entry) is not None:
            keyring.delete_password("tonearm", entry)
    except PasswordDeleteError:
        pass  # it is gone already
    except Exception as error:
        raise ConfigurationError(
            f"the system's keyring cannot be used ({type(error).__name__}); without --keyring, keys are kept in a file "
            "that only you can read"
        ) from None
    if value is not None and keyring_get(entry) != value:
        raise ConfigurationError("the system's keyring did not keep the key")
