"""Logins: name and password, and Quick Connect (Jellyfin server source, tag v10.11.11)."""

import secrets
import threading
import uuid
from datetime import UTC, datetime
from typing import Any

from attrs import define, field, frozen

from tonearm.sandbox.jellyfin.access import Caller
from tonearm.sandbox.jellyfin.shapes import SERVER_ID, date, user_shape


@frozen
class Pairing:
    """A Quick Connect request: the waiting client, the code for the user and the secret for the client."""

    caller: Caller
    code: str
    secret: str
    begun: datetime

    def shape(self, *, approved: bool) -> dict[str, Any]:
        return {
            "Authenticated": approved,
            "Secret": self.secret,
            "Code": self.code,
            "DeviceId": self.caller.device_id,
            "DeviceName": self.caller.device,
            "AppName": self.caller.client,
            "AppVersion": self.caller.version,
            "DateAdded": date(self.begun),
        }


@define(eq=False)
class QuickConnect:
    """The Quick Connect requests; safe to use from any thread.

    Attributes:
        enabled: whether the administrator has enabled it.
    """

    enabled: bool = True
    _pairings: dict[str, Pairing] = field(factory=dict[str, Pairing], init=False)
    _approved: set[str] = field(factory=set[str], init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def begin(self, caller: Caller) -> dict[str, Any]:
        with self._lock:
            code = next(c for c in iter(_code, None) if all(held.code != c for held in self._pairings.values()))
            pairing = Pairing(caller, code, secrets.token_hex(32).upper(), datetime.now(UTC))
            self._pairings[pairing.secret] = pairing
        return pairing.shape(approved=False)

    def look(self, secret: str) -> dict[str, Any] | None:
        """Return the state of a request, or None when there is none with this secret."""
        with self._lock:
            pairing = self._pairings.get(secret)
            return None if pairing is None else pairing.shape(approved=secret in self._approved)

    def approve(self, code: str) -> bool:
        with self._lock:
            secret = next((secret for secret, held in self._pairings.items() if held.code == code), None)
            if secret is not None:
                self._approved.add(secret)
            return secret is not None

    def redeem(self, secret: str) -> Caller | None:
        """Return the client of an approved secret, once."""
        with self._lock:
            if secret not in self._approved:
                return None
            self._approved.remove(secret)
            return self._pairings.pop(secret).caller


def _code() -> str:
    return f"{secrets.randbelow(1_000_000):06}"


def welcome(caller: Caller) -> dict[str, Any]:
    """Return the AuthenticationResult of a client with a token."""
    return {
        "User": user_shape(),
        "SessionInfo": {
            "Id": uuid.uuid5(uuid.NAMESPACE_URL, caller.token).hex,
            "UserId": user_shape()["Id"],
            "UserName": user_shape()["Name"],
            "Client": caller.client,
            "DeviceName": caller.device,
            "DeviceId": caller.device_id,
            "ApplicationVersion": caller.version,
            "IsActive": True,
            "ServerId": SERVER_ID,
            "PlayableMediaTypes": list[str](),
            "SupportedCommands": list[str](),
        },
        "AccessToken": caller.token,
        "ServerId": SERVER_ID,
    }
