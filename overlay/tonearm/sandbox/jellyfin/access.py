"""Authentication: the forms that each version reads, and the valid tokens."""

import threading
import uuid
from collections.abc import Mapping
from typing import Literal
from urllib.parse import unquote_plus
from uuid import UUID

from attrs import define, evolve, field, frozen
from starlette.requests import Request

from tonearm.sandbox.context import JellyfinVersion
from tonearm.sandbox.jellyfin.answers import Refusal, failed, unauthorized

USER_ID = uuid.uuid5(uuid.NAMESPACE_URL, "tonearm:sandbox:jellyfin:user")
USER, PASSWORD = "sandbox", "sandbox"
TOKEN, API_KEY = "sandbox-token", "sandbox-api-key"
"""A token of the user, and an administrator's key, which has no user."""

_LOGIN_FIELDS = ("Client", "Device", "DeviceId", "Version")


@frozen
class Caller:
    """The sender of a request; `kind` is None for a token that the server does not know."""

    client: str = ""
    device: str = ""
    device_id: str = ""
    version: str = ""
    token: str = ""
    kind: Literal["user", "key"] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it may log in: client, device, device id and version are all given."""
        return bool(self.client and self.device and self.device_id and self.version)


@define(eq=False)
class Tokens:
    """The valid tokens; safe to use from any thread."""

    _legacy: bool
    _callers: dict[str, Caller] = field(factory=dict[str, Caller], init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    @classmethod
    def of(cls, version: JellyfinVersion) -> "Tokens":
        """Make the tokens of a version: 12.0 does not read the old forms, as EnableLegacyAuthorization is off there."""
        tokens = cls(version == "10.11")
        tokens._callers[TOKEN] = Caller("tonearm", "sandbox", "sandbox", "0", TOKEN, "user")
        tokens._callers[API_KEY] = Caller("tonearm", "sandbox", "key", "0", API_KEY, "key")
        return tokens

    def caller(self, request: Request) -> Caller:
        """Read the sender, who may be anonymous (Jellyfin server source, tag v10.11.11, AuthorizationContext)."""
        fields = self._fields(request)
        token = fields.get("Token") or self._bare_token(request)
        client, device, device_id, version = (fields.get(name, "") for name in _LOGIN_FIELDS)
        caller = Caller(client, device, device_id, version, token)
        with self._lock:
            known = self._callers.get(token)
        return (
            caller if known is None else evolve(caller, kind=known.kind, device_id=caller.device_id or known.device_id)
        )

    def require(self, request: Request) -> Caller:
        """Read the sender of a request, or refuse it with 401."""
        caller = self.caller(request)
        if caller.kind is None:
            raise Refusal(unauthorized())
        return caller

    def add(self, caller: Caller) -> Caller:
        """Make a new token for a user's device; its old one ends."""
        added = evolve(caller, token=uuid.uuid4().hex, kind="user")
        with self._lock:
            former = [
                token
                for token, held in self._callers.items()
                if held.kind == "user" and token != TOKEN and held.device_id == caller.device_id
            ]
            for token in former:
                del self._callers[token]
            self._callers[added.token] = added
        return added

    def end(self, token: str) -> None:
        with self._lock:
            self._callers.pop(token, None)

    def _fields(self, request: Request) -> dict[str, str]:
        headers = [request.headers.get("authorization", "")]
        if self._legacy:
            headers.insert(0, request.headers.get("x-emby-authorization", ""))
        scheme, _, rest = next((header for header in headers if header), "").partition(" ")
        schemes = ("mediabrowser", "emby") if self._legacy else ("mediabrowser",)
        return _parts(rest) if scheme.lower() in schemes else {}

    def _bare_token(self, request: Request) -> str:
        query: Mapping[str, str] = {name.lower(): value for name, value in request.query_params.multi_items()}
        places = [query.get("apikey")]
        if self._legacy:
            headers = request.headers
            places = [headers.get("x-emby-token"), headers.get("x-mediabrowser-token"), *places, query.get("api_key")]
        return next((token for token in places if token), "")


def user_id(caller: Caller, text: str | None) -> UUID | None:
    """Return the user of a request: the named one, else that of the token; an API key has none.

    Raises Refusal: 400 for what is no id, 404 for an unknown user.
    """
    if not text:
        return USER_ID if caller.kind == "user" else None
    try:
        named = UUID(text)
    except ValueError:
        raise Refusal(failed(400)) from None
    if named != USER_ID:
        raise Refusal(failed(404))
    return named


def _parts(text: str) -> dict[str, str]:
    """Split `Name="value", ...`: names are case-sensitive, quotes may be missing, values are URL-decoded."""
    parts: dict[str, str] = {}
    name, value, quoted, in_value = "", "", False, False
    for character in f"{text},":
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            if in_value:
                parts[name.strip()] = unquote_plus(value.strip())
            name, value, in_value = "", "", False
        elif character == "=" and not in_value:
            in_value = True
        elif in_value:
            value += character
        else:
            name += character
    return parts
