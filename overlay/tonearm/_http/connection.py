"""The connection to one service: base URL, keys and settings; its httpx client is made with the first request."""

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
from .front_proxy import Front

logger = logging.getLogger("tonearm")

HEADERS = 5
"""The level at which the headers of each request and response are logged; the request itself is at DEBUG, 10."""

C = TypeVar("C", HttpClient, AsyncHttpClient)

CONNECT_TIMEOUT = 10.0
POOL_TIMEOUT = 60.0

_SHORT_KEY = 4
"""Characters from which a key is also hidden inside words; local servers accept shorter keys, such as x."""


@frozen
class Options:
    """The settings of a client: `timeout` in seconds of silence, `deadline` in seconds of a call, and `retry`."""

    timeout: float
    deadline: float | None
    retry: Retry


@define(eq=False, repr=False)
class Connections(Generic[C]):
    """An httpx client, which `make` makes when it is first needed, unless its owner has lent one."""

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
        """Raise ConfigurationError if the client is closed."""
        if self.closed if self.made is None else self.made.is_closed:
            raise ConfigurationError("the client is closed")

    def end(self) -> C | None:
        """Make no client from now on; return the existing one, which the caller must close."""
        with self._lock:
            self.closed = True
        return self.made


@frozen(repr=False)
class Wire(Generic[C]):
    """The connection to one service, in the process `pid`. `keys` are the headers with `secrets`.

    `query` is added to the query of each request; `front` has the headers for a proxy in front of the service.
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
    kept: dict[str, Any] = field(factory=dict[str, Any], init=False)  # objects that are made once for these settings

    def __repr__(self) -> str:
        """Show the server, but no key."""
        return f"<Wire to {self.base_url}>"

    def within(self, seconds: float | None) -> Wire[C]:
        """This wire for a call that may take so many seconds; None keeps the deadline."""
        return self if seconds is None else evolve(self, options=evolve(self.options, deadline=seconds), owned=False)

    @property
    def lent(self) -> C | None:
        """The httpx client that its owner has lent, if any."""
        return self.connections.made if self.connections.lent else None

    @property
    def client(self) -> C:
        """The httpx client to send with; it is made with the first request."""
        return self.connections.get()

    def check(self) -> None:
        """Refuse to send over connections that are closed, or that another process uses, too."""
        if self.pid != os.getpid():
            raise ConfigurationError(
                "the client was made in another process", hint="make one in each process, after the fork"
            )
        self.connections.check()

    def timeouts(self, left: float | None, patience: int = 1) -> dict[str, float]:
        """Seconds for each step of a request, at most `left`; reads and writes get `patience` times the timeout."""
        silence = self.options.timeout
        limits = {
            "connect": min(CONNECT_TIMEOUT, silence),
            "read": silence * patience,
            "write": silence * patience,
            "pool": POOL_TIMEOUT,
        }
        return limits if left is None else {name: max(0.001, min(limit, left)) for name, limit in limits.items()}

    def scrub(self, text: str) -> str:
        """Remove keys from a text, which a server may have echoed; very short keys only as whole words."""
        for secret in sorted(self.secrets, key=len, reverse=True):  # a key may begin with another
            pattern = re.escape(secret) if len(secret) >= _SHORT_KEY else rf"(?<![\w-]){re.escape(secret)}(?![\w-])"
            text = re.sub(pattern, "***", text)
        return text
