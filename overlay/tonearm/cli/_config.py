"""The file of profiles: read with care for who else can read it, and written line by line, comments and all."""

from __future__ import annotations

import json
import re
import stat
import tomllib
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias, cast

from .._files import Draft, locked, open_log, write_whole
from ..errors import ConfigurationError, InvalidInput

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


def change(profile: str, service: str, new: Callable[[Section], Section | None]) -> Section:
    """Write what a profile says of a service in the place of what it said, which is returned.

    The rest of the file stays as it is, also when several commands write at a time. Nobody else can read the file from
    its first byte on.

    Args:
        profile: its name.
        service: its name.
        new: makes what the profile is to say out of what it says; None forgets it.

    Raises:
        ConfigurationError: the file cannot be changed by a program.
        InvalidInput: a name or a value is no text that a file can hold.
    """
    with _owned() as target:
        text = _text()
        old = _parse(text).get(profile, {}).get(service, {})
        body = _changed(text, profile, service, new(old))
        write_whole(target, lambda file: file.write(body), mode=0o600)
    return old


def check(profile: str, service: str) -> None:
    """Raise what `change` would, and change nothing."""
    with _owned() as target:
        _changed(_text(), profile, service, {})
        Draft.beside(target, 0o600).discard()


@contextmanager
def _owned() -> Generator[Path]:
    """The file to write, which no other command writes meanwhile."""
    lock = path().with_name("config.lock")
    try:
        lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(lock, lambda: open_log(lock, create=True), wait=True):
            yield path().resolve()
    except OSError as error:
        raise ConfigurationError(f"{str(path())!r} cannot be written: {error.strerror}") from error


def _changed(text: str, profile: str, service: str, section: Section | None) -> bytes:
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
        return changed.encode()
    except UnicodeEncodeError as error:
        wrong = changed[error.start : error.end]
        raise InvalidInput(f"{wrong!r} is no text in UTF-8, as the names and values of profiles must be") from None


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
