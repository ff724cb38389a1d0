"""The plan that finds out what anyone gets at an address: nothing that only a key opens can stand in a feed."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from urllib.parse import urlsplit

from attrs import define, field

from .. import _audio
from .._base.coerce import integer
from .._engine import Fetch, Plan, attempt
from .._http import Answer, Head, Request
from .._transfer import follow
from ..errors import InvalidInput
from ._download_source import check_file
from .types import PublicFile

_ENOUGH = 4096
"""Bytes that tell a format; the rest is not read."""

_AUDIBLE = ("audio/", "video/", "application/vnd.apple.mpegurl", "application/x-mpegurl", "application/dash+xml")
"""How the media types begin that are believed."""


class _Enough(Exception):
    """Ends the exchange: what was asked for is known."""


@define
class _Beginning:
    """The head of a response and the first bytes of its body."""

    head: Head | None = None
    data: bytearray = field(factory=bytearray)

    def start(self, head: Head) -> _Beginning:
        """Begin with a response."""
        self.head = head
        self.data.clear()
        return self

    def write(self, block: bytes) -> None:
        """Take the next bytes."""
        self.data += block
        if len(self.data) >= _ENOUGH:
            raise _Enough


def public_file(url: str) -> Plan[PublicFile]:
    """Ask for the first bytes of a file without any key, and read from them what it is."""
    if not _is_web(url):
        raise InvalidInput.of("url", url, "an address that begins with https:// or http://")
    headers = {"Accept": "*/*", "Accept-Encoding": "identity", "Range": f"bytes=0-{_ENOUGH - 1}"}
    return (yield from follow(Request(method="GET", path=url, headers=headers), partial(_ask, url)))


def _ask(url: str, request: Request) -> Plan[PublicFile]:
    found = _Beginning()
    with suppress(_Enough):
        yield from attempt(Fetch(request, found.start), "always")
    head, data = found.head, bytes(found.data)
    assert head is not None  # without one an error was raised
    check_file(head)
    if not data:
        raise Answer(head, b"").unexpected("the file is empty")
    kind = head.content_type if head.content_type.startswith(_AUDIBLE) else _audio.named(None, data)[1]
    total = integer(head.headers.get("content-range", "").rpartition("/")[2])
    return PublicFile(url, kind, head.size if head.status != 206 else total)


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False
