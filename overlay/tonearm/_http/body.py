"""Reads the whole body of a response: decompressed, and up to a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from attrs import define, field

from .adapter import limit_for
from .connection import Wire
from .response import Answer, Head

_STEP = 1024 * 1024
"""Bytes that are decompressed at a time, so that a body beyond the limit is never all in memory."""


class _Unreadable(Exception):
    """The body cannot be decompressed."""


@define
class Body:
    """The received part of a body."""

    wire: Wire[Any]
    head: Head
    blocks: list[bytes] = field(factory=list[bytes], repr=False)
    size: int = 0
    _unpacked: _Inflated | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        names = [name.strip() for name in self.head.headers.get("content-encoding", "").lower().split(",")]
        packed = [name for name in names if name not in ("", "identity")]
        self._unpacked = _Inflated(packed) if packed else None

    @property
    def _limit(self) -> int:
        return limit_for(self.head.status)

    def take(self, block: bytes) -> bool:
        """Add a block; False if the limit is exceeded.

        Raises:
            UnexpectedAnswer: the body cannot be decompressed, and the status is a success.
            StatusError: the body cannot be decompressed, and the status is an error.
        """
        if self._unpacked is None:
            return self._keep(block)
        try:
            return all(map(self._keep, self._unpacked.take(block)))
        except _Unreadable as error:
            raise self._so_far().unexpected(str(error)) from error.__cause__

    def _keep(self, piece: bytes) -> bool:
        self.blocks.append(piece)
        self.size += len(piece)
        return self.size <= self._limit

    def answer(self) -> Answer:
        """The whole response; raises the error of its status."""
        answer = self._so_far()
        if self.size > self._limit:
            raise answer.unexpected(f"the body is longer than {self._limit} bytes")
        if self._unpacked is not None and not self._unpacked.whole:
            raise answer.unexpected("the compressed body ends too early")
        return answer

    def _so_far(self) -> Answer:
        return Answer(self.head, b"".join(self.blocks)).checked()


class _Inflated:
    """Decompresses gzip and deflate, the two requested encodings.

    httpx's `iter_bytes` would decompress a whole block at once, to a thousand times its size, and treats a truncated
    body as complete.
    """

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._inflate: Any = None  # zlib's type has no public name

    def take(self, data: bytes) -> Iterator[bytes]:
        """Yield the decompressed bytes of the next block, in steps."""
        if self._inflate is None:
            self._inflate = zlib.decompressobj(self._window(data))
        piece = b""
        while not self._inflate.eof and (data or len(piece) == _STEP):
            try:
                piece = self._inflate.decompress(data, _STEP)
            except zlib.error as error:
                raise _Unreadable("the body cannot be decompressed") from error
            data = self._inflate.unconsumed_tail
            yield piece

    def _window(self, data: bytes) -> int:
        if self._names in (["gzip"], ["x-gzip"]):
            return 16 + zlib.MAX_WBITS
        if self._names == ["deflate"]:  # some servers omit the frame, whose first byte is known
            return zlib.MAX_WBITS if data[0] & 15 == zlib.DEFLATED else -zlib.MAX_WBITS
        raise _Unreadable(f"the body is compressed in a way that was not asked for ({', '.join(self._names)})")

    @property
    def whole(self) -> bool:
        """Whether the end has been received, or no bytes at all, as after a HEAD."""
        return self._inflate is None or bool(self._inflate.eof)
