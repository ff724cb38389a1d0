"""Connections whose bodies pass through h11 as they were received: it copies each block four times."""

from __future__ import annotations

from functools import cache
from typing import Any, Self, cast


def passing(made: Any) -> Any:
    """A connection of httpcore or httpcore2, blocking or not, that copies no bodies from now on.

    It becomes one of a subclass: its pool asks all connections for their state at each request, which an object around
    it would slow down.
    """
    made.__class__ = _passing(cast("Any", type(made)))
    return made


@cache
def _passing(plain: Any) -> Any:
    def handle_request(self: Any, request: Any) -> Any:
        response = plain.handle_request(self, request)
        _pass_blocks(self)
        return response

    async def handle_async_request(self: Any, request: Any) -> Any:
        response = await plain.handle_async_request(self, request)
        _pass_blocks(self)
        return response

    both = {"handle_request": handle_request, "handle_async_request": handle_async_request}
    return type(plain.__name__, (plain,), both)


def _pass_blocks(connection: Any) -> None:
    """Give h11 the buffer that copies nothing; without these private names, bodies are only received more slowly."""
    while (inner := getattr(connection, "_connection", None)) is not None:
        connection = inner
    state: Any = getattr(connection, "_h11_state", None)
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
