"""The file of profiles: refused if others can read its keys, and written so that its comments and order stay."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias, cast

from .. import ConfigurationError, InvalidInput
from .._files import Draft, locked, open_log, write_whole

Value: TypeAlias = str | bool
Section: TypeAlias = Mapping[str, Value]
"""The settings of one service in a profile."""

_SECRET = ("api_key", "public_key", "secret_key", "token", "headers")


def path() -> Path:
    """Where the file is.

    Raises:
        ConfigurationError: there is no home for it.
    """
    from platformdirs import user_config_path

    try:
        return user_config_path("tonearm", appauthor=False) / "config.toml"
    except RuntimeError as error:
        raise ConfigurationError(
            "there is no folder for profiles: set HOME, or XDG_CONFIG_HOME and XDG_STATE_HOME"
        ) from error


def profiles() -> dict[str, dict[str, Section]]:
    """The profiles by name, and in each the services by name; none when there is no file.

    Raises:
        ConfigurationError: it cannot be read, is no file of profiles, or holds a key and others can read it.
    """
    text = _text()
    parsed = _parse(text)
    holds_key = any(
        section.get(name) for profile in parsed.values() for section in profile.values() for name in _SECRET
    )
    if holds_key and path().stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigurationError(f"others can read {str(path())!r}, which holds keys: chmod 600 {path()}")
    return parsed


def change(profile: str, service: str, new: Callable[[Section], Section | None]) -> Section:
    """Replace the settings of a service in a profile, and return the earlier ones.

    The rest of the file stays as it is, also when several commands write at a time. From its first byte on, no other
    user can read the file.

    Args:
        profile: its name.
        service: its name.
        new: makes the new settings from the old ones; None removes them.

    Raises:
        ConfigurationError: the file cannot be changed by a program.
        InvalidInput: a name or a value is no text in UTF-8.
    """
    with _owned() as target:
        text = _text()
        old = _parse(text).get(profile, {}).get(service, {})
        body = _changed(text, profile, service, new(old))
        write_whole(target, lambda file: file.write(body), mode=0o600)
    return old


def check(profile: str, service: str) -> None:
    """Raise the errors of `change`, and change nothing."""
    with _owned() as target:
        text = _text()
        old = _parse(text).get(profile, {}).get(service, {})
        _changed(text, profile, service, {**old, "base_url": "probe"})
        Draft.beside(target, 0o600).discard()


@contextmanager
def _owned() -> Generator[Path]:
    """The file, locked so that no other command writes it meanwhile."""
    lock = path().with_name("config.lock")
    try:
        lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(lock, lambda: open_log(lock, create=True), wait=True):
            yield path().resolve()
    except OSError as error:
        raise ConfigurationError(
            f"{str(path())!r} cannot be written: {error.strerror}",
            hint="set XDG_CONFIG_HOME to a folder you can write, or give the key in the environment",
        ) from error


def _changed(text: str, profile: str, service: str, section: Section | None) -> bytes:
    """The file with another section; comments and order stay."""
    from ._toml import TOMLKitError, edited  # loads tomlkit, which most commands do not need

    expected = _parse(text)
    expected.get(profile, {}).pop(service, None)
    if section is not None:
        expected.setdefault(profile, {})[service] = section
    try:
        changed = edited(text, profile, service, section)
        as_expected = _filled(_parse(changed)) == _filled(expected)
    except (ConfigurationError, TOMLKitError):  # for example an inline table
        as_expected, changed = False, ""
    if not as_expected:
        raise ConfigurationError(
            f"{str(path())!r} is written in a way that a program cannot change", hint="edit it by hand"
        )
    try:
        return changed.encode()
    except UnicodeEncodeError as error:
        wrong = changed[error.start : error.end]
        raise InvalidInput(f"{wrong!r} is no text in UTF-8, as the names and values of profiles must be") from None


def _text() -> str:
    try:
        place = path()
    except ConfigurationError:  # without a home there is no profile
        return ""
    try:
        return place.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{str(path())!r} cannot be read: {error}") from error


def _parse(text: str) -> dict[str, dict[str, Section]]:
    try:
        parsed: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # it names the line, and quotes nothing of the text
        raise ConfigurationError(f"{str(path())!r} cannot be read: {error}") from None
    for profile, services in parsed.items():
        for service, section in (cast("dict[str, Any]", services) if isinstance(services, dict) else {"": 0}).items():
            if not isinstance(section, dict):
                name = ".".join(filter(None, (profile, service)))
                raise ConfigurationError(f"{str(path())!r}: {name} must be a table, as in [{profile}.aioz]")
    return parsed


def _filled(parsed: Mapping[str, Mapping[str, Section]]) -> dict[str, Mapping[str, Section]]:
    return {profile: services for profile, services in parsed.items() if services}
