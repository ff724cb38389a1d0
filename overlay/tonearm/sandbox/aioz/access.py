"""Who may call, and how often."""

import base64
import threading
import time

from attrs import define, field
from starlette.datastructures import Headers

PUBLIC_KEY, SECRET_KEY, TOKEN = "sandbox-public", "sandbox-secret", "sandbox-token"


def allowed(headers: Headers) -> bool:
    """Tell whether a request carries valid keys.

    The header pair and Bearer stand in the AIOZ Audio document, Basic is what the official clients send. One of them
    sends Basic together with the pair, and an empty pair beside a token: an Authorization header decides alone.
    """
    if "authorization" in headers:
        scheme, _, credentials = headers["authorization"].partition(" ")
        if scheme.lower() == "bearer":
            return credentials == TOKEN
        return scheme.lower() == "basic" and credentials == _basic()
    return (headers.get("stream-public-key"), headers.get("stream-secret-key")) == (PUBLIC_KEY, SECRET_KEY)


def _basic() -> str:
    return base64.b64encode(f"{PUBLIC_KEY}:{SECRET_KEY}".encode()).decode()


@define
class RateWindow:
    """Counts the requests of a minute, and says so in headers; it never refuses one."""

    limit: int = 6_000
    _minute: int = field(default=0, init=False)
    _used: int = field(default=0, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def headers(self) -> dict[str, str]:
        """Count a request, and return the headers of its answer."""
        minute, second = divmod(int(time.time()), 60)
        with self._lock:
            self._used = self._used + 1 if minute == self._minute else 1
            self._minute = minute
            remaining = max(0, self.limit - self._used)
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(remaining),
            "X-RateLimit-Retry-After": str(60 - second),
        }
