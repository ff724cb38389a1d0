"""The responses of a web server to reading a file: the file's version, and the bodies of its ranges."""

from __future__ import annotations

import io
from typing import IO, Self

from attrs import define, field, frozen

from .._http import Answer, Head


@frozen
class Version:
    """The version of a file: its size, and its ETag and Last-Modified if the server sends them."""

    size: int
    etag: str | None
    modified: str | None

    @classmethod
    def of(cls, head: Head, size: int) -> Self:
        """The version in the headers of a response."""
        return cls(size, head.headers.get("etag"), head.headers.get("last-modified"))

    def is_other(self, other: Version) -> bool:
        """Whether these are two versions; servers need not send all headers in each response."""
        if self.size != other.size:
            return True
        if self.etag is not None and other.etag is not None:
            return self.etag != other.etag
        return None not in (self.modified, other.modified) and self.modified != other.modified

    def __str__(self) -> str:
        return self.etag or self.modified or ""


@define
class Sink:
    """The body of the last response: a range in memory, or the whole file on the disk if the server has no ranges."""

    head: Head
    file: IO[bytes] = field(factory=io.BytesIO)
    most: int | None = None
    """Most bytes of the body; any number when None."""

    def write(self, block: bytes) -> None:
        if self.most is not None and self.file.tell() + len(block) > self.most:
            raise Answer(self.head, b"").unexpected(f"more than the {self.most} bytes of the range came")
        self.file.write(block)
