"""Stores keys, which are read from a prompt that does not show them, or from standard input."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from getpass import getpass

import typer

from .. import InvalidInput
from . import _check, _every, _settings, _store
from ._ends import say


def address(url: str) -> str:
    """The address of a server, checked before the user is asked for a key."""
    from .._http import check_base_url

    return check_base_url(url)


def keys(names: Sequence[str], *, stdin: bool) -> dict[str, str]:
    """Keys by their names: from a prompt for each, or from standard input, one per line."""
    if not stdin:
        return {name: ask(name.replace("_", " ").capitalize(), hidden=True).strip() for name in names}
    lines = [line.strip() for line in sys.stdin if line.strip()]
    if len(lines) != len(names):
        raise InvalidInput(f"--key-stdin reads {len(names)} lines ({', '.join(names)}), and {len(lines)} came")
    return dict(zip(names, lines, strict=True))


def password(*, stdin: bool) -> str:
    """A password as it is: spaces are part of it, and it may be empty."""
    return sys.stdin.readline().rstrip("\r\n") if stdin else ask("Password", hidden=True)


def ask(question: str, *, hidden: bool = False, otherwise: str = "--key-stdin reads standard input") -> str:
    """Ask a question on the terminal, and return the answer; `hidden` does not show it. Standard output is not used.

    Raises:
        InvalidInput: there is no terminal; `otherwise` is the advice without one.
    """
    if not sys.stdin.isatty():
        raise InvalidInput(f"nobody can be asked: {otherwise}")
    try:
        if hidden:
            return getpass(f"{question}: ")
        print(question, end=": ", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
    except EOFError:
        line = ""
    if not line:
        raise typer.Abort
    return line.strip()


def save(
    service: str,
    values: Mapping[str, str | None],
    *,
    profile: str | None,
    base_url: str | None,
    keyring: bool,
    others: Mapping[str, str | None] | None = None,
    check: bool = True,
) -> None:
    """Store keys, the address of the server, and other settings of a profile; None keeps the old value.

    With `check` the key is tried first, and not stored if the server refuses it.
    """
    from .._http import check_key

    keys = {
        name: value and check_key(name.replace("_", " "), value) for name, value in values.items() if value is not None
    }
    own = {name: value for name, value in (others or {}).items() if value is not None}
    works, messages = not check, list[str]()
    if check and keys:
        _store.check(service, profile, keyring=keyring)  # before a key is sent, check that it can be stored
        works, message = _check.accepted(service, profile, base_url, keys, own)
        messages.append(message)
    front = {name: value for name, value in _every.chosen.profile().items() if value is not None}
    stored = _store.save(service, profile, base_url, keys, {**own, **front}, keyring=keyring, works=works)
    say(stored[0], *messages, *stored[1:])


def forget(service: str, profile: str | None) -> None:
    """Remove the settings of a service from a profile."""
    name = _settings.named(profile)
    if not _store.forget(service, name):
        raise InvalidInput(f"nothing is stored for {service} in profile {name!r}")
    say(f"forgotten: {service} in profile {name!r}")
