"""One service's connection: base URL, keys and settings; its httpx client is made when something is first sent."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Generic, TypeVar

from attrs import define, evolve, field, frozen

from ..errors import ConfigurationError
from ..retry import Budget, Retry
from .clients import AsyncHttpClient, HttpClient
from .front import Front

logger = logging.getLogger("tonearm")

HEADERS = 5
"""The level at which the headers of each request and response are logged; the request itself is at DEBUG, 10."""

C = TypeVar("C", HttpClient, AsyncHttpClient)

CONNECT_TIMEOUT = 10.0
POOL_TIMEOUT = 60.0

_TELLING = 4
"""Characters of a key that is hidden within words, too; shorter ones, such as x, local servers take for a key."""


@frozen
class Options:
    """How a client treats its requests: `timeout` seconds of silence, `deadline` seconds a call, `retry`."""

    timeout: float
    deadline: float | None
    retry: Retry


@define(eq=False, repr=False)
class Connections(Generic[C]):
    """An httpx client that `make` makes when it is first needed, unless its owner has lent one."""

    make: Callable[[], C]
    made: C | None = None
    lent: bool = field(default=False, kw_only=True)
    closed: bool = False
    _lock: Lock = field(factory=Lock)

    def get(self) -> C:
        """The client."""
        with self._lock:
            if self.made is None:
                self.check()
                self.made = self.make()
        return self.made

    def check(self) -> None:
        """Refuse what is closed."""
        if self.closed if self.made is None else self.made.is_closed:
            raise ConfigurationError("the client is closed")

    def end(self) -> C | None:
        """Make no client from now on; returns the one that was made, which the caller closes."""
        with self._lock:
            self.closed = True
        return self.made


@frozen(repr=False)
class Wire(Generic[C]):
    """How one service is reached, from the process `pid`. `keys` are the headers that carry `secrets`.

    `query` is part of every request's; `front` is what a proxy before the service wants.
    """

    connections: Connections[C]
    base_url: str
    keys: Mapping[str, str] = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    options: Options
    owned: bool
    query: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    front: Front = field(default=Front(""), repr=False)
    budget: Budget = field(factory=Budget)
    pid: int = field(factory=os.getpid)
    kept: dict[str, Any] = field(factory=dict[str, Any], init=False)  # what is made once for these settings

    def __repr__(self) -> str:
        """Name the server, never a key."""
        return f"<Wire to {self.base_url}>"

    def within(self, seconds: float | None) -> Wire[C]:
        """The same wire for a call that may take so long, or as long as the options say."""
        return self if seconds is None else evolve(self, options=evolve(self.options, deadline=seconds), owned=False)

    @property
    def lent(self) -> C | None:
        """The httpx client that its owner has lent, if there is one."""
        return self.connections.made if self.connections.lent else None

    @property
    def client(self) -> C:
        """The httpx client to send with; it is made now if nothing was sent before."""
        return self.connections.get()

    def check(self) -> None:
        """Refuse to send over connections that are closed, or that another process uses too."""
        if self.pid != os.getpid():
            raise ConfigurationError(
                "the client was made in another process", hint="make one in each process, after the fork"
            )
        self.connections.check()

    def timeouts(self, left: float | None, patience: int = 1) -> dict[str, float]:
        """Seconds for each step of a request, `left` before the deadline; it may be silent `patience` times as long."""
        silence = self.options.timeout
        limits = {
            "connect": min(CONNECT_TIMEOUT, silence),
            "read": silence * patience,
            "write": silence * patience,
            "pool": POOL_TIMEOUT,
        }
        return limits if left is None else {name: max(0.001, min(limit, left)) for name, limit in limits.items()}

    def scrub(self, text: str) -> str:
        """The text without any key in it, should a server have echoed one; the shortest are part of common words."""
        for secret in sorted(self.secrets, key=len, reverse=True):  # one may begin with another
            pattern = re.escape(secret) if len(secret) >= _TELLING else rf"(?<![\w-]){re.escape(secret)}(?![\w-])"
            text = re.sub(pattern, "***", text)
        return text
