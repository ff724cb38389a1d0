"""One HTTP request, before it is tied to a connection, and the sink of its response's body."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from attrs import field, frozen

from ..retry import Repeat
from .multipart import Field


def _unheard(done: int, /) -> None:
    """Ignore how many bytes were sent."""


@frozen(kw_only=True)
class Request:
    """One HTTP request, before it is tied to a connection.

    `path` is appended to the base URL; a full URL instead is used unchanged, and gets no key. At most one of `json`,
    `form` and `content` is given; a form is sent as multipart/form-data. `sent` is called with the bytes of the form's
    files that were sent so far. `patience` multiplies the client's timeout, for several requests of a call that wait
    for each other at a server that processes one at a time.
    """

    method: str
    path: str = field(repr=lambda path: repr(path.partition("?")[0]))  # a query may be signed
    query: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)
    headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    json: Any = field(default=None, repr=False)
    form: Sequence[Field] | None = field(default=None, repr=False)
    content: bytes | None = field(default=None, repr=False)
    repeat: Repeat = "always"
    sent: Callable[[int], None] = _unheard
    patience: int = 1

    @classmethod
    def of(
        cls,
        kwargs: Mapping[str, Any],
        *,
        accept: str = "application/json",
        repeat: Repeat = "always",
        sent: Callable[[int], None] | None = None,
    ) -> Request:
        """Make a request from the arguments of a generated ``request_kwargs``."""
        files = kwargs.get("files")
        return cls(
            method=kwargs["method"].upper(),
            path=kwargs["url"],
            query=kwargs.get("params", {}),
            headers={"Accept": accept, **kwargs.get("headers", {})},
            json=kwargs.get("json"),
            form=None if files is None else [Field.of(name, part) for name, part in files],
            content=kwargs.get("content"),
            repeat=repeat,
            sent=sent or _unheard,
        )


class Sink(Protocol):
    """The target of the body of a Fetch."""

    def write(self, block: bytes, /) -> object:
        """Write the next bytes of the body."""
