"""Authorization of requests, and their rate limits."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Literal

from attrs import define, field

Scope = Literal["full_access", "only_upload"]
"""The permissions of a key, in the words of the service's key operations (AIOZ Stream documentation, "API keys")."""

TOKEN = "sandbox-token"
PAIRS: dict[tuple[str, str], Scope] = {
    ("sandbox-public", "sandbox-secret"): "full_access",
    ("sandbox-upload-public", "sandbox-upload-secret"): "only_upload",
}
"""The key pairs, public half first."""

Class = Literal["upload", "write", "read"]
"""The class of a request, for rate limits."""

RATES: dict[Class, int] = {"upload": 100, "write": 200, "read": 500}
"""Requests of each class per minute (AIOZ Stream documentation, "Rate limits")."""


def class_of(method: str, path: str) -> Class:
    """Return the class of a request. Lists are read with POST; which requests are uploads is not documented."""
    if method == "GET" or (method == "POST" and path.endswith(("/media", "/playlists"))):
        return "read"
    return "upload" if path.endswith("/part") else "write"


@define
class RateWindow:
    """Counts the requests of each minute (Go client v1.0.19 OpenAPI: the X-RateLimit headers).

    `limit` is the number per minute: `documented` limits each class by itself, None does not limit; `clock` returns
    seconds since 1970.
    """

    limit: int | Literal["documented"] | None
    clock: Callable[[], float] = time.time
    _minute: int = field(default=0, init=False)
    _used: Counter[Class | None] = field(factory=Counter[Class | None], init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def take(self, kind: Class) -> tuple[bool, dict[str, str]]:
        """Count a request: whether it is within the limit, and the headers of its answer."""
        minute, second = divmod(int(self.clock()), 60)
        limit, counted = (self.limit, None) if isinstance(self.limit, int) else (RATES[kind], kind)
        with self._lock:
            if minute != self._minute:
                self._used.clear()
            self._minute = minute
            self._used[counted] += 1
            remaining = limit - self._used[counted]
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, remaining)),
            "X-RateLimit-Retry-After": str(60 - second),
        }
        return self.limit is None or remaining >= 0, headers
