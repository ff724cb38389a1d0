"""The calls of webhooks, one after the other, in their own thread."""

import json
import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from attrs import define, field

from tonearm.sandbox.aioz.objects import USER_ID, timestamp
from tonearm.sandbox.aioz.store import Store

KIND = "webhook"
EVENTS = ("file_received", "encoding_started", "partial_finished", "encoding_finished", "encoding_failed")
PATIENCE = 5.0
"""Seconds that an address has for its response."""

_log = logging.getLogger("tonearm.sandbox")


def send(url: str, event: dict[str, Any]) -> str | None:
    """Send an event to an address, without proxies; return why that failed, if it did."""
    try:
        to = urlsplit(url)
        connection = (HTTPSConnection if to.scheme == "https" else HTTPConnection)(to.netloc, timeout=PATIENCE)
    except (HTTPException, ValueError) as error:
        return str(error)
    try:
        target = urlunsplit(("", "", to.path or "/", to.query, ""))
        connection.request("POST", target, json.dumps(event), {"Content-Type": "application/json"})
        status = connection.getresponse().status
    except (OSError, HTTPException, ValueError) as error:
        return str(error) or type(error).__name__
    finally:
        connection.close()
    return None if 200 <= status < 300 else f"it answered {status}"


@define
class Deliveries:
    """Calls the registered addresses after events of objects. A failed call is not repeated."""

    _store: Store
    _worker: ThreadPoolExecutor = field(factory=lambda: ThreadPoolExecutor(1, "tonearm sandbox webhooks"), init=False)
    _calls: list[Future[None]] = field(factory=list[Future[None]], init=False)

    def notify(self, event: str, media_id: str) -> None:
        """Call every address that is registered for an event."""
        with self._store.lock:
            media = self._store.get(media_id)
            called = [webhook for webhook in self._store.records(KIND) if webhook[event]]
            if media is None or not called:
                return
            body = {
                "type": event.replace("_", "."),
                "emitted_at": timestamp(time.time_ns()),
                "media_id": media.id,
                "media_type": "audio",
                "title": media.title,
                "status": media.status,
                "qualities": ",".join(quality.resolution for quality in media.qualities),
                "user_id": USER_ID,
            }
            self._calls = [call for call in self._calls if not call.done()]
            self._calls += [self._worker.submit(self._call, webhook, body) for webhook in called]

    def wait(self, timeout: float) -> None:
        """Wait at most `timeout` seconds for all calls; raise TimeoutError when one has not ended."""
        if wait(self._calls, timeout).not_done:
            raise TimeoutError(f"a webhook is still called after {timeout} s")

    def close(self) -> None:
        """Stop calling addresses."""
        self._worker.shutdown(cancel_futures=True)

    def _call(self, webhook: dict[str, Any], body: dict[str, Any]) -> None:
        failure = send(webhook["url"], body)
        if failure is not None:
            _log.warning("webhook %s could not be called: %s", webhook["id"], failure)
        with self._store.lock:
            if (now := self._store.record(KIND, webhook["id"])) is not None:  # it may have been changed meanwhile
                self._store.put_record(KIND, webhook["id"], {**now, "last_triggered_at": time.time_ns()})
