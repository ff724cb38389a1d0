"""Large bodies that pass through h11 as they were received: it copies each block four times."""

from __future__ import annotations

from typing import Any, Self

import httpx

_LARGE = 6
"""Digits of the length of a body that is worth it."""

_WAY = ("_httpcore_stream", "_stream", "_connection")
"""Private names on the way from the body of a response to its connection, in httpx, httpcore and httpcore2."""


def pass_blocks(response: httpx.Response) -> None:
    """Give h11 the buffer that copies nothing, before a large body of a known size is read.

    Where one of the private names is missing, the body is received all the same, only more slowly.
    """
    if len(response.headers.get("content-length", "")) < _LARGE:
        return
    part: Any = response.stream
    while part is not None and not hasattr(part, "_h11_state"):
        part = next((getattr(part, name) for name in _WAY if hasattr(part, name)), None)
    state: Any = getattr(part, "_h11_state", None)
    buffer = getattr(state, "_receive_buffer", None)
    if hasattr(buffer, "maybe_extract_at_most") and not isinstance(buffer, Blocks):
        state._receive_buffer = Blocks(buffer)  # noqa: SLF001


class Blocks:
    """The received bytes that h11 has not read yet: its own buffer, and behind that one block, if it was empty.

    A block that belongs to a body whole is returned as it is. For everything else it moves into the buffer.
    """

    def __init__(self, buffer: Any) -> None:
        self._buffer = buffer
        self._block = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._all(), name)

    def _all(self) -> Any:
        if self._block:
            self._buffer += self._block
            self._block = b""
        return self._buffer

    def __len__(self) -> int:
        return len(self._buffer) + len(self._block)

    def __bytes__(self) -> bytes:
        return bytes(self._all())

    def __iadd__(self, block: bytes) -> Self:
        if len(self):
            self._buffer = self._all()
            self._buffer += block
        else:
            self._block = block
        return self

    def maybe_extract_at_most(self, count: int) -> Any:
        """The next bytes of a body, or None if nothing was received."""
        if 0 < len(self._block) <= count:
            block, self._block = self._block, b""
            return block
        return self._all().maybe_extract_at_most(count)
