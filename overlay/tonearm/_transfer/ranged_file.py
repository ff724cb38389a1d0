"""A file on a server that is read at any position, by Range requests."""

from __future__ import annotations

import io
from collections.abc import Callable
from email.utils import parsedate
from typing import TYPE_CHECKING, Self, TypeAlias

from attrs import define, evolve, field, frozen

from .._engine import Effect, Fetch, Plan, attempt
from .._files import BLOCK
from .._http import Answer, Head, Request
from ..errors import SourceChanged, UnexpectedAnswer
from .seekable_file import SeekableFile

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Patience: TypeAlias = Callable[[Effect[Head]], Effect[Head]]
"""Makes an exchange wait as the service requires."""


@define
class _Part:
    """The bytes of one range, of the last response."""

    head: Head
    most: int
    data: bytearray = field(factory=bytearray)

    def write(self, block: bytes) -> None:
        if len(self.data) + len(block) > self.most:
            raise unfit(self.head, f"more than the {self.most} bytes of the range came")
        self.data += block


@frozen
class Ranges:
    """A version of a file on a server.

    `validator` is its Last-Modified or strong ETag, without which two versions could be mixed.
    """

    request: Request
    size: int
    validator: str
    patiently: Patience

    @classmethod
    def of(cls, request: Request, head: Head, patiently: Patience) -> Self | None:
        """The file whose whole body begins with `head`; None if the server does not send ranges, size or version."""
        size, validator = head.size, validator_of(head)
        if head.headers.get("accept-ranges", "").lower() != "bytes" or validator is None or size is None:
            return None
        return cls(request, size, validator, patiently)

    def read(self, start: int, size: int) -> Plan[bytes]:
        """Read some bytes that are within the file.

        Raises:
            SourceChanged: the file on the server has changed.
            UnexpectedAnswer: the server did not send the range.
        """
        end = start + size - 1
        headers = {**self.request.headers, "Range": f"bytes={start}-{end}", "If-Range": self.validator}
        parts: list[_Part] = []

        def begin(head: Head) -> _Part:
            self._check(head, f"bytes {start}-{end}/{self.size}")
            parts.append(_Part(head, size))
            return parts[-1]

        head = yield from attempt(self.patiently(Fetch(evolve(self.request, headers=headers), begin)), "always")
        data = bytes(parts[-1].data)
        if len(data) != size:
            raise unfit(head, f"{len(data)} bytes came, not {size}")
        return data

    def _check(self, head: Head, due: str) -> None:
        version = (head.headers.get("last-modified", self.validator), head.headers.get("etag"))
        ranges = head.headers.get("content-range", "")
        if self.validator not in version or (head.status == 206 and not ranges.endswith(f"/{self.size}")):
            raise SourceChanged("the file on the server changed while it was read", done=0, total=self.size)
        if head.status != 206:
            raise unfit(head, "the whole file came where a part of it was asked for")
        if ranges != due:
            raise unfit(head, f"the range {ranges!r} is not the one that was asked for")


class RangedFile(SeekableFile):
    """A seekable file on a server; a block of 256 KiB of it is in memory."""

    def __init__(self, ranges: Ranges, perform: Callable[[Plan[bytes]], bytes]) -> None:
        super().__init__()
        self._ranges, self._perform = ranges, perform
        self._start, self._block = 0, b""

    @property
    def size(self) -> int:
        """Bytes of it."""
        return self._ranges.size

    @classmethod
    def tried(cls, ranges: Ranges, perform: Callable[[Plan[bytes]], bytes]) -> Self | None:
        """Open the file and read its beginning; None if the server does not send ranges as it announced."""
        file = cls(ranges, perform)
        try:
            file.read(1)
        except UnexpectedAnswer:
            return None
        file.seek(0)
        return file

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read into a buffer, which may be filled only partly."""
        view = memoryview(buffer).cast("B")
        if self._position >= self.size:
            return 0
        if not self._start <= self._position < self._start + len(self._block):
            start = self._position // BLOCK * BLOCK
            self._block = self._perform(self._ranges.read(start, min(BLOCK, self.size - start)))
            self._start = start
        at = self._position - self._start
        piece = self._block[at : at + len(view)]
        view[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)


class StreamFile(io.RawIOBase):
    """A stream as a file that is read from its beginning to its end."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill a buffer; only at the end it is filled partly."""
        view = memoryview(buffer).cast("B")
        piece = self._read(len(view))
        view[: len(piece)] = piece
        return len(piece)


def validator_of(head: Head) -> str | None:
    """The version of a body that begins with `head`: its Last-Modified or strong ETag, if a request can carry it.

    It is kept in a file, so a value that is no date must not contain a key, which a server may have echoed.
    """
    etag = head.headers.get("etag", "")
    candidates = (head.headers.get("last-modified", ""), "" if etag.startswith("W/") else etag)
    return next(
        (value for value in candidates if is_validator(value) and (parsedate(value) or head.scrub(value) == value)),
        None,
    )


def is_validator(value: str) -> bool:
    """Whether a request can carry a validator; some servers have file names in ETags, in any encoding."""
    return value != "" and value.isascii() and value.isprintable()


def unfit(head: Head, reason: str) -> UnexpectedAnswer:
    """The error for a response with another head than that of the requested range."""
    return Answer(head, b"").unexpected(reason)
