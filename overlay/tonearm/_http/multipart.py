"""Multipart bodies that are streamed: a known length, a random boundary, blocks of at most 256 KiB."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Protocol

from attrs import define, field, frozen

_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


class Window(Protocol):
    """A part of a file, which can be read again for every attempt."""

    @property
    def length(self) -> int:
        """Its number of bytes."""
        ...

    def blocks(self) -> Iterator[bytes]:
        """Its bytes, piece by piece."""
        ...


@frozen
class Field:
    """One part of a form: a value, or with `filename` a file."""

    name: str
    value: bytes | Window
    filename: str | None = None
    content_type: str | None = None

    @classmethod
    def of(cls, name: str, part: tuple[str | None, bytes | Window, str | None]) -> Field:
        """Make a field from a part of generated code; like other clients it has no Content-Type if it is a value."""
        filename, value, content_type = part
        return cls(name, value, filename, None if filename is None else content_type)


def _head(part: Field) -> bytes:
    disposition = f'form-data; name="{part.name.translate(_ESCAPES)}"'
    if part.filename is not None:
        disposition += f'; filename="{part.filename.translate(_ESCAPES)}"'
    lines = f"Content-Disposition: {disposition}\r\n"
    if part.content_type is not None:
        lines += f"Content-Type: {part.content_type}\r\n"
    return (lines + "\r\n").encode()


@define
class Multipart:
    """The body of a multipart/form-data request; it can be read again for every attempt.

    The boundary has 128 random bits, so that no text in a field can equal it. `streamed` counts the bytes of files that
    were read so far.
    """

    fields: Sequence[Field]
    boundary: str = field(factory=lambda: secrets.token_hex(16))
    streamed: int = field(default=0, init=False)

    @property
    def content_type(self) -> str:
        """The Content-Type header that belongs to this body."""
        return f"multipart/form-data; boundary={self.boundary}"

    @property
    def length(self) -> int:
        """The number of bytes of the body."""
        frame = len(self._delimiter)
        parts = sum(frame + len(_head(part)) + _size(part.value) + 2 for part in self.fields)
        return parts + len(self._end)

    def blocks(self) -> Iterator[bytes]:
        """The body, piece by piece."""
        self.streamed = 0
        for part in self.fields:
            yield self._delimiter + _head(part)
            if isinstance(part.value, bytes):
                yield part.value
            else:
                for block in part.value.blocks():
                    yield block
                    self.streamed += len(block)
            yield b"\r\n"
        yield self._end

    @property
    def _delimiter(self) -> bytes:
        return f"--{self.boundary}\r\n".encode()

    @property
    def _end(self) -> bytes:
        return f"--{self.boundary}--\r\n".encode()


def _size(value: bytes | Window) -> int:
    return len(value) if isinstance(value, bytes) else value.length
