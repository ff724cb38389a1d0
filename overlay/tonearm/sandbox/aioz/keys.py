"""Pairs of keys: the fixed ones, and those that an account makes (AIOZ Stream documentation, "API keys")."""

import base64
import secrets
import time
from typing import Any, cast
from uuid import uuid4

from attrs import frozen
from starlette.datastructures import Headers

from tonearm.sandbox.aioz.access import PAIRS, TOKEN, Scope
from tonearm.sandbox.aioz.store import Store

KIND = "api_key"


@frozen
class Keys:
    """Checks and makes keys. Its methods block."""

    store: Store

    def scope(self, headers: Headers) -> Scope | None:
        """Return the scope of the keys of a request; None when there are none, or wrong ones.

        The header pair and Bearer are in the AIOZ Audio document, Basic is what the Go client v1.0.19 sends. The
        Node client v1.0.19 sends Basic together with the pair, and an empty pair beside a token: an Authorization
        header decides alone.
        """
        if "authorization" not in headers:
            return self._allowed(headers.get("stream-public-key", ""), headers.get("stream-secret-key", ""))
        scheme, _, credentials = headers["authorization"].partition(" ")
        if scheme.lower() == "bearer":
            return "full_access" if credentials == TOKEN else None
        if scheme.lower() != "basic":
            return None
        try:
            public, _, secret = base64.b64decode(credentials, validate=True).decode().partition(":")
        except ValueError:
            return None
        return self._allowed(public, secret)

    def make(self, name: str, ttl: int, kind: str) -> dict[str, Any]:
        """Make and keep a pair."""
        now = time.time_ns()
        key: dict[str, Any] = {
            "id": str(uuid4()),
            "name": name,
            "public_key": base64.b64encode(secrets.token_bytes(32)).decode(),
            "secret": base64.b64encode(secrets.token_bytes(36)).decode(),
            "ttl": str(ttl),
            "type": kind,
            "created_at": now,
            "updated_at": now,
            "expired_at": now + ttl * 10**9,
        }
        self.store.put_record(KIND, key["id"], key)
        return key

    def _allowed(self, public: str, secret: str) -> Scope | None:
        if (public, secret) in PAIRS:
            return PAIRS[public, secret]
        for key in self.store.records(KIND):
            if (key["public_key"], key["secret"]) == (public, secret) and time.time_ns() < key["expired_at"]:
                return cast("Scope", key["type"])
        return None
