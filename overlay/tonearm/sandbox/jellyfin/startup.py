"""The server while it starts: 503 in the forms of its two stages, and in one of the document."""

import threading
from typing import Literal

from attrs import define, field
from starlette.responses import HTMLResponse, PlainTextResponse, Response

Stage = Literal["setup", "core", "message"]

_PAGE = "<!DOCTYPE html><html><body><p>The server is starting up. Please try again shortly.</p></body></html>"
_HEADERS: dict[Stage, dict[str, str]] = {
    "setup": {"retry-after": "005"},  # the setup server: three digits (server source, tag v10.11.11)
    "core": {},  # the middleware that waits for the core's start-up (same source)
    "message": {"retry-after": "005", "message": "Server is still loading."},  # the document's Message header
}


@define(eq=False)
class StartUp:
    """Whether the server is starting, and for how many requests more; safe to use from any thread."""

    stage: Stage | None = None
    left: int | None = None
    answered: int = 0
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def begin(self, stage: Stage, times: int | None) -> None:
        """Start, until `finish` or until `times` requests were refused; None waits for `finish`."""
        with self._lock:
            self.stage, self.left, self.answered = stage, times, 0

    def finish(self) -> None:
        with self._lock:
            self.stage = None

    def refusal(self, path: str) -> Response | None:
        """Return the response to a request while the server starts; None when it is served."""
        with self._lock:
            stage = self.stage
            if stage is None or (stage == "core" and path == "/system/ping"):
                return None
            if path == "/health":
                return PlainTextResponse("Degraded")
            self.answered += 1
            if self.left is not None:
                self.left -= 1
                if self.left <= 0:
                    self.stage = None
            return HTMLResponse(_PAGE, 503, headers=_HEADERS[stage])
