"""Who may call, and how often."""

import base64
import threading
import time
from collections.abc import Callable
from typing import Literal

from attrs import define, field
from starlette.datastructures import Headers

Scope = Literal["full_access", "only_upload"]
"""What a key may do, in the words of the service's key operations (AIOZ Stream documentation, "API keys")."""

TOKEN = "sandbox-token"
PAIRS: dict[tuple[str, str], Scope] = {
    ("sandbox-public", "sandbox-secret"): "full_access",
    ("sandbox-upload-public", "sandbox-upload-secret"): "only_upload",
}
"""The key pairs, public half first."""

_BASIC: dict[str, Scope] = {
    base64.b64encode(f"{public}:{secret}".encode()).decode(): allowed for (public, secret), allowed in PAIRS.items()
}
_ANNOUNCED = 6_000


def scope(headers: Headers) -> Scope | None:
    """Tell what the keys of a request allow; None when there are none, or wrong ones.

    The header pair and Bearer stand in the AIOZ Audio document, Basic is what the Go client v1.0.19 sends. The Node
    client v1.0.19 sends Basic together with the pair, and an empty pair beside a token: an Authorization header
    decides alone.
    """
    if "authorization" in headers:
        scheme, _, credentials = headers["authorization"].partition(" ")
        if scheme.lower() == "bearer":
            return "full_access" if credentials == TOKEN else None
        return _BASIC.get(credentials) if scheme.lower() == "basic" else None
    return PAIRS.get((headers.get("stream-public-key", ""), headers.get("stream-secret-key", "")))


@define
class RateWindow:
    """Counts the requests of each minute (Go client v1.0.19 OpenAPI: the X-RateLimit headers).

    `limit` is how many a minute may have, None for any number; `clock` gives seconds since 1970.
    """

    limit: int | None
    clock: Callable[[], float] = time.time
    _minute: int = field(default=0, init=False)
    _used: int = field(default=0, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def take(self) -> tuple[bool, dict[str, str]]:
        """Count a request: whether it is within the limit, and the headers of its answer."""
        minute, second = divmod(int(self.clock()), 60)
        limit = _ANNOUNCED if self.limit is None else self.limit
        with self._lock:
            self._used = self._used + 1 if minute == self._minute else 1
            self._minute = minute
            left = limit - self._used
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, left)),
            "X-RateLimit-Retry-After": str(60 - second),
        }
        return self.limit is None or left >= 0, headers
