"""Stores the settings of `login`, which `logout` removes: profiles in a file, keys there or in the system's keyring."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from .. import ConfigurationError
from . import _config, _keyring
from ._settings import DEFAULT, SERVICES, named, same_origin

if TYPE_CHECKING:
    from ._config import Section, Value
    from ._settings import Service


def check(name: str, profile: str | None, *, keyring: bool) -> None:
    """Check that settings can be stored, before the user is asked for a key.

    Raises:
        ConfigurationError: the keyring or the file of profiles cannot be used.
    """
    if keyring:
        probe = _keyring.entry(named(profile), name, "probe")
        _keyring.put(probe, "probe")
        _keyring.put(probe, None)
    _config.check(named(profile), name)


def has_key(name: str, profile: str | None, base_url: str | None) -> bool:
    """Whether a key of this server is stored; None means the stored server."""
    service = SERVICES[name]
    section = _config.profiles().get(named(profile), {}).get(name, {})
    return _is_for(service, section, base_url) and any(key in section for key in ("keyring", *service.keys))


def server(name: str, profile: str | None) -> str | None:
    """The stored server; None for the service's own."""
    address = _config.profiles().get(named(profile), {}).get(name, {}).get("base_url")
    return None if address is None else str(address)


def save(
    name: str,
    profile: str | None,
    base_url: str | None,
    keys: Mapping[str, str],
    others: Mapping[str, str],
    *,
    keyring: bool,
    works: bool = False,
) -> list[str]:
    """Store the settings of a service in a profile, and return messages about it.

    Settings that are not given stay, unless they belong to another server.

    Args:
        name: the service.
        profile: the profile; TONEARM_PROFILE or `default` when None.
        base_url: the address of the server; the stored one when None.
        keys: a whole key, or nothing to keep the stored one.
        others: other settings; an empty value removes one.
        keyring: whether to store the keys in the system's keyring, and only the rest in the file.
        works: whether the server has accepted the key; else a message names the command that checks it.
    """
    service, given_profile, profile = SERVICES[name], profile, named(profile)
    others = dict(others)
    if keyring:
        for key in service.keys:
            _keyring.put(_keyring.entry(profile, name, key), keys.get(key))
    before, headers = _config.profiles().get(profile, {}).get(name, {}), _keyring.entry(profile, name, "headers")
    same = _is_for(service, before, base_url)
    ring = keyring or (same and not keys and bool(before.get("keyring")))
    moved = ring and "headers" in others
    if moved or (ring and not same):  # keys of another server must not be sent to this one
        _keyring.put(headers, others.pop("headers", None))
    elif same and not ring and before.get("keyring"):
        with suppress(ConfigurationError):  # as below
            others = {name: value for name, value in [("headers", _keyring.get(headers))] if value} | others

    def new(old: Section) -> Section:
        kept = dict(old) if _is_for(service, old, base_url) else {}
        if keys:
            kept = {setting: value for setting, value in kept.items() if setting not in ("keyring", *service.keys)}
        given: dict[str, Value] = {} if base_url is None else {"base_url": base_url}
        given |= {"keyring": True} if keyring else keys
        merged = kept | given | dict(others)
        order = dict.fromkeys(("base_url", "keyring", *service.keys, *service.others, *merged))
        return {setting: merged[setting] for setting in order if setting in merged and setting not in gone}

    gone = {setting for setting, value in others.items() if not value}.union(["headers"] if moved else [])
    old = _config.change(profile, name, new)
    if old.get("keyring") and not ring:
        with suppress(ConfigurationError):  # a keyring that fails is a reason to use the file
            _clear(profile, service)
    where = "the system's keyring" if keyring else str(_config.path())
    lines = [f"saved for {service.title} as profile {profile!r} in {where}"]
    if not _is_for(service, old, base_url):
        lines += [f"its settings for {old.get('base_url', service.url)} are removed"] if old else []
    elif base_url is None and keys and "base_url" in old:
        lines.append(f"it is for {old['base_url']}, as before; --base-url names another server")
    overridden = _overridden(service, profile)
    choice = f" --profile {shlex.quote(profile)}" if given_profile or overridden else ""
    return [*lines, *overridden, *([] if works else [f"`tonearm doctor{choice}` shows whether it works"])]


def _overridden(service: Service, profile: str) -> list[str]:
    """A message if the environment has settings, which come before the stored ones."""
    variables = service.in_environment()
    if not variables or profile != DEFAULT or os.environ.get("TONEARM_PROFILE"):
        return []
    return [f"it is used with `--profile {DEFAULT}` only, for the environment comes first: {', '.join(variables)}"]


def _is_for(service: Service, section: Section, base_url: str | None) -> bool:
    own = section.get("base_url", service.url)
    return base_url is None or (own is not None and same_origin(base_url, str(own)))


def forget(name: str, profile: str | None) -> bool:
    """Remove a service from a profile, and its keys from the keyring; return whether there was anything."""
    profile = named(profile)
    section = _config.profiles().get(profile, {}).get(name)
    if section is None:
        return False
    if section.get("keyring"):
        _clear(profile, SERVICES[name])
    _config.change(profile, name, lambda _: None)
    return True


def _clear(profile: str, service: Service) -> None:
    for key in (*service.keys, "headers"):
        _keyring.put(_keyring.entry(profile, service.name, key), None)
