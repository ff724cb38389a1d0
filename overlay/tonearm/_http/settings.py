"""The address of a service and its keys: from arguments first, then from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx
from attrs import field, frozen

from .._base.validate import amount
from ..errors import ConfigurationError, InvalidInput
from ..retry import Retry
from .connection import Options
from .origin import same_origin

_LEND = "credentials for a proxy before the server belong to an HTTP client of your own, with `auth`"


@frozen
class Address:
    """The base URL of a service, whether keys of the environment may be sent to it, and parameters of all queries."""

    url: str
    trusted: bool
    query: Mapping[str, str] = field(factory=dict[str, str])

    @property
    def unused(self) -> str:
        """An addition to the error of a missing key if the environment has one."""
        return f"; the key in the environment was left unused because it does not belong to {self.url}"


def address(argument: str | None, variable: str, default: str | None) -> Address:
    """The address of a service.

    A key of the environment belongs to the base URL of the environment, or else to the default. With `argument` it is
    used only if both have the same origin.

    Raises:
        ConfigurationError: the base URL is missing or invalid.
    """
    ambient = os.environ.get(variable) or default
    if argument is None:
        if ambient is None:
            raise ConfigurationError("no base URL", argument="base_url", hint=f"give base_url, or set {variable}")
        try:
            return Address(check_base_url(ambient), trusted=True)
        except ConfigurationError as error:  # nobody gave the argument, so the variable is named
            raise ConfigurationError(f"{variable}: {error.reason}", expected=error.expected, hint=error.hint) from None
    url = check_base_url(argument)
    return Address(url, trusted=ambient is not None and same_origin(url, ambient))


def options(timeout: float | None, deadline: float | None, retry: Retry | None, *, silence: float) -> Options:
    """Check the settings of a client; `silence` is the service's default timeout in seconds."""
    try:
        timeout = silence if timeout is None else amount(timeout, "timeout", least=0.001)
        deadline = None if deadline is None else amount(deadline, "deadline", least=0.001)
    except InvalidInput as error:
        raise ConfigurationError.because(error) from None
    if retry is not None and not isinstance(retry, Retry):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise ConfigurationError.of("retry", retry, "a tonearm.Retry, such as Retry(attempts=1)")
    return Options(timeout, deadline, retry or Retry())


def check_base_url(url: str) -> str:
    """The base URL without a final slash, or ConfigurationError."""
    if not isinstance(url, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise _unusable("text", f"must be text, not {type(url).__name__}")
    shown = _shown(url)
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise _unreadable(url, str(error)) from None
    if fault := _refused(url):
        raise _unreadable(url, fault)
    if parts.scheme not in ("http", "https") or not host or " " in url:
        raise _unusable(
            "http:// or https:// with a host", f"must start with http:// or https:// and name a host, not {shown}"
        )
    if parts.username is not None or parts.password is not None:
        raise _unusable("without a user name or password", "must not hold a user name or password", _LEND)
    if "?" in url or "#" in url:
        raise _unusable("without a query or a fragment", f"must not have a query or a fragment: {shown}")
    return url.rstrip("/")


def _unreadable(url: str, fault: str) -> ConfigurationError:
    """The error for a URL. The fault may quote it, and is shown only if nothing in the URL can be secret."""
    plain = not any(mark in url for mark in "@?#")
    return _unusable("a URL that can be read", f"{_shown(url)} cannot be read{f': {fault}' if plain else ''}")


def _unusable(expected: str, fault: str, hint: str | None = None) -> ConfigurationError:
    """The error for a base URL; it has no `value`, which may contain a password."""
    return ConfigurationError(f"the base URL {fault}", argument="base_url", expected=expected, hint=hint)


def _shown(url: str) -> str:
    """A base URL without possible secrets: user name, password, query and fragment."""
    place, *rest = re.split("[?#]", url, maxsplit=1)
    if "@" in "".join(rest):
        return "'***'"  # that may be the end of a password
    _, at, host = place.rpartition("@")
    return repr(f"***@{host}" if at else place)


def _refused(url: str) -> str | None:
    """Why httpx cannot use a URL; None if it can."""
    try:
        httpx.URL(url)
    except httpx.InvalidURL as error:
        return str(error)
    return None


def check_key(name: str, value: str) -> str:
    """Check that a key can be sent in a header; ConfigurationError does not show it.

    A line feed at its end, as of a key that is read from a file, is removed.
    """
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise ConfigurationError(f"{name} must be text, not {type(value).__name__}", argument=name, expected="text")
    value = value.rstrip("\r\n")
    if not value or not value.isascii() or not value.isprintable() or " " in value:
        expected = "text in ASCII without spaces"
        raise ConfigurationError(
            f"{name} is empty or has characters that cannot be in a key", argument=name, expected=expected
        )
    return value
