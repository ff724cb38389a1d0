"""The body of an answer that is read whole: decompressed, and within a bound."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from attrs import define, field

from .adapter import limit_for
from .connection import Wire
from .response import Answer, Head

_STEP = 1024 * 1024
"""Bytes that are decompressed at once: what is thrown away in the end is never all in memory."""


class _Unreadable(Exception):
    """Why a body cannot be decompressed."""


@define
class Body:
    """What has come of a body."""

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
        """Keep what a block holds; False when there is enough.

        Raises:
            UnexpectedAnswer: it cannot be decompressed, and the status is none of an error.
            StatusError: it cannot be decompressed, and the status is one.
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
        """The whole answer, or the error that it stands for."""
        answer = self._so_far()
        if self.size > self._limit:
            raise answer.unexpected(f"the body is longer than {self._limit} bytes")
        if self._unpacked is not None and not self._unpacked.whole:
            raise answer.unexpected("the compressed body ends too early")
        return answer

    def _so_far(self) -> Answer:
        return Answer(self.head, b"".join(self.blocks)).checked()


class _Inflated:
    """Decompresses gzip and deflate, the two that were asked for, once.

    httpx's own `iter_bytes` would make all of a block at once, a thousand times its size, and takes a body that ends
    too early for a whole one.
    """

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._inflate: Any = None  # the type of what zlib makes has no public name

    def take(self, data: bytes) -> Iterator[bytes]:
        """Yield what the next bytes hold, in steps."""
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
        if self._names == ["deflate"]:  # some servers leave out the frame, whose first byte is known
            return zlib.MAX_WBITS if data[0] & 15 == zlib.DEFLATED else -zlib.MAX_WBITS
        raise _Unreadable(f"the body is compressed in a way that was not asked for ({', '.join(self._names)})")

    @property
    def whole(self) -> bool:
        """Whether the end has come, or nothing at all, as after a HEAD."""
        return self._inflate is None or bool(self._inflate.eof)
