"""The plan that checks that anyone can fetch a file: a feed must not link files that need a key."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from urllib.parse import urlsplit

from attrs import define, field

from .. import _audio, _transfer  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.coerce import integer
from .._engine import Fetch, Plan, attempt
from .._http import Answer, Head, Request
from ..errors import InvalidInput
from ._download_source import check_file
from .types import PublicFile

_ENOUGH = 4096
"""Bytes from which a format is recognised; the rest is not read."""

_AUDIBLE = ("audio/", "video/", "application/vnd.apple.mpegurl", "application/x-mpegurl", "application/dash+xml")
"""Beginnings of media types that are trusted."""


class _Enough(Exception):
    """Ends the exchange, when enough bytes have been received."""


@define
class _Beginning:
    """The head of a response and the first bytes of its body."""

    head: Head | None = None
    data: bytearray = field(factory=bytearray)

    def start(self, head: Head) -> _Beginning:
        """Start with a response."""
        self.head = head
        self.data.clear()
        return self

    def write(self, block: bytes) -> None:
        """Add the next bytes."""
        self.data += block
        if len(self.data) >= _ENOUGH:
            raise _Enough


def public_file(url: str) -> Plan[PublicFile]:
    """Request the first bytes of a file without a key, and find its media type."""
    if not _is_web(url):
        raise InvalidInput.of("url", url, "an address that begins with https:// or http://")
    headers = {"Accept": "*/*", "Accept-Encoding": "identity", "Range": f"bytes=0-{_ENOUGH - 1}"}
    return (
        yield from _transfer.follow(Request(method="GET", path=url, headers=headers), partial(_read_beginning, url))
    )


def _read_beginning(url: str, request: Request) -> Plan[PublicFile]:
    beginning = _Beginning()
    with suppress(_Enough):
        yield from attempt(Fetch(request, beginning.start), "always")
    head, data = beginning.head, bytes(beginning.data)
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
