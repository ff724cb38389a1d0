import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl, urlencode

from attrs import define, field

HIDDEN = "***"
_SECRET_HEADERS = frozenset(
    {
        "api-key",
        "authorization",
        "cookie",
        "stream-public-key",
        "stream-secret-key",
        "x-api-key",
        "x-emby-authorization",
        "x-emby-token",
        "x-mediabrowser-token",
    }
)
_SECRET_QUERY = frozenset({"access_token", "api-key", "api_key", "apikey", "token"})


@define(kw_only=True)
class Exchange:
    """One request that the sandbox received, and its response; keys are replaced by `***`.

    Attributes:
        method: HTTP method.
        path: decoded path, with the mount of the service.
        query: query string as sent, but without keys.
        headers: header names in lower case with their values, in wire order.
        status: status that was sent, or None when no headers were.
        received: bytes of the request body that were read.
        sent: bytes of the response's body that were written.
        fault: whether a fault was applied.
        at: when the request's head arrived, in seconds since 1970.
        seconds: time until the last byte of the response; None before.
    """

    method: str
    path: str
    query: str
    headers: list[tuple[str, str]]
    status: int | None = None
    received: int = 0
    sent: int = 0
    fault: bool = False
    at: float = field(factory=time.time)
    seconds: float | None = None
    _began: float = field(factory=time.perf_counter, init=False, repr=False, eq=False)

    def end(self) -> None:
        self.seconds = time.perf_counter() - self._began

    def header(self, name: str) -> str | None:
        """Return the first value of a header, or None."""
        return next((value for key, value in self.headers if key == name.lower()), None)


def _redacted_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    if not any(key.lower() in _SECRET_QUERY for key, _ in pairs):
        return query
    return urlencode([(key, HIDDEN if key.lower() in _SECRET_QUERY else value) for key, value in pairs], safe="*")


@define
class Exchanges:
    """The log of the last requests, safe to read from any thread.

    Attributes:
        on_end: called with each exchange that has ended, on the server's thread.
    """

    on_end: Callable[[Exchange], None] | None = None
    _log: deque[Exchange] = field(factory=lambda: deque[Exchange](maxlen=10_000), init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def begin(self, method: str, path: str, query: str, headers: Iterable[tuple[bytes, bytes]]) -> Exchange:
        """Add a request whose head has arrived; the caller fills in the rest later."""
        named = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers]
        exchange = Exchange(
            method=method,
            path=path,
            query=_redacted_query(query),
            headers=[(name, HIDDEN if name in _SECRET_HEADERS else value) for name, value in named],
        )
        with self._lock:
            self._log.append(exchange)
        return exchange

    def end(self, exchange: Exchange) -> None:
        """Note that nothing more will happen to an exchange."""
        exchange.end()
        if self.on_end is not None:
            self.on_end(exchange)

    def list(self) -> list[Exchange]:
        """Return the requests so far, oldest first."""
        with self._lock:
            return list(self._log)
