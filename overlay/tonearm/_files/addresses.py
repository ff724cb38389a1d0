"""Addresses of files: of the web or of a storage, without passwords and keys."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TypeGuard
from urllib.parse import unquote, urlsplit

from ..errors import InvalidInput

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


_PASSWORD = re.compile(r"://[^/?#@]*:(?!\d+/)[^@]*@")
"""Also one with slashes, as keys of S3 have them; a number before a slash is a port."""


_WEB_PASSWORD = re.compile(r"://[^/?#]*@")


_SECRET = "key|token|secret|sig|auth|pass|credential|cookie|session|jwt"


_WEB_KEY = re.compile(rf"[?&][^=&#]*(?:{_SECRET})[^=&#]*=", re.IGNORECASE)
"""The name of a part of a query that may be a key."""


def is_remote(place: str | os.PathLike[str]) -> bool:
    """Whether a place is an address, not a path."""
    return isinstance(place, str) and _ADDRESS.match(place) is not None


def is_web(place: object) -> TypeGuard[str]:
    """Whether a place is a web address, `https://` or `http://`."""
    return isinstance(place, str) and place.lower().startswith(("https://", "http://"))


def path_of(place: str) -> Path:
    """The path after which the results of an input are named: of a web address the last part, without a query.

    Raises:
        InvalidInput: it is a web address that cannot be read.
    """
    if not is_web(place):
        return Path(place)
    try:
        path, _ = (parts := urlsplit(place)).path, parts.port  # `port` is parsed only when it is read
    except ValueError:
        raise InvalidInput.of("source", shown(place), "a web address that can be read") from None
    return Path(Path(unquote(path).replace("\0", "_")).name)


def folder_of(given: str | os.PathLike[str]) -> Path | str:
    """A folder for results: an address as it is, anything else as a path.

    Raises:
        InvalidInput: there is a password in the address.
    """
    if not (isinstance(given, str) and is_remote(given)):
        return Path(given)
    check_storage(given)
    return given.rstrip("/")


def place_in(folder: Path | str, name: str) -> str:
    """The place of a file in a folder of `folder_of`."""
    return f"{folder}/{name}" if isinstance(folder, str) else str(folder / name)


def without_password(place: str) -> str:
    """An address, or any other text, as it is, checked: no password may get into ledgers and logs.

    Raises:
        InvalidInput: it is an address with a password, or a web address with a key in its query.
    """
    if is_web(place):
        if _WEB_PASSWORD.search(place) or _WEB_KEY.search(place):
            raise _refused(place)
    elif _ADDRESS.match(place) and _PASSWORD.search(place):
        raise _refused(place)
    return place


def check_storage(place: str) -> None:
    """Refuse web addresses, and those that would put a key into ledgers and logs."""
    if "?" in without_password(place) and not is_web(place):
        raise _refused(place)
    if is_web(place):
        raise InvalidInput.of("source", shown(place), "a path, or an address of a storage such as s3://bucket/file")


def _refused(place: str) -> InvalidInput:
    return InvalidInput(
        f"the address {shown(place)} holds a key or options",
        argument="source",
        value=shown(place),
        expected="an address without a password and a query",
        hint="keep them in fsspec's configuration, or in the environment",
    )


def shown(place: str) -> str:
    """An address for messages: without its password and its query."""
    return (_WEB_PASSWORD if is_web(place) else _PASSWORD).sub("://", place).partition("?")[0]
