"""The file of profiles: read with care for who else can read it, and written line by line, comments and all."""

from __future__ import annotations

import json
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

from .._files import write_whole
from ..errors import ConfigurationError

Value: TypeAlias = str | bool
Section: TypeAlias = Mapping[str, Value]
"""What a profile says of one service."""

_HEADER = re.compile(r"^\s*\[")
_SECRET = ("api_key", "public_key", "secret_key", "token")


def path() -> Path:
    """Where the file is."""
    from platformdirs import user_config_path

    return user_config_path("tonearm", appauthor=False) / "config.toml"


def profiles() -> dict[str, dict[str, Section]]:
    """The profiles by name, and in each the services by name; none when there is no file.

    Raises:
        ConfigurationError: it cannot be read, says something else, or holds a key and others can read it.
    """
    text = _text()
    found = _parse(text)
    holds_key = any(section.get(name) for profile in found.values() for section in profile.values() for name in _SECRET)
    if holds_key and path().stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigurationError(f"others can read {str(path())!r}, which holds keys: chmod 600 {path()}")
    return found


def store(profile: str, service: str, section: Section | None) -> None:
    """Write what a profile says of a service in the place of what it said, or with None forget it.

    The rest of the file stays as it is. Nobody else can read the file from its first byte on.

    Raises:
        ConfigurationError: the file cannot be changed by a program.
    """
    text = _text()
    expected = _parse(text)
    expected.get(profile, {}).pop(service, None)
    if section is not None:
        expected.setdefault(profile, {})[service] = section
    changed = _without(text, profile, service)
    if section is not None:
        changed = f"{changed}\n" if changed else changed
        lines = [f"[{_key(profile)}.{service}]", *(f"{name} = {_toml(value)}" for name, value in section.items())]
        changed += "\n".join(lines) + "\n"
    try:
        as_expected = _filled(_parse(changed)) == _filled(expected)
    except ConfigurationError:
        as_expected = False
    if not as_expected:
        raise ConfigurationError(f"{str(path())!r} is written in a way that cannot be changed here: edit it by hand")
    try:
        path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path().resolve(), lambda file: file.write(changed.encode()), mode=0o600)
    except OSError as error:
        raise ConfigurationError(f"{str(path())!r} cannot be written: {error.strerror}") from error


def _text() -> str:
    try:
        return path().read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{str(path())!r} cannot be read: {error}") from error


def _parse(text: str) -> dict[str, dict[str, Section]]:
    try:
        found: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # tells the place, and nothing of what is there
        raise ConfigurationError(f"{str(path())!r} cannot be read: {error}") from None
    for profile, services in found.items():
        for service, section in (cast("dict[str, Any]", services) if isinstance(services, dict) else {"": 0}).items():
            if not isinstance(section, dict):
                name = ".".join(filter(None, (profile, service)))
                raise ConfigurationError(f"{str(path())!r}: {name} must be a table, as in [{profile}.aioz]")
    return found


def _filled(found: Mapping[str, Mapping[str, Section]]) -> dict[str, Mapping[str, Section]]:
    return {profile: services for profile, services in found.items() if services}


def _without(text: str, profile: str, service: str) -> str:
    """The text without one table; the comments at its end belong to what comes after it."""
    headers = {f"[{name}.{service}]".replace(" ", "") for name in (profile, f"'{profile}'", _toml(profile))}
    kept: list[str] = []
    above: list[str] = []
    inside = False
    for line in text.splitlines(keepends=True):
        if _HEADER.match(line):
            inside = "".join(line.partition("]")[:2]).replace(" ", "").strip() in headers
        if not inside:
            kept += [*above, line]
            above = []
        elif line.lstrip().startswith("#") or (above and not line.strip()):
            above.append(line)
        else:
            above = []
    joined = "".join([*kept, *above]).rstrip("\n")
    return f"{joined}\n" if joined else ""


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _toml(name)


def _toml(value: Value) -> str:
    """A value as TOML writes it: its basic strings are those of JSON, but for the one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
